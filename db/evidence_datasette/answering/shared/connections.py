"""Connections that the threads of a server go on reading with, so that a page opens none itself.

To open one takes a fifth of the time in which a claim is read: SQLite reads the schema, and
compiles every question anew. What a page read is let go when it ends, so that no byte of a case
stays in the server, and the next page reads what the file holds then. Another file, schema or
version gets a new connection.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.reading.reader import Reader
from evidence_db.store.connection import storage_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evidence_db.case import Case

_MOST = 4
"""Cases that a thread has a connection to."""
_TRIES = 3
_Identity = tuple[int, ...]
"""Which file it is, the version of its schema, and that of the program that made it."""


class _Held(NamedTuple):
    identity: _Identity
    connection: sqlite3.Connection
    open: ExitStack


class _Connections(threading.local):
    """Those of one thread, by the path of the database and whether it is an edition's."""

    def __init__(self) -> None:
        self.held: OrderedDict[tuple[str, bool], _Held] = OrderedDict()


_connections = _Connections()


@contextmanager
def reader_of(case: Case) -> Iterator[Reader]:
    """A reader of one unchanging state of a case, like that of `Case.reader`.

    Raises:
        StorageError: the database can't be read, or was made by a newer version.
    """
    with storage_errors(f"Reading {case.database}"):
        connection = _begun(case)
        try:
            yield Reader(connection)
        except BaseException:
            _let_go(_key(case))
            raise
        connection.set_progress_handler(None, 0)
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA shrink_memory")


def _begun(case: Case) -> sqlite3.Connection:
    """A connection on which a transaction reads, and the tables are those that it knows."""
    key = _key(case)
    for _ in range(_TRIES):
        if key not in _connections.held:
            _connections.held[key] = _opened(case)
            while len(_connections.held) > _MOST:
                _let_go(next(iter(_connections.held)))
        held = _connections.held[key]
        _connections.held.move_to_end(key)
        try:
            held.connection.execute("BEGIN")
            if held.identity == _identity(case, held.connection):
                case.recognise(held.connection)
                return held.connection
        except BaseException:
            _let_go(key)
            raise
        _let_go(key)
    raise sqlite3.OperationalError(
        "it was replaced or migrated again and again while it was opened"
    )


def _key(case: Case) -> tuple[str, bool]:
    return str(case.database), case.edition is None


def _opened(case: Case) -> _Held:
    with ExitStack() as stack:
        connection = stack.enter_context(case.connected())
        return _Held(_identity(case, connection), connection, stack.pop_all())


def _identity(case: Case, connection: sqlite3.Connection) -> _Identity:
    versions = [
        number
        for pragma in ("schema_version", "user_version", "application_id")
        for (number,) in connection.execute(f"PRAGMA {pragma}")
    ]
    return *file_identity(case.database), *versions


def file_identity(path: str | Path) -> tuple[int, int]:
    """Which file this is.

    Raises:
        sqlite3.OperationalError: it isn't there.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise sqlite3.OperationalError(f"The database is no longer there: {error}") from error
    return status.st_dev, status.st_ino


def _let_go(key: tuple[str, bool]) -> None:
    if (held := _connections.held.pop(key, None)) is not None:
        with suppress(sqlite3.Error):
            held.open.close()
