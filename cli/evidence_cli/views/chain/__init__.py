"""A resolved claim as a tree for people: the tree here, what stands at its leaves beside it."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from evidence_chain.rules import SPEAKS
from evidence_chain.wording.moment import dated
from evidence_chain.wording.plural import counted
from evidence_cli.terminal import clean, flat, outcome, paint, say, wrapped
from evidence_cli.views.chain.ended import UNCOVERED, ended
from evidence_cli.views.chain.passage import passage_lines
from evidence_cli.views.chain.place_in_log import log_lines
from evidence_cli.views.integrity import failed_first, failures, in_numbers
from evidence_cli.views.published.withholding import withheld_lines
from evidence_cli.views.records.amended import amended_lines
from evidence_cli.views.records.erased import gone
from evidence_cli.views.records.reviews import before_lines, review_lines
from evidence_db.resolving.comparison import NOT_HERE
from evidence_db.resolving.sign_off import needs_person, to_look_at, to_sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Json = dict[str, Any]

_STATUS = {"supported": "green", "contested": "yellow", "contradicted": "red"}
_RELATION = {"supports": "green", "contradicts": "red", "qualifies": "yellow"}


def show_chain(resolved: Json, edition: Path | None = None) -> None:
    """Print a claim with its structure, its integrity and every link to it."""
    claim = resolved["claim"]
    say(paint(flat(claim["statement"] or gone(claim, "statement")), bold=True))
    say(f"claim {clean(claim['slug'] or '')} · {claim['id'][:8]}{ended(claim)}")
    for line in (*review_lines(claim["reviews"]), *before_lines(claim["objected_before"])):
        say(line)
    say()
    say(f"Structure  {_structure(resolved)}")
    if doubtful := to_sign(resolved["chain"]):
        say(
            f"Sign-off   {paint(f'{doubtful} of the records below', fg='yellow')} must be looked "
            "at by a person before publication."
        )
    if again := to_look_at(resolved["chain"]):
        say(f"Look again {paint(counted(again, 'link'), fg='yellow')} below: from another wording.")
    if left := resolved["left_behind"]:
        many = paint(counted(len(left), "link"), fg="yellow")
        say(wrapped(f"Left over  {many} of the wording that this replaces, and not of this:"))
        for one in left:
            say(f"           {flat(one['command'])}")
    say(f"Integrity  {in_numbers(resolved['integrity'])}")
    for reason in failed_first(resolved["integrity"]):
        say(wrapped(reason, " " * 11))
    if any(NOT_HERE in one["detail"] for one in resolved["integrity"]["findings"]):
        by = f"verify {clean(claim['slug'] or claim['id'][:8])}"
        if edition is not None:
            by = f"check {clean(quote(str(edition)))} --key VKEY"
        say(f"           To have each compared with its file: evidence {by}")
    say(f"Complete   {_complete(resolved['complete'])}")
    say("\n".join([*_links(resolved["chain"], ""), ""]))
    for line in log_lines(resolved["log"]):
        say(line)


def _structure(resolved: Json) -> str:
    support = ""
    if resolved["supports"]:
        support = (
            f"\n           The support has {counted(resolved['origins'], 'independent origin')}"
            f" and is seen through {counted(resolved['documents'], 'preserved document')}."
        )
    if support and resolved.get("origins_withheld") and not resolved["documents"]:
        support = "\n           The files that the support stands in are withheld."
    if untold := resolved.get("origins_withheld"):
        told = counted(untold, "supporting record")
        support += f"\n           The origin of {told} is withheld or erased."
    numbers = f"{resolved['supports']} support, {resolved['contradicts']} contradict, "
    qualifying = f"{resolved['qualifies']} qualify it.{support}"
    return f"{_status(resolved['status'])}: {numbers}{qualifying}"


_LEFT_OUT = {
    "shown-already": "What speaks to it is shown at its other place here.",
    "too-deep": "What speaks to it is not shown here: resolve it by itself.",
}


def _status(status: str) -> str:
    return paint(status, fg=_STATUS.get(status), bold=True)


def _complete(complete: Json) -> str:
    """Whether something that bears on the claim was left out of the log."""
    found = complete["findings"]
    if complete["outcome"] == "not-checked" and found:
        return paint(flat(found[0]["detail"]), fg="yellow")
    said = found[0]["detail"] if found else "nothing was left out of what is signed."
    return f"{outcome(complete['outcome'])}: {flat(said)}"


def _links(chain: list[Json], indent: str) -> Iterator[str]:
    for relation in SPEAKS:
        links = [link for link in chain if link["relation"] == relation]
        if not links:
            continue
        yield indent
        heading = f"{relation.upper()} ({_tally(links)})"
        yield indent + paint(heading, fg=_RELATION[relation], bold=True)
        for link in links:
            yield from _link(link, indent, last=link is links[-1])


def _tally(links: list[Json]) -> str:
    """How many of them count, which is the number that stands in the structure."""
    counting = sum(link["counts"] for link in links)
    rest = len(links) - counting
    return (
        f"{counting}, and {rest} that {'does' if rest == 1 else 'do'} not count"
        if rest
        else str(counting)
    )


def _link(link: Json, indent: str, *, last: bool) -> Iterator[str]:
    record = link["record"]
    branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
    lines = _claim_lines(link) if record["kind"] == "claim" else _evidence_lines(link)
    first, *rest = lines
    yield indent + branch + first
    for line in rest:
        yield indent + below + line
    if record["kind"] == "claim":
        yield from _links(link["chain"], indent + below)


def _claim_lines(link: Json) -> list[str]:
    record = link["record"]
    slug, status = paint(record["slug"] or "", bold=True), _status(record["status"])
    heading = f"claim {slug} · {record['id'][:8]} · {status}".replace("claim  ·", "claim")
    statement = wrapped(record["statement"] or gone(record, "statement")).splitlines()
    statement += withheld_lines(link)
    left_out = [_LEFT_OUT[link["left_out"]]] if link.get("left_out") else []
    reviews = review_lines(record["reviews"])
    return [heading + ended(record), *statement, *reviews, *_link_lines(link), *left_out]


def _evidence_lines(link: Json) -> list[str]:
    record = link["record"]
    said = record["fields"]
    who = said.get("speaker") or said.get("sender")
    heading = " · ".join(
        part
        for part in (
            record["kind"].removeprefix("evidence/"),
            paint(flat(who), bold=True) if who else "",
            flat(dated(said.get("date"))),
            record["id"][:8],
        )
        if part
    )
    lines = [heading + ended(record), *withheld_lines(link)]
    if record["text"] is None:
        return [*lines, gone(record, "passage"), *_link_lines(link)]
    lines += passage_lines(record)
    lines += amended_lines(record["amended"])
    if needs_person(record):
        why = flat(", ".join(record["sign_off"]))
        lines.append(paint(f"a person must look at it before it is published: {why}", fg="yellow"))
    lines += review_lines(record["reviews"])
    if document := record["document"]:
        lines += _document(document)
        lines += amended_lines(document["amended"])
        lines += [_origin(origin) for origin in document["derives_from"]]
    lines += [_origin(origin) for origin in record["derives_from"]]
    return [*lines, *_link_lines(link)]


def _document(document: Json) -> Iterator[str]:
    digest = (document["blake3"] or "")[:8]
    yield (
        f"in {paint(flat(document['filename']))} · BLAKE3 {digest}…{ended(document)} · "
        f"{outcome(document['integrity']['outcome'])}"
    )
    called = [document[name] for name in ("title", "publisher", "published") if document[name]]
    if called:
        yield from wrapped(", ".join(called), "  ").splitlines()


def _origin(origin: Json) -> str:
    held = "" if origin["held"] else paint(" (not held)", fg="yellow")
    title = flat(origin["title"] or gone(origin, "title"))
    return f"from {origin['kind']}: {title}{held}{ended(origin)}"


def _link_lines(link: Json) -> Iterator[str]:
    for part, name in ((link, "this link"), (link["record"], "this record")):
        if part["uncovered"]:
            yield paint(f"{UNCOVERED}: {name}", fg="yellow")
    if link["note"]:
        yield f"why: {flat(link['note'])}"
    if link["look_again"]:
        yield paint("carried from another wording of the claim: look at it again", fg="yellow")
    if not link["counts"]:
        why = ended(link) or _why_not(link["record"])
        yield paint("does not count", fg="yellow") + why
    for part in (link, link["record"], link["record"].get("document") or {}):
        if part.get("integrity"):
            yield from failures(part["integrity"])


def _why_not(record: Json) -> str:
    document = record.get("document") or {}
    if record["ended"] or document.get("ended"):
        return ""
    return ", because nothing supports it"
