"""The statements that record: plain SQL, so that a single command need not load the models.

A test holds tables and columns equal to those of `evidence_db.store.tables.models`.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Values = tuple[Any, ...]
"""A row."""
_BODY = ("idx", "body")

COLUMNS: dict[str, tuple[str, ...]] = {
    "entry": ("idx", "id", "entry"),
    "seal": ("idx", "seed"),
    "artifact": _BODY,
    "original": _BODY,
    "claim": _BODY,
    "evidence": (*_BODY, "kind", "artifact_idx"),
    "link": (*_BODY, "relation", "from_idx", "to_idx"),
    "retraction": (*_BODY, "to_idx"),
    "amendment": (*_BODY, "to_idx"),
    "erasure": (*_BODY, "to_idx"),
    "custody": _BODY,
    "case_title": _BODY,
    "key_change": _BODY,
    "review": (*_BODY, "verdict", "to_idx"),
    "tree_node": ("level", "n", "hash"),
    "checkpoint": ("size", "note"),
    "timestamp": ("n", "size", "token"),
    "cosignature": ("n", "size", "line"),
    "renewal": ("n", "covers", "token"),
    "open_timestamp": ("n", "size", "proof"),
    "case_info": ("id", "origin", "title", "created_at"),
}
"""The stored columns of each table; a table stands after those that it refers to."""


AT_ONCE = 50
"""Rows of one statement: SQLite makes ready to undo each statement, which many rows then share."""


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Values]) -> None:
    """Insert rows of `table`, their values in the order of `COLUMNS`."""
    whole = len(rows) - len(rows) % AT_ONCE
    for start in range(0, whole, AT_ONCE):
        some = rows[start : start + AT_ONCE]
        connection.execute(_insertion(table, AT_ONCE), list(chain.from_iterable(some)))
    connection.executemany(_insertion(table), rows[whole:])


@cache
def _insertion(table: str, rows: int = 1) -> str:
    columns = COLUMNS[table]
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"  # noqa: S608
