"""`evidence import`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.wording.plural import tally
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, paint, progress, say, wrapped
from evidence_cli.views.unnoted import are_notes_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_db.case import Case
    from evidence_db.recording.importing.imported import Imported


_CALLED = {"evidence": "passages"}
"""What the file has under these names, as it is counted."""


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--template", is_flag=True, help="Print a table with the columns, to be filled in.")
@click.option(
    "--first",
    is_flag=True,
    help="Take the first place of a passage that stands in its document repeatedly.",
)
@click.option("--no-text", is_flag=True, help="Don't read all texts now; search needs them.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")
@common
@pass_session
def command(
    session: Session,
    file: Path | None,
    *,
    template: bool,
    first: bool,
    no_text: bool,
    dry_run: bool,
) -> None:
    """Record all that FILE lists: a table with a quote a row (.csv), a folder, or a case file.

    A folder's files are preserved. Files are named relative to FILE. Every digest and every passage
    is checked before the first is recorded, and all is recorded or nothing; what is wrong is told
    at once. What is there already is left alone, and may be named as it is elsewhere (REF).
    """
    from evidence_db.recording.importing import import_case
    from evidence_db.recording.preserving.drawing import draw_texts

    if template:
        _print_template(session)
        return
    if file is None:
        raise click.UsageError("Name a table, a folder or a case file; or ask for a --template.")
    case = session.case()
    with progress() as show:
        imported = import_case(case, file, session.writer(case), show, first=first, dry_run=dry_run)
        wanted = [] if no_text or dry_run else imported.ids.values()
        texts = draw_texts(case, wanted, show)
    bare = _unnoted(case, imported)
    for line in (*_remarks(imported), *_unnoted_lines(bare, dry_run=dry_run)):
        say(line, err=True)
    result = {
        "added": imported.added,
        "present": imported.present,
        "ids": imported.ids,
        "unread": imported.unread,
        "told": imported.told,
        "ignored": sorted(imported.ignored),
        "left_out": sorted(imported.left_out),
        "not_taken": imported.not_taken,
        "chosen": imported.chosen,
        "to_sign": imported.to_sign,
        "wants_note": sorted(bare),
        "unquotable": texts.unquotable,
        "dry_run": dry_run,
    }

    def tell() -> None:
        if dry_run:
            say("Nothing was recorded. Without --dry-run it would be:")
        if not sum(imported.added.values()):
            say(_nothing_new(imported))
        for what, count in imported.added.items():
            if count:
                _, one_or_more = tally(count, _CALLED.get(what, what)).split(" ", 1)
                say(f"{paint(f'{count:>7,}', bold=True)} {one_or_more} recorded")
        for id_, why in texts.unquotable.items():
            say(wrapped(f"{id_[:8]} can't be quoted from: {flat(why)}"))

    session.answer(result, [] if dry_run else list(imported.ids.values()), tell)


def _nothing_new(imported: Imported) -> str:
    if sum(imported.present.values()):
        return "Everything in it is recorded already; nothing was changed."
    return "Nothing is listed in it, so there is nothing to record."


def _print_template(session: Session) -> None:
    from evidence_db.recording.importing.csv_file import columns, template

    session.answer({"columns": columns()}, [], lambda: click.echo(template(), nl=False))


def _unnoted(case: Case, imported: Imported) -> Mapping[str, tuple[str, str, str]]:
    return imported.unnoted if imported.unnoted and are_notes_asked(case) else {}


def _unnoted_lines(bare: Mapping[str, tuple[str, str, str]], *, dry_run: bool) -> Iterator[str]:
    """Which contradictions the gate will ask about, and how that is answered now."""
    from evidence_db.publishing.gate.mends import noted_anew

    for said, (link, from_, slug) in bare.items():
        yield f"{flat(said)}: the gate will ask for a note on how you dealt with that."
        if dry_run:
            yield "  Give it a note in the file."
        else:
            claim = clean(shlex.quote(slug))
            yield from (f"  {command}" for command in noted_anew(link, from_, claim))


def _remarks(imported: Imported) -> Iterator[str]:
    """What is to be known of an import: what was left out, chosen, or needs a person."""
    if imported.ignored:
        names = ", ".join(sorted(imported.ignored))
        yield f"Not kept, because no field stands for it: {flat(names)}."
    if imported.left_out:
        yield f"Left out: {flat(', '.join(sorted(imported.left_out)))}."
    for said in imported.not_taken:
        yield f"Not taken over, since the record is there already: {flat(said)}."
    for key, places in imported.chosen.items():
        there = ", ".join(map(str, places))
        yield f"{flat(key)} stands there repeatedly, at {there}; the first place was taken."
    for key, why in imported.to_sign.items():
        yield f"A person must look at {flat(key)} before it is published: {flat(', '.join(why))}."
    for name, lines in imported.told.items():
        yield from (f"{flat(name)}: {flat(line)}" for line in lines)
    for name, why_not in imported.unread.items():
        yield f"What is within {flat(name)} was not preserved for itself: {flat(why_not)}"
