"""The statements that record: plain SQL, so that a single command need not load the models.

A test holds tables and columns equal to those of `evidence_db.store.tables.models`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


@cache
def insertion(table: str) -> str:
    """The statement that inserts a row of `table`, its values given in the order of `COLUMNS`."""
    columns = COLUMNS[table]
    values = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608


def in_order(table: str, rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """The values of rows of `table`, as its statement takes them."""
    names = COLUMNS[table]
    return [[row[name] for name in names] for row in rows]
