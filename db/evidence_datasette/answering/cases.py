"""Which of Datasette's databases are cases."""

from __future__ import annotations

import os
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_db.case import DATABASE, Case
from evidence_db.store.connection import connect
from evidence_db.store.tables.schema import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette


def case_path(datasette: Datasette, database: str) -> Path | None:
    """The file of a database that is a case, else `None`."""
    path = getattr(datasette.databases.get(database), "path", None)
    if path is None or Path(path).name != DATABASE:
        return None
    if Case(Path(path).resolve().parent).edition is not None:
        return Path(path).resolve()
    try:
        status = os.stat(path)
        is_ours = _application_id(str(path), status.st_dev, status.st_ino) == APPLICATION_ID
    except (OSError, StorageError):
        return None
    return Path(path).resolve() if is_ours else None


@lru_cache(maxsize=64)
def _application_id(path: str, _device: int, _inode: int) -> int:
    """What the header of a database says it is.

    SQLite is asked, since to open and close the file ourselves would drop every lock that this
    process holds on it (https://sqlite.org/howtocorrupt.html, section 2.2).
    """
    with closing(connect(Path(path))) as connection:
        ((application,),) = connection.execute("PRAGMA application_id")
    return int(application)


def is_case(datasette: Datasette, database: str) -> bool:
    """Whether a database is a case."""
    return case_path(datasette, database) is not None


def case_databases(datasette: Datasette) -> list[str]:
    """The names of the databases that are cases."""
    return [name for name in datasette.databases if is_case(datasette, name)]
