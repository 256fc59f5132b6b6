"""`evidence import`."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, flat, paint, progress, say


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@common
@pass_session
def command(session: Session, file: Path) -> None:
    """Record all that a case file lists: documents, originals, evidence, claims, links.

    Files are named relative to FILE. Every digest and every passage is checked before the
    first is recorded, and all is recorded or nothing. What is there already is left alone.
    """
    from evidence_db.recording.importing import import_case

    case = session.case()
    with progress() as show:
        imported = import_case(case, file, session.writer(case), show)
    if imported.ignored:
        names = ", ".join(sorted(imported.ignored))
        say(f"Not kept, because no field stands for it: {clean(names)}.", err=True)
    for name, why in imported.unread.items():
        say(f"What is within {flat(name)} was not preserved for itself: {flat(why)}", err=True)
    result = {
        "added": imported.added,
        "present": imported.present,
        "ids": imported.ids,
        "unread": imported.unread,
    }

    def tell() -> None:
        if not sum(imported.added.values()):
            say("Everything in it is recorded already; nothing was changed.")
        for what, count in imported.added.items():
            if count:
                say(f"{paint(f'{count:>7,}', bold=True)} {what} recorded")

    session.answer(result, list(imported.ids.values()), tell)
