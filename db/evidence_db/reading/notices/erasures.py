"""What was erased of a case: the records of which nothing is left but their entries, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_db.reading.records import Erased, stored

if TYPE_CHECKING:
    import sqlite3

_OF = """
SELECT erasure.idx, entry.id, erasure.body FROM erasure JOIN entry USING (idx)
WHERE erasure.to_idx = ? ORDER BY erasure.idx LIMIT 1
"""
_BY_LOG = """
SELECT old.idx, min(entry.idx) FROM entry
CROSS JOIN entry AS old ON old.id =
    CASE WHEN json_valid(entry.entry) THEN json_extract(entry.entry, '$.open.to') END
WHERE entry.kind = 'erasure' GROUP BY old.idx
"""


def erasure_of(connection: sqlite3.Connection, index: int) -> Erased | None:
    """The erasure of a record: the first, if several name it; `None` if none does.

    Raises:
        StorageError: its values are damaged.
    """
    row = connection.execute(_OF, (index,)).fetchone()
    if row is None:
        return None
    idx, id_, body = row
    said = stored(idx, id_, "erasure", body).body.get
    return Erased(idx, id_, said("reason"), said("recorded_at"), said("recorded_by"))


def erasures(connection: sqlite3.Connection) -> dict[int, int]:
    """The first erasure of each record that was erased, by index, as the log has them."""
    return dict(connection.execute(_BY_LOG).fetchall())


def as_json(erased: Erased | None) -> dict[str, Any] | None:
    """When, why and by whom a record was erased; a value that is withheld is `None`."""
    if erased is None:
        return None
    return {
        "id": erased.id,
        "index": erased.index,
        "at": erased.at,
        "reason": erased.reason,
        "by": erased.by,
    }
