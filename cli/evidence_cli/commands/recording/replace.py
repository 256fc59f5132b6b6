"""`evidence replace`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, say


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--note", help="Why; sealed like everything else.")
@common
@pass_session
def command(session: Session, old: str, new: str, note: str | None) -> None:
    """Put record NEW in the place of OLD, of the same kind. Both stay visible."""
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.adding import add_link

    case = session.case()
    with session.writer(case) as writer:
        before = find_record(writer.reader, old, files=case.files)
        after = find_record(writer.reader, new, files=case.files)
        recorded = add_link(writer, "replaces", after.id, before.id, note)
    session.answer(
        {
            "id": recorded.id,
            "index": recorded.index,
            "kind": "link",
            "new": recorded.new,
            "relation": "replaces",
            "from": after.id,
            "to": before.id,
        },
        [recorded.id],
        lambda: say(f"{clean(describe(after))} now replaces {clean(describe(before))}."),
    )
