"""Datasette's own tables, read from the database that is there now.

Datasette opens a database once for each thread, and goes on reading a file that was replaced by
another since: a copy that was put back, or an edition that was published anew.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from datasette import hookimpl

from evidence_datasette.answering.cases import case_databases
from evidence_datasette.answering.compat import READING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette

Answer = TypeVar("Answer")


@hookimpl
def startup(datasette: Datasette) -> None:
    """Have each case read anew once its file is another."""
    for name in case_databases(datasette):
        database = datasette.databases[name]
        setattr(database, READING, _following(datasette, database))


def _following(datasette: Datasette, database: Any) -> Callable[[Any], Awaitable[Any]]:  # noqa: ANN401
    """Datasette's way of reading a database, with a connection to the file that is there."""
    read, opened, own = getattr(database, READING), _identity(database.path), threading.local()

    def current(connection: sqlite3.Connection) -> sqlite3.Connection:
        now = _identity(database.path)
        if now == opened:
            return connection
        if getattr(own, "identity", None) != now:
            own.connection, own.identity = database.connect(), now
            datasette._prepare_connection(own.connection, database.name)
        there: sqlite3.Connection = own.connection
        return there

    async def execute_fn(ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
        answer: Answer = await read(lambda connection: ask(current(connection)))
        return answer

    return execute_fn


def _identity(path: str) -> tuple[int, int]:
    """Which file this is.

    Raises:
        sqlite3.OperationalError: it isn't there.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise sqlite3.OperationalError(f"The database is no longer there: {error}") from error
    return status.st_dev, status.st_ino
