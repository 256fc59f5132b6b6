"""Connections to SQLite, and its errors in words."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from evidence_chain.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT = 60.0
"""Seconds that a command waits for another one that is writing."""
_PATIENCE = 200
"""Milliseconds to wait for readers before what they still need is left in the write-ahead log."""
_UNREADABLE_WAL = (
    "Opening {0}: it lies on a read-only medium, or in a directory that you may not write to, and "
    "its newest entries are in {1} beside it, which can't be read there. Copy both, and the "
    "directory artifacts, to a place that you can write to, and open the case there."
)


def connect(path: Path, mode: str = "ro") -> sqlite3.Connection:
    """Open the database at `path`: `ro` to read, `rw` to write, `rwc` to create it.

    With `immutable` it is read as one that nobody writes to, and nothing is looked for beside it.
    Transactions are begun by hand. A database in a directory that can't be written, such as a
    read-only medium, is opened as one that nobody changes.

    Raises:
        StorageError: it can't be opened.
    """
    wal = path.with_name(path.name + "-wal")
    _refuse_odd(path)
    with storage_errors(f"Opening {path}"):
        if mode == "immutable":
            return _open(path, "mode=ro&immutable=1")
        try:
            return _open(path, f"mode={mode}")
        except sqlite3.OperationalError:
            if mode != "ro" or not path.is_file():
                raise
            if wal.exists() and wal.stat().st_size:
                if _may_write(path.parent):
                    raise
                raise StorageError(_UNREADABLE_WAL.format(path, wal.name)) from None
            return _open(path, "immutable=1")


def fold(path: Path) -> None:
    """Take what lies in the write-ahead log of the database at `path` into the database itself.

    Whoever copies that file alone then has all that was recorded. As far as somebody reads an
    older state, or the medium is read-only, it stays where it is, and safe.
    """
    with suppress(StorageError), closing(connect(path, "rw")) as connection:
        fold_in(connection)


def fold_in(connection: sqlite3.Connection) -> None:
    """The same on a connection that has no transaction open."""
    with suppress(sqlite3.Error):
        connection.execute(f"PRAGMA busy_timeout={_PATIENCE}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _may_write(directory: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(directory, os.W_OK, effective_ids=effective)


def _refuse_odd(path: Path) -> None:
    """Refuse pipes and devices beside a database: SQLite would wait for their other end.

    Raises:
        StorageError: there is one.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            if not stat.S_ISREG(os.stat(f"{path}{suffix}").st_mode):
                raise StorageError(
                    f"Opening {path}: {path.name}{suffix} is no regular file. Remove it, or "
                    "restore the case from a copy."
                )


def _open(path: Path, options: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(path))}?{options}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=WAIT, check_same_thread=False
    )
    try:
        for pragma in ("foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program is writing to this case. Try again when it has finished.",
    sqlite3.SQLITE_LOCKED: "another program is writing to this case. Try again in a moment.",
    sqlite3.SQLITE_READONLY: "the database is read-only. Check the permissions of the case.",
    sqlite3.SQLITE_PERM: "access was denied. Check the permissions of the case.",
    sqlite3.SQLITE_FULL: "the disk is full. Nothing was recorded; free some space and try again.",
    sqlite3.SQLITE_IOERR: "the disk could not be read or written. Nothing was recorded.",
    sqlite3.SQLITE_CANTOPEN: "the database can't be opened. Check the path and its permissions.",
    sqlite3.SQLITE_NOTADB: "this is not a database. Restore evidence.db from a copy.",
    sqlite3.SQLITE_CONSTRAINT: "what is in the tables does not agree with the log, so another "
    "program has changed them. Nothing was recorded. Run `evidence verify`.",
    sqlite3.SQLITE_CORRUPT: "the database is damaged. Restore evidence.db from a copy.",
}


@contextmanager
def storage_errors(doing: str) -> Iterator[None]:
    """Turn errors of SQLite into `StorageError`, saying what was being done."""
    try:
        yield
    except sqlite3.Error as error:
        raise storage_error(doing, error) from error


def storage_error(doing: str, error: sqlite3.Error) -> StorageError:
    """The error in words: what was being done, what SQLite found, what to do next."""
    code = getattr(error, "sqlite_errorcode", None)
    advice = _ADVICE.get(code & 0xFF if code is not None else -1)
    return StorageError(f"{doing}: {advice or f'the database answered: {error}.'}")
