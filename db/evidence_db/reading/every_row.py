"""The whole log, a stretch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.reading.reader import LAST
from evidence_db.reading.records import is_typed, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Row

_FURTHER = "SELECT idx FROM entry WHERE idx >= ? ORDER BY idx LIMIT ?"


def every_row(reader: Reader, at_once: int = 1000) -> Iterator[Row]:
    """All lines of a log that are there, in order, however far apart they stand.

    Raises:
        StorageError: one has values of other types than a log has.
    """
    start = 0
    while found := reader.connection.execute(_FURTHER, (start, at_once)).fetchall():
        start, first = min(found[-1][0] + 1, LAST), found[0][0]
        for row in reader.rows(first, start):
            if not is_typed(row):
                raise missing(row.idx)
            yield row
        if start == LAST:
            return
