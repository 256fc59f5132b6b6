"""`evidence publish`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import EvidenceError, InputError, LeakError
from evidence_chain.values import is_time
from evidence_chain.wording.plural import counted
from evidence_cli.options.signers import sign_with, signer_option
from evidence_cli.session import Session, common
from evidence_cli.terminal import flat, paint, progress, say, wrapped
from evidence_cli.views.published.look_first import first_lines, look_first, yes

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_db.case import Case
    from evidence_db.publishing.asking import Asked, Request
    from evidence_db.publishing.writing.order import Order, Published, Unsealed


_MEND = " Mend it: "
"""What stands before the command that mends what keeps the gate shut."""


@click.command()
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="REF",
    help="Disclose only this claim and what it rests on. May be repeated.",
)
@click.option("--made", metavar="TIME", help="When it is made, such as 2026-11-22T09:30:00Z.")
@click.option("--check-only", is_flag=True, help="Ask the gate alone, and write nothing.")
@click.option(
    "--preview",
    "is_preview",
    is_flag=True,
    help="Tell what it would disclose, record by record, and write nothing.",
)
@click.option(
    "--override",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Publish though it isn't met; inspected:REF for one file.",
)
@click.option(
    "--because", "reasons", multiple=True, metavar="R", help="Why, for each --override in turn."
)
@click.option(
    "--without-files", multiple=True, metavar="REF", help="Leave this preserved file out."
)
@click.option("--reason", metavar="R", help="Why those files are left out; readers see it.")
@click.option(
    "--despite",
    multiple=True,
    metavar="REF",
    help="Hand this file out, though something withheld stands in it.",
)
@click.option(
    "--show-values", is_flag=True, help="Tell what is withheld if it stands in what is written."
)
@click.option("--site", is_flag=True, help="Write pages to be read without a server, in data/site.")
@click.option(
    "--site-address", metavar="URL", help="Where data/site will be on the web, for its cards."
)
@signer_option
@yes
@common
@click.pass_context
def command(
    context: click.Context,
    target: Path | None,
    claims: tuple[str, ...],
    made: str | None,
    check_only: bool,
    is_preview: bool,
    rules: tuple[str, ...],
    reasons: tuple[str, ...],
    without_files: tuple[str, ...],
    reason: str | None,
    despite: tuple[str, ...],
    show_values: bool,  # noqa: ARG001 - read where it matters
    site: bool,
    site_address: str | None,
    signer: Path | None,
    *,
    yes: bool,
) -> None:
    """Publish the case, or some of its claims, as an edition in the new directory TARGET.

    Everything is verified first, and the newsroom's policy is asked (`evidence policy`). All that
    keeps the gate shut is told at once. What a person should look at is told before anything is
    written, and on a terminal you are asked. What was published can't be called back.
    """
    from evidence_db.publishing.asking import Request, ask
    from evidence_db.publishing.told import settle_told
    from evidence_db.publishing.writing.order import Order
    from evidence_db.recording.writer import now

    session = context.ensure_object(Session)
    if made is not None and not is_time(made):
        raise InputError(f"--made {made!r} is no time such as 2026-11-22T09:30:00Z.")
    if len(rules) != len(reasons) or not all(map(str.strip, reasons)):
        raise InputError("Each --override needs a --because that says why; readers see it.")
    if bool(without_files) != bool(reason and reason.strip()):
        raise InputError("--without-files needs a --reason, which readers see; and the other way.")
    pages = _pages(site_address) if site else None
    if site_address and not site:
        raise InputError("--site-address says where the pages of --site will be: give both.")
    _refuse_unclear(target, check_only=check_only, is_preview=is_preview)
    overridden = dict(zip(rules, reasons, strict=True))
    case, by = session.case(), session.recorder()
    sign_with(case, signer)
    wanted = Request(claims, overridden, without_files, reason or "", despite)
    if is_preview:
        _preview(session, case, wanted)
        return
    if not check_only:
        settle_told(case)
    with progress() as show:
        asked = ask(case, wanted, show)
        if asked.unmet or check_only or target is None:
            told = [line.as_json() for line in asked.lines]
            shut = list(dict.fromkeys(line.rule for line in asked.unmet))
            said = {"open": not shut, "gate": told, **_first(asked)}
            session.answer(said, shut, lambda: _tell_gate(asked))
            context.exit(1 if shut else 0)
    look_first(asked, yes=yes, as_json=session.json)
    with progress() as show:
        order = Order(
            target,
            made or now(),
            asked.selection,
            asked.policy,
            asked.lines,
            asked.size,
            pages,
            despite,
            asked.decided,
        )
        published = _published(context, case, order, show)
    custody = _told(case, published, by)
    digest = published.note.digest.hex()
    said = {**_as_json(order, published), "custody": custody, **_first(asked)}
    session.answer(said, [digest], lambda: _tell(order, published))


def _refuse_unclear(target: Path | None, *, check_only: bool, is_preview: bool) -> None:
    """What is done, and where, is said once."""
    from evidence_db.publishing.writing.folder import check_target

    if check_only and is_preview:
        raise click.UsageError(
            "--check-only verifies everything and asks the gate, --preview verifies nothing and "
            "tells what readers would see: give one, then the other."
        )
    if target is not None:
        check_target(target)
    elif not (check_only or is_preview):
        raise InputError(
            "Name the directory to be made, ask the gate alone (--check-only), or look at what it "
            "would hold (--preview)."
        )


def _published(
    context: click.Context, case: Case, order: Order, show: Callable[[str, int, int], None]
) -> Published:
    """Publish; or tell where something stands that is withheld, and end."""
    from evidence_cli.views.published import leaks as view
    from evidence_db.publishing.writing.edition import publish

    try:
        return publish(case, order, show)
    except LeakError as error:
        session, searched = context.ensure_object(Session), error.searched
        line = {"rule": view.RULE, "subject": None, "outcome": "unmet", "detail": str(error)}
        told = {"open": False, "gate": [*(one.as_json() for one in order.gate), line]}
        values = bool(context.params["show_values"])
        told |= {"searched": view.as_json(searched, values)}
        session.answer(told, [view.RULE], lambda: view.tell_shut(searched, values))
        context.exit(1)


def _told(case: Case, published: Published, by: str) -> list[str]:
    """Record that it was published. It was, whatever comes of that."""
    from evidence_db.publishing.told import tell_published

    try:
        return tell_published(case, published, by)
    except EvidenceError as error:
        say(
            f"The edition is in its place; that it was published is not signed in the log yet: "
            f"{flat(error)} The next `evidence publish` records what is lacking.",
            err=True,
        )
        return []


def _preview(session: Session, case: Case, wanted: Request) -> None:
    from evidence_cli.views.published import preview as view
    from evidence_db.publishing.previewing import preview

    found = preview(case, wanted)
    hidden = [row.told.known.id for row in found.rows.values() if row.how != "disclosed"]
    session.answer(view.as_json(found), hidden, lambda: view.tell(found))


def _pages(address: str | None) -> Callable[[Unsealed], None]:
    """What writes the pages; Datasette, whose pages they are too, takes long to import."""
    from evidence_datasette.site import pages_for

    return pages_for(address)


def _as_json(order: Order, published: Published) -> dict[str, object]:
    return {
        "edition": str(order.target),
        "made": published.note.made,
        "size": published.note.size,
        "digest": published.note.digest.hex(),
        "claims": published.claims,
        "files": published.files,
        "bytes": published.size,
        "counts": dict(published.counts),
        "everywhere": list(published.everywhere),
        "key": str(published.key),
        "searched": published.searched.as_json(),
        "removed": [str(path) for path in published.removed],
    }


def _first(asked: Asked) -> dict[str, object]:
    """What to look at before anything is written."""
    return {
        "warnings": [one._asdict() for one in asked.warnings],
        "idle": list(asked.selection.idle),
    }


def _tell(order: Order, published: Published) -> None:
    from evidence_cli.views.published.leaks import tell_searched

    for path in published.removed:
        say(f"Removed {flat(path)}, which a run that was killed had left.")
    overridden = [(line.rule, line.detail) for line in order.gate if line.outcome == "overridden"]
    for rule, reason in dict.fromkeys(overridden):
        say(f"Overridden, for readers to see: {rule}: {flat(reason)}")
    counts = published.counts
    claims, files = counted(published.claims, "claim"), counted(published.files, "file")
    say(f"Published {claims} in {flat(order.target)}: {files}.")
    say(
        f"Of {counted(counts['entries'], 'record')} {counts['disclosed']:,} are disclosed, "
        f"{counts['partly']:,} partly, {counts['withheld']:,} withheld"
        + (f", {counts['erased']:,} erased." if counts["erased"] else ".")
    )
    if published.everywhere:
        names = flat(", ".join(published.everywhere))
        say(wrapped(f"Withheld in all of them: {names}. {flat(order.selection.reason_everywhere)}"))
    tell_searched(published.searched)
    say(f"Its digest, by which it is cited: {published.note.digest.hex()}")
    say(f"Check it as a reader would: evidence check {flat(order.target)} --key {published.key}")


def _tell_gate(asked: Asked) -> None:
    from evidence_db.publishing.gate.gate import RULES

    for said in first_lines(asked):
        say(said)
    shut = defaultdict[tuple[str, str | None], list[str]](list)
    for line in asked.unmet:
        called = asked.called.get(line.subject or "", (line.subject or "")[:8])
        shut[line.rule, line.detail] += [flat(called)] if called else []
    for (rule, detail), about in shut.items():
        of = f" ({', '.join(about)})" if about else ""
        say(f"{paint('shut', fg='red', bold=True)}  {rule}{of}: {RULES[rule]}")
        what, _, mend = flat(detail).partition(_MEND)
        say(wrapped(what, "      "))
        if mend:
            say(f"      {_MEND.strip()} {mend}")
    rules = {rule for rule, _ in shut}
    verb = "is" if len(rules) == 1 else "are"
    told = f"The gate is shut: {counted(len(rules), 'rule')} {verb} not met."
    say(told if rules else "The gate is open.")
    say(
        "Not asked yet: whether something that is withheld stands in what would be written. It is "
        "searched\nwhen the edition is written, before it gets its name."
    )
