"""Destroying what opens a record: its entry stays, and the log says that it was erased.

The tables are append-only by triggers, which are guard-rails against accidents. They are taken off
and put back within the transaction, so that nobody else ever finds the tables without them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evidence_chain import kinds
from evidence_db.store.connection import storage_errors
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from evidence_db.recording.writer import Added, Writer

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_GONE = "idx IN (SELECT value FROM json_each(:gone))"


def erase(writer: Writer, indexes: Sequence[int], reason: str) -> list[Added]:
    """Record that these records are erased, and destroy their values and what opens them.

    Old contents of the database's pages may keep them until the database is rewritten.

    Raises:
        RuleError: one is of a kind that nobody erases.
    """
    ids = [writer.reader.stored(index).id for index in indexes]
    added = [writer.add(kinds.ERASURE, {"reason": reason}, {"to": id_}) for id_ in ids]
    writer.flush()
    with storage_errors(f"Erasing in {writer.case.database}"):
        _empty(writer.reader.connection, indexes)
    return added


def _empty(connection: sqlite3.Connection, indexes: Sequence[int]) -> None:
    gone = {"gone": json.dumps(list(indexes))}
    connection.execute("PRAGMA secure_delete=ON")
    triggers = connection.execute(_TRIGGERS).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for table in READABLE:
        connection.execute(f"UPDATE {table} SET body = NULL WHERE {_GONE}", gone)  # noqa: S608
    connection.execute(f"UPDATE evidence SET artifact_idx = NULL WHERE {_GONE}", gone)  # noqa: S608
    connection.execute(f"DELETE FROM seal WHERE {_GONE}", gone)  # noqa: S608
    if 0 in indexes:  # its title, and when it was made, stand in a table of their own, too
        connection.execute("UPDATE case_info SET title = NULL, created_at = ''")
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
