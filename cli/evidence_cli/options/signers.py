"""A key of an ssh-agent that is to sign, as the user names it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evidence_db.case import Case
    from evidence_db.store.keys.agent import AgentKey

signer_option = click.option(
    "--signer",
    type=click.Path(path_type=Path),
    metavar="FILE.pub",
    help="Sign with this Ed25519 key, which an ssh-agent holds. Said once, it is remembered.",
)
"""The option that names the public half of a key of an agent."""


def agent_key(case: Case, signer: Path) -> AgentKey:
    """The agent's key that a public key file names.

    Raises:
        KeyFileError: it can't be read, or can't sign a log.
    """
    from evidence_db.store.keys.agent import read_public

    with case.reader() as reader:
        return read_public(signer, reader.info().origin)


def sign_with(case: Case, signer: Path | None) -> None:
    """Let an agent's key sign a case, if one was named.

    Raises:
        InputError: the case is signed with another key.
        KeyFileError: the file can't be read, or it can't be kept which key signs.
    """
    if signer is not None:
        from evidence_db.recording.attesting.signing import use_agent

        use_agent(case, agent_key(case, signer))
