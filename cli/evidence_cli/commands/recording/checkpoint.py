"""`evidence checkpoint`."""

from __future__ import annotations

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import say


@click.command()
@common
@pass_session
def command(session: Session) -> None:
    """Sign the log as it stands, and print the checkpoint.

    Keep a copy, and give copies away: whoever has one notices if the log is rewritten later
    (evidence verify --seen FILE).
    """
    from evidence_db.recording.attesting.signing import sign_checkpoint

    signed = sign_checkpoint(session.case())
    session.answer(
        {"size": signed.size, "note": signed.note},
        [signed.note.rstrip()],
        lambda: say(signed.note.rstrip()),
    )
