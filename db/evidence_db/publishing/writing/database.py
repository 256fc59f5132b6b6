"""`evidence.db` of an edition: built into an empty file, never a copy that was deleted from."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from evidence_db.store import page_bytes
from evidence_db.store.connection import storage_errors
from evidence_db.store.tables.edition_tables import make_for_datasette, make_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from evidence_db.publishing.writing.log_files import Told

BATCH = 2000


class Database:
    """The database while it is filled: a scratch file that is written whole at the end."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        for pragma in (
            "page_size=4096",
            "journal_mode=OFF",
            "synchronous=OFF",
            "cache_size=-2048",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        make_format(self._connection)

    def fill(self, lines: Iterable[Told]) -> Iterator[Told]:
        """Take in each line, and hand it on."""
        entries: list[tuple[object, ...]] = []
        records: list[tuple[object, ...]] = []
        for one in lines:
            entries.append((one.index, one.id, one.kind, one.line.entry.decode()))
            if one.line.body:
                body, salts = one.opening
                records.append((one.index, one.id, one.kind, body.decode(), salts.decode()))
            if len(entries) >= BATCH:
                self._insert(entries, records)
            yield one
        self._insert(entries, records)

    def _insert(self, entries: list[tuple[object, ...]], records: list[tuple[object, ...]]) -> None:
        with storage_errors("Writing the edition's database"):
            self._connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
            self._connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", records)
        entries.clear()
        records.clear()

    def write(
        self,
        path: Path,
        checkpoints: Mapping[int, str],
        stamps: Iterable[tuple[int, bytes]],
        leaves: bytes | bytearray,
    ) -> None:
        """Write the file: the four tables, and what Datasette needs.

        Args:
            path: Where to.
            checkpoints: The notes of the checkpoints, by size.
            stamps: The time-stamps, each with its checkpoint's size.
            leaves: The hash of each line's entry in the tree, one after the other.

        Raises:
            StorageError: it can't be written.
        """
        with storage_errors(f"Writing {path}"):
            self._connection.executemany(
                "INSERT INTO checkpoint VALUES (?, ?)", sorted(checkpoints.items())
            )
            self._connection.executemany("INSERT INTO timestamp VALUES (?, ?)", stamps)
            make_for_datasette(self._connection, leaves)
            self._connection.execute("COMMIT")
            self._connection.execute("VACUUM INTO ?", (str(path),))
        page_bytes.pack(path)

    def close(self) -> None:
        """Give up the scratch file, written or not."""
        self._connection.close()
