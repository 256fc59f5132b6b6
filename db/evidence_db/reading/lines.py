"""Lines of the log with what opens them, in plain SQL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evidence_db.reading.records import Row
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

_ENTRIES = """
SELECT entry.idx, entry.id, entry.entry, {salts}, seal.seed
FROM entry LEFT JOIN seal ON seal.idx = entry.idx
WHERE entry.idx >= :start AND entry.idx < :stop ORDER BY entry.idx
"""
_BODIES = " UNION ALL ".join(
    f"SELECT idx, body FROM {table} WHERE idx >= :start AND idx < :stop"  # noqa: S608
    for table in READABLE
)
_AT = "FROM json_each(:wanted) AS wanted CROSS JOIN {0} ON {0}.idx = wanted.value"
_ENTRIES_AT = (
    "SELECT entry.idx, entry.id, entry.entry, {salts}, seal.seed "
    f"{_AT.format('entry')} LEFT JOIN seal ON seal.idx = entry.idx"
)
_BODIES_AT = " UNION ALL ".join(
    f"SELECT {table}.idx, body {_AT.format(table)}" for table in READABLE
)
_HAS_SALTS = "SELECT 1 FROM pragma_table_info('seal') WHERE name = 'salts'"


def bodies_between(connection: sqlite3.Connection, start: int, stop: int) -> dict[int, str | None]:
    """The bodies of the lines `[start, stop)`, by index."""
    return dict(connection.execute(_BODIES, {"start": start, "stop": stop}))


def rows_between(
    connection: sqlite3.Connection, start: int, stop: int, bodies: Mapping[int, str | None]
) -> list[Row]:
    """The lines `[start, stop)`, in order, given their bodies by index."""
    query = _ENTRIES.format(salts=_salts(connection))
    return [
        Row(idx, id_, entry, bodies.get(idx), salts, seed)
        for idx, id_, entry, salts, seed in connection.execute(
            query, {"start": start, "stop": stop}
        )
    ]


def rows_among(
    connection: sqlite3.Connection, indexes: Iterable[int]
) -> tuple[dict[int, Row], dict[int, str | None]]:
    """Those of these lines that are there, and the bodies of those that are in a table."""
    wanted = {"wanted": json.dumps(list(indexes))}
    bodies = dict(connection.execute(_BODIES_AT, wanted))
    query = _ENTRIES_AT.format(salts=_salts(connection))
    rows = {
        idx: Row(idx, id_, entry, bodies.get(idx), salts, seed)
        for idx, id_, entry, salts, seed in connection.execute(query, wanted)
    }
    return rows, bodies


def _salts(connection: sqlite3.Connection) -> str:
    """What to read for salts: an edition holds them, and a case of version 7 or before."""
    return "NULL" if connection.execute(_HAS_SALTS).fetchone() is None else "seal.salts"
