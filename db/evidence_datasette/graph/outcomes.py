"""How the parts of a resolved claim stand: what failed, was ended, is withheld, or differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.text import STANDS
from evidence_chain.verify.report import CHECKS
from evidence_datasette.words.mark_words import match_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


class Standing(NamedTuple):
    """What sets a record apart from one that counts and holds."""

    name: str
    sign: str
    words: str


_FAILED = Standing("failed", "✗", "a check failed")
_NOT_CHECKED = Standing("not-checked", "?", "not checked in full")


def findings(resolved: Json) -> list[Json]:
    """What failed or could not be checked, once each, with what it is of; the failed first."""
    found = [
        {"of": part, "card": card, "means": CHECKS[one["check"]][1], **one}
        for card, part in _parts(resolved)
        for one in part["integrity"]["findings"]
    ]
    told = Counter((one["check"], one["detail"]) for one in found)
    for one in resolved["integrity"]["findings"]:
        if told[one["check"], one["detail"]] > 0:
            told[one["check"], one["detail"]] -= 1
        else:
            found.append({"of": None, "card": None, "means": CHECKS[one["check"]][1], **one})
    return sorted(found, key=lambda one: one["outcome"] != "failed")


def _parts(resolved: Json) -> Iterator[tuple[int | None, Json]]:
    """Every record that is shown, once, with the index of the link whose card shows it."""
    seen = set()
    parts = [(None, resolved["claim"])]
    for link in resolved["chain"]:
        parts += [(link["index"], part) for part in _of_link(link)]
    for card, part in parts:
        if part["id"] not in seen:
            seen.add(part["id"])
            yield card, part


def _of_link(link: Json) -> Iterator[Json]:
    record = link["record"]
    document = record.get("document")
    yield from (link, record)
    for part in (record, document or {}):
        yield from part.get("derives_from", ())
    for name in ("roots", "translations", "translates", "answers"):
        yield from record.get(name, ())
    if document:
        yield document
    for further in link.get("chain", ()):
        yield from _of_link(further)


def standings(link: Json) -> list[Standing]:
    """What sets a link apart, the gravest first: it failed, was ended, is withheld, differs."""
    record = link["record"]
    parts = [part for part in (link, record, record.get("document")) if part]
    checked = list(_of_link(link)) if record["kind"] == "claim" else parts
    outcomes = {part["integrity"]["outcome"] for part in checked}
    found = [_FAILED] if "failed" in outcomes else []
    found += [_ended(part, link) for part in parts if part["ended"]]
    if link.get("look_again"):
        found.append(Standing("altered", "≠", "carried from another wording: look again"))
    if record["kind"] != "claim":
        found += _of_passage(record)
    elif record["statement"] is None:
        found.append(_withheld(record))
    if not link["counts"] and not any(part["ended"] for part in parts):
        found.append(Standing("uncounted", "○", "does not count, as nothing supports it"))
    if "not-checked" in outcomes and "failed" not in outcomes:
        found.append(_NOT_CHECKED)
    return found


def standing_of(part: Json) -> list[Standing]:
    """The same of a file or an original by itself."""
    outcome = part["integrity"]["outcome"]
    found = [_FAILED] if outcome == "failed" else []
    if part["ended"]:
        found.append(Standing("ended", "–", part["ended"]["how"]))
    return [*found, _NOT_CHECKED] if outcome == "not-checked" else found


def _ended(part: Json, link: Json) -> Standing:
    what = {link["id"]: "link ", link["record"]["id"]: ""}.get(part["id"], "file ")
    how = part["ended"]["how"]
    return Standing("ended", "–", f"{what}{how}")


def _withheld(record: Json) -> Standing:
    why = record.get("withheld")
    return Standing("withheld", "▒", f"withheld: {why['reason']}" if why else "withheld")


def _of_passage(record: Json) -> Iterator[Standing]:
    status = match_of(record).get("status")
    if record["text"] is None:
        is_erased = bool(record.get("erased"))
        yield Standing("withheld", "▒", "erased") if is_erased else _withheld(record)
    elif status == "altered":
        yield Standing("altered", "≠", "altered: not the file's words")
    elif status not in (*STANDS, None):
        yield Standing("altered", "≠", f"{status}: not found in the file")


FILTERS = {"findings": findings, "standings": standings}
