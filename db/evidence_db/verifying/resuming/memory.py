"""What held when a verification read it, as long as that has not come to its end.

A small database beside the key, where nobody writes who can change the case alone. It holds times,
and digests under seeds that only the case has, so that nobody is told of a file by it, and of one
that was erased nothing at all. It is made when a verification takes long, and is of one state of a
case: its directory, its database and its newest checkpoint.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_db.store.connection import connect
from evidence_db.store.keys.beside import make_beside

if TYPE_CHECKING:
    from pathlib import Path

EACH = 5.0
"""Seconds after which what was looked at is written down."""
_TABLES = [
    "CREATE TABLE held (tag BLOB PRIMARY KEY, at INTEGER NOT NULL, by_others INTEGER NOT NULL) "
    "WITHOUT ROWID",
    "CREATE TABLE said (whose TEXT NOT NULL)",
]
NONE = (
    "No verification broke off here that is of this checkpoint and ran for more than some seconds: "
    "there is nothing to go on from. So all is read."
)
CHANGED = "What an earlier verification left in {} was lost or changed. So all is read."
OTHER = (
    "What an earlier verification left is of another checkpoint, another copy of the case, or "
    "another version of this program. So all is read."
)


class Memory:
    """What held, by tags.

    Args:
        path: Where it lies.
        whose: The state of a case that it is of.
        by_others: Whether others do the work; what they found is nothing to go on from without
            them.
    """

    def __init__(self, path: Path, whose: str, *, by_others: bool) -> None:
        self._path = path
        self._whose = whose
        self._by_others = by_others
        self._new: dict[bytes, int] = {}
        self._gone: set[bytes] = set()
        self._since = time.monotonic()
        self._connection: sqlite3.Connection | None = None
        self._is_usable = True
        self.problem = self._open()
        """Why nothing can be taken over, if nothing can."""

    @property
    def is_kept(self) -> bool:
        """Whether something is on the disk that can be gone on from."""
        return self._connection is not None

    def held_at(self, tag: bytes) -> int | None:
        """When something held that is what it was, in seconds since 1970; `None` if never."""
        if self._connection is None:
            return None
        query = (
            "SELECT at FROM held WHERE tag = ? AND typeof(at) = 'integer' AND at BETWEEN 0 AND ? "
            "AND by_others IN (0, ?)"
        )
        try:
            found = self._connection.execute(query, (tag, int(time.time()), self._by_others))
            row = found.fetchone()
        except sqlite3.DatabaseError:
            self._give_up(CHANGED.format(self._path))
            return None
        return None if row is None else int(row[0])

    def keep(self, tag: bytes) -> None:
        """Remember that something holds."""
        if self._is_usable:
            self._new[tag] = int(time.time())
            if time.monotonic() - self._since >= EACH:
                self.write()

    def drop(self, tag: bytes) -> None:
        """Forget at once that something held."""
        self._new.pop(tag, None)
        if self._connection is not None:
            self._gone.add(tag)
            self.write()

    def write(self) -> None:
        """Have all of it on the disk, once it took long enough to be worth it."""
        is_early = self._connection is None and time.monotonic() - self._since < EACH
        if not self._is_usable or is_early or not (self._new or self._gone):
            return
        try:
            if self._connection is None:
                self._connection = self._made()
            rows = [(*one, self._by_others) for one in self._new.items()]
            self._connection.execute("BEGIN IMMEDIATE")
            remove = "DELETE FROM held WHERE tag = ?"
            self._connection.executemany(remove, [(tag,) for tag in self._gone])
            self._connection.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)
            self._connection.execute("COMMIT")
        except (sqlite3.Error, StorageError, OSError) as error:
            self._give_up(f"What holds can't be remembered in {self._path}: {error}")
        self._new.clear()
        self._gone.clear()
        self._since = time.monotonic()

    def close(self, *, is_done: bool) -> None:
        """Leave it to a later verification, unless there is nothing to go on with."""
        if not is_done:
            self.write()
        if self._connection is not None:
            self._connection.close()
        if is_done:
            self._remove()

    def _open(self) -> str | None:
        if not os.path.lexists(self._path):
            return NONE
        try:
            connection = connect(self._path, "rw")
        except StorageError:
            return CHANGED.format(self._path)
        try:
            problem = self._problem(connection)
        except sqlite3.DatabaseError:
            problem = CHANGED.format(self._path)
        if problem is None:
            self._connection = connection
        else:
            connection.close()
        return problem

    def _problem(self, connection: sqlite3.Connection) -> str | None:
        """Why what is there doesn't count. No table is read before it is known to be one of ours.

        Raises:
            sqlite3.DatabaseError: it is damaged.
        """
        schema = connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
        if schema != [(table,) for table in _TABLES]:
            return CHANGED.format(self._path)
        if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            return CHANGED.format(self._path)
        said = connection.execute("SELECT whose FROM said").fetchall()
        return None if said == [(self._whose,)] else OTHER

    def _made(self) -> sqlite3.Connection:
        self._remove()
        make_beside(self._path)
        connection = connect(self._path, "rw")
        try:
            connection.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                connection.execute(table)
            connection.execute("INSERT INTO said VALUES (?)", (self._whose,))
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_up(self, problem: str) -> None:
        """Remember nothing more, since the disk is full, say."""
        self.problem, self._is_usable = problem, False
        if self._connection is not None:
            with closing(self._connection):
                self._connection = None

    def _remove(self) -> None:
        with suppress(OSError):
            for end in ("", "-journal", "-wal", "-shm"):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)
