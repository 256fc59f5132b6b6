"""`evidence retract`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, say


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--reason", required=True, help="Why it no longer stands; sealed.")
@common
@pass_session
def command(session: Session, reference: str, reason: str) -> None:
    """Say that REF no longer stands. It stays visible, with the reason."""
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.adding import retract

    case = session.case()
    with session.writer(case) as writer:
        record = find_record(writer.reader, reference, files=case.files)
        recorded = retract(writer, record.id, reason)
    session.answer(
        {"id": recorded.id, "index": recorded.index, "kind": "retraction", "to": record.id},
        [recorded.id],
        lambda: say(f"Retracted {clean(describe(record))}."),
    )
