"""A verifier key as the user gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, InputError

if TYPE_CHECKING:
    from evidence_chain.log.key import VerifierKey


def verifier_key(text: str | None) -> VerifierKey | None:
    """The key that `--key` names, `None` if it was not given.

    Raises:
        InputError: it is no verifier key.
    """
    if text is None:
        return None
    from evidence_chain.log.key import VerifierKey

    try:
        return VerifierKey.parse(text)
    except EvidenceError as error:
        raise InputError(f"--key is no verifier key: {error}") from None
