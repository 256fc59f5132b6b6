"""`evidence handover`."""

from __future__ import annotations

import click

from evidence_chain.errors import InputError
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import flat, say


@click.command()
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--to", "receiver", metavar="NAME", help="Who has it now.")
@click.option("--from", "giver", metavar="NAME", help="Who gave it to you.")
@click.option("--what", required=True, metavar="TEXT", help="What was handed over, and why.")
@click.option("--as", "actor", metavar="NAME", help="Who handed it over or took it; else you.")
@common
@pass_session
def command(
    session: Session,
    references: tuple[str, ...],
    receiver: str | None,
    giver: str | None,
    what: str,
    actor: str | None,
) -> None:
    """Record that something changed hands: files, passages, claims.

    All of it is sealed. Editions say that there was such an event, and neither of whom nor of
    what, unless you disclose it (`evidence disclose`).
    """
    from evidence_db.reading.references import describe, find_record
    from evidence_db.recording.attesting.custody import record_custody

    other = receiver if giver is None else giver
    if (receiver is None) == (giver is None) or not (other or "").strip():
        raise InputError("Say to whom it went (--to NAME), or who gave it (--from NAME): one.")
    action = "transferred" if giver is None else "received"
    direction = "to" if giver is None else "from"
    case = session.case()
    with case.reader() as reader:
        records = [find_record(reader, one, files=case.files) for one in references]
    actor = actor if actor is not None else session.recorder()
    with session.writer(case) as writer:
        note = f"{direction} {other}: {what.strip()}"
        ids = [record.id for record in records]
        recorded = record_custody(writer, actor, action, ids, note)
    told = {
        "id": recorded.id,
        "index": recorded.index,
        "kind": "custody",
        "action": action,
        "actor": actor,
        "subjects": ids,
        "note": note,
    }

    def tell() -> None:
        for record in records:
            say(f"{action.capitalize()} {direction} {flat(other)}: {flat(describe(record))}")

    session.answer(told, [recorded.id], tell)
