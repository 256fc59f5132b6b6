"""The log: its entries, its checkpoints, and who signed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError, StorageError
from evidence_datasette.page import Page
from evidence_db.keys import own_key
from evidence_db.schema import READABLE
from evidence_db.verifying.log import read_checkpoint

if TYPE_CHECKING:
    from evidence_chain.log.note import VerifierKey
    from evidence_datasette.page import Json, View
    from evidence_db.reading import Reader, Signed

LENGTH = 100
"""Entries on a page."""
CHECKPOINTS = 50
"""Checkpoints that are shown: the newest."""


def read(view: View) -> Json:
    """A stretch of the log, the newest entries first.

    Query parameter: `before` (an entry). `origin`, `size`, `checkpoints` and each of `entries` are
    as in `evidence log --json`; `signed` has the newest checkpoints with their notes.
    """
    reader = view.reader
    size, every, origin = reader.size(), reader.checkpoints(), reader.info().origin
    asked = view.number("before")
    stop = size if asked is None else min(asked, size)
    start = max(0, stop - LENGTH)
    key = own_key(origin)
    return {
        "origin": origin,
        "size": size,
        "checkpoints": [one.size for one in every],
        "signed": [checkpoint(one, origin, key) for one in every[-CHECKPOINTS:]][::-1],
        "entries": [_entry(reader, index) for index in reversed(range(start, stop))],
        "before": start or None,
    }


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


def _entry(reader: Reader, index: int) -> dict[str, Any]:
    try:
        record = reader.record(index)
    except StorageError as error:
        return {"index": index, "damaged": str(error)}
    recorded = str(record.body.get("recorded_at", "withheld"))
    return {"index": index, "id": record.id, "kind": record.kind, "recorded_at": recorded}


PAGE = Page("log", "log.html", read, ("entry", "checkpoint", *READABLE))
