"""Whose cosignatures the user asks for, as they name them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import FormatError, InputError
from evidence_cli.given import read_given

if TYPE_CHECKING:
    from evidence_chain.log.key import VerifierKey
    from evidence_chain.log.witness.policy import TrustPolicy
    from evidence_db.case import Case

policy_option = click.option(
    "--policy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Logs and witnesses that you trust, and how many must cosign (C2SP tlog-policy).",
)
"""The option that names a policy of witnesses."""


def witnesses_given(path: Path | None) -> TrustPolicy | None:
    """The policy in a file; None if none was given.

    Raises:
        InputError: it can't be read, or is none.
    """
    if path is None:
        return None
    from evidence_chain.log.witness.policy import LARGEST, TrustPolicy

    try:
        return TrustPolicy.parse(read_given(path, f"The policy {path}", LARGEST))
    except FormatError as error:
        raise InputError(f"The policy {path} can't be read: {error}") from error


def log_key(case: Case, policy: TrustPolicy) -> VerifierKey | None:
    """The key of a case's log that a policy lists; None if it leaves logs to others.

    Raises:
        InputError: it lists logs, and none that this can be.
    """
    with case.reader() as reader:
        return key_listed(policy, reader.info().origin)


def key_listed(policy: TrustPolicy, origin: str) -> VerifierKey | None:
    """The key that a policy lists for the log called `origin`: the first of several.

    Raises:
        InputError: it lists logs, and not this one.
    """
    if not policy.has_logs:
        return None
    keys = policy.keys_of(origin)
    if not keys:
        raise InputError(
            f"The policy lists logs, and none called {origin} with an Ed25519 key. Ask the "
            "publisher for its key by another way than this copy came, and add a line `log VKEY`."
        )
    return keys[0]
