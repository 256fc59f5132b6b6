"""What is told of a stored checkpoint: its note, its root, and who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError
from evidence_db.verifying.log import read_checkpoint

if TYPE_CHECKING:
    from evidence_db.reading.attested.keys import LogKeys
    from evidence_db.reading.records import Signed


def checkpoint(stored: Signed, keys: LogKeys) -> dict[str, Any]:
    """A checkpoint: its note, root, and whether its signer is `known`, `unknown` or `failed`."""
    try:
        signers = keys.of_stored(stored.size)
        parsed, known = read_checkpoint(stored.note, keys.origin, signers, stored.size)
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
