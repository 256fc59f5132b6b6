"""`evidence retract`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import clean, say, sentence_end
from evidence_cli.views import effects as effects_view


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--reason", required=True, help="Why it no longer stands; sealed.")
@effects_view.yes
@common
@pass_session
def command(session: Session, reference: str, reason: str, *, yes: bool) -> None:
    """Say that REF no longer stands. It stays visible, with the reason.

    What it changes is told before it is recorded.
    """
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.adding import retract
    from evidence_db.recording.replacing import foresee

    case = session.case()
    with case.reader() as reader:
        record = find_record(reader, reference, files=case.files)
    effects = foresee(
        session.writer(case),
        [record.index],
        lambda writer: retract(writer, record.id, reason),
    )
    effects_view.foretell(effects, yes=yes)
    with session.writer(case) as writer:
        recorded = retract(writer, record.id, reason)
    session.answer(
        {
            "id": recorded.id,
            "index": recorded.index,
            "kind": "retraction",
            "to": record.id,
            **effects_view.as_json(effects),
        },
        [recorded.id],
        lambda: say(f"Retracted {sentence_end(clean(describe(record)))}"),
    )
