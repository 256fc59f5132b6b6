"""`evidence checkpoint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence_cli.options.signers import sign_with, signer_option
from evidence_cli.session import Session, common, pass_session
from evidence_cli.terminal import say

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@signer_option
@common
@pass_session
def command(session: Session, signer: Path | None) -> None:
    """Sign the log as it stands, and print the checkpoint.

    Keep a copy, and give copies away: whoever has one notices if the log is rewritten later
    (evidence verify --seen FILE). With --quiet only the root of the log is printed.
    """
    from evidence_db.recording.attesting.signing import sign_checkpoint

    case = session.case()
    sign_with(case, signer)
    signed = sign_checkpoint(case)
    session.answer(
        {"size": signed.size, "note": signed.note},
        [signed.note.splitlines()[2]],
        lambda: say(signed.note.rstrip()),
    )
