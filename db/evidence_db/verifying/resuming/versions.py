"""What the store of the files said of each when a verification began."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from blake3 import blake3

from evidence_chain.digest import is_hex_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_TABLE = "CREATE TABLE version (name BLOB PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID"


class Versions:
    """Kept in a file without a name, under a key that nobody knows afterwards.

    What can't be kept, since the disk is full, say, counts as not said.
    """

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._connection = sqlite3.connect("", isolation_level=None)
        for statement in ("PRAGMA cache_size = -32768", _TABLE, "BEGIN"):
            self._connection.execute(statement)

    def note(self, listed: Iterable[tuple[str, tuple[int, ...]]]) -> Iterator[str]:
        """The names of what a store lists, of each of which it is noted what the store says."""
        insert = "INSERT OR IGNORE INTO version VALUES (?, ?)"
        for name, version in listed:
            if version:
                said = " ".join(map(str, version))
                with suppress(sqlite3.Error):
                    self._connection.execute(insert, (self._hidden(name), said))
            yield name

    def of(self, digest: str) -> str | None:
        """What was said of a file; `None` where nothing was, or that is no digest."""
        if not is_hex_digest(digest):
            return None
        query = "SELECT said FROM version WHERE name = ?"
        name, row = self._hidden(f"{digest[:2]}/{digest}"), None
        with suppress(sqlite3.Error):
            row = self._connection.execute(query, (name,)).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Have it gone."""
        self._connection.close()

    def _hidden(self, name: str) -> bytes:
        return blake3(name.encode(errors="surrogateescape"), key=self._key).digest(16)
