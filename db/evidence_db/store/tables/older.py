"""The tables that the case of an older version lacks, shown empty to who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.store.tables.schema import COLUMNS, SINCE, STOOD_IN

if TYPE_CHECKING:
    import sqlite3

_UNLOGGED = {
    "timestamp": ("rowid", "size", "token"),
    "cosignature": ("n", "size", "line"),
    "renewal": ("n", "covers", "token"),
    "open_timestamp": ("n", "size", "proof"),
}
"""The columns that are asked for of tables of what stands in no log."""


def stand_in(connection: sqlite3.Connection) -> None:
    """Show a connection the tables that an older version's case or edition lacks, empty."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    there = {name for (name,) in tables}
    for table in SINCE:
        if "entry" in there and table not in there:
            names = ("idx", *STOOD_IN.get(table, ()), "body", *COLUMNS[table])
            shown = ", ".join(f"NULL AS {name}" for name in names)
            connection.execute(f"CREATE TEMP VIEW {table} AS SELECT {shown} WHERE 0")
    for table, names in _UNLOGGED.items():
        if "entry" in there and table not in there:
            shown = ", ".join(f"NULL AS {name}" for name in names)
            connection.execute(f"CREATE TEMP VIEW {table} AS SELECT {shown} WHERE 0")
