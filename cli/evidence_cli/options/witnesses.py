"""Whose cosignatures the user asks for, as they name them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_chain.errors import FormatError, InputError
from evidence_cli.options.given import read_given

if TYPE_CHECKING:
    from evidence_chain.log.witness.policy import TrustPolicy

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
