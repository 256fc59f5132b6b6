"""What is told of a stored checkpoint: its note, its root, and who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError
from evidence_db.verifying.log import read_checkpoint

if TYPE_CHECKING:
    from evidence_chain.log.key import VerifierKey
    from evidence_db.reading.records import Signed


def checkpoint(stored: Signed, origin: str, key: VerifierKey | None) -> dict[str, Any]:
    """A checkpoint: its note, root, and whether its signer is `known`, `unknown` or `failed`."""
    try:
        parsed, known = read_checkpoint(stored.note, origin, key, stored.size)
    except EvidenceError as error:
        failed = {"root": None, "signer": "failed", "detail": str(error)}
        return {"size": stored.size, "note": stored.note} | failed
    return {
        "size": stored.size,
        "note": stored.note,
        "root": parsed.root.hex(),
        "signer": "known" if known else "unknown",
        "detail": "",
    }
