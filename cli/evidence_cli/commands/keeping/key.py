"""`evidence key`: the signing key, changed, copied and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence_cli.session import Session, common, pass_session
from evidence_cli.signers import agent_key, signer_option
from evidence_cli.terminal import paint, say

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_db.recording.attesting.rotating import Rotated


@click.group(name="key")
def command() -> None:
    """Change the key that signs the log, or keep a copy of it."""


@command.command()
@click.option("--reason", required=True, metavar="R", help="Why; readers are told.")
@signer_option
@common
@pass_session
def rotate(session: Session, reason: str, signer: Path | None) -> None:
    """Sign with a new key from now on; the old and the new one sign the change.

    Whoever trusts the old key learns the new one from the log. The old key is kept beside it, and
    signs nothing more. A change of keys doesn't undo a theft.
    """
    from evidence_db.recording.attesting.rotating import rotate as change

    case = session.case()
    agent = None if signer is None else agent_key(case, signer)
    done = change(case, session.recorder(), reason, agent)
    result = {
        "previous": str(done.previous),
        "verifier_key": str(done.key),
        "retired": str(done.retired),
        "size": done.checkpoint.size,
        "note": done.checkpoint.note,
    }
    session.answer(result, [str(done.key)], lambda: _tell(done))


def _tell(done: Rotated) -> None:
    say(f"Changed the key: the checkpoint of {done.checkpoint.size:,} entries is signed by both.")
    say(f"Verifier key: {paint(done.key, bold=True)}")
    say("Hand it to readers where the old one stands. Who has the old one can check all the same.")
    say(f"The old key signs nothing more. It is in {paint(done.retired)}; destroy it, and its")
    say("copies, once a copy of the new one is in a safe place: evidence key backup.")
