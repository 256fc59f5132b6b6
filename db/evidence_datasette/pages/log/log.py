"""The log: its entries, its checkpoints, and who signed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.errors import StorageError
from evidence_datasette.answering.checkpoints import checkpoint
from evidence_datasette.answering.page import Page
from evidence_datasette.words.log_words import sentence
from evidence_db.reading.attested.cosigned import cosigned
from evidence_db.reading.attested.keys import LogKeys, own_key_of
from evidence_db.reading.showing import in_words, joined
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    from evidence_datasette.answering.page import Json, View
    from evidence_db.reading.reader import Reader

LENGTH = 100
"""Entries on a page."""
CHECKPOINTS = 50
"""Checkpoints that are shown: the newest."""


def read(view: View) -> Json:
    """A stretch of the log, the newest entries first.

    Query parameter: `before` (an entry). `origin`, `size`, `checkpoints` and each of `entries` are
    as in `evidence log --json`; `said` has a sentence for each, in pieces (`words.log_words`);
    `signed` has the newest checkpoints with their notes.
    """
    reader = view.reader
    size, every, origin = reader.size(), cosigned(reader), reader.info().origin
    asked = view.number("before")
    stop = size if asked is None else min(asked, size)
    start = max(0, stop - LENGTH)
    keys = LogKeys.read(reader, own_key_of(reader, published=view.case.edition is not None))
    return {
        "origin": origin,
        "size": size,
        "checkpoints": [one.size for one in every],
        "signed": [checkpoint(one, keys) for one in every[-CHECKPOINTS:]][::-1],
        "entries": (there := [entry(reader, index) for index in reversed(range(start, stop))]),
        "said": {one["index"]: said_of(reader, one) for one in there},
        "before": start or None,
    }


def entry(reader: Reader, index: int) -> dict[str, Any]:
    """An entry as the log lists it; `damaged` tells why it, or what it names, can't be read."""
    try:
        record = reader.record(index)
        what = in_words(record, joined(reader, record))
    except StorageError as error:
        return {"index": index, "damaged": str(error)}
    recorded = str(record.body.get("recorded_at", "erased" if record.erased else "withheld"))
    told = {"index": index, "id": record.id, "kind": record.kind, "recorded_at": recorded}
    done = record.body.get("action") if record.kind == "custody" else None
    return {**told, "what": what, **({"action": done} if done else {})}


def said_of(reader: Reader, listed: dict[str, Any]) -> list[dict[str, Any]]:
    """What an entry that is listed says, as a sentence in pieces; none where it is damaged."""
    try:
        return [] if "damaged" in listed else sentence(reader, reader.record(listed["index"]))
    except StorageError as error:  # of what it names
        return [{"words": str(error)}]


PAGE = Page("log", "log.html", read, ("entry", "checkpoint", *READABLE))
