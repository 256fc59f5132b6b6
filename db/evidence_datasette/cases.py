"""Which of Datasette's databases are cases, and what a reference in an address names."""

from __future__ import annotations

import os
import re
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_db.case import DATABASE
from evidence_db.connection import connect
from evidence_db.references import ANY, ID, choose
from evidence_db.schema import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette

    from evidence_db.reading import Reader, Record

_PLACE = re.compile(r"@([0-9]{1,15})")


def case_path(datasette: Datasette, database: str) -> Path | None:
    """The file of a database that is a case, else `None`."""
    path = getattr(datasette.databases.get(database), "path", None)
    if path is None or Path(path).name != DATABASE:
        return None
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


def find(reader: Reader, reference: str, wanted: str = ANY) -> Record:
    """The one record that a reference in an address names.

    Unlike on the command line no reference is ever taken for the path of a file.

    Args:
        reader: A reader of the case.
        reference: A claim's short name, a unique beginning of an id, or `@N` for entry N.
        wanted: The kind it should be of, `evidence`, or `record` for any.

    Raises:
        InputError: it names nothing, several records, or one of another kind.
    """
    found = [reader.record(index) for index in _candidates(reader, reference)]
    return choose(found, reference, wanted)


def _candidates(reader: Reader, reference: str) -> list[int]:
    if place := _PLACE.fullmatch(reference):
        index = int(place[1])
        return [index] if index < reader.size() else []
    if (claim := reader.claim_called(reference)) is not None:
        return [claim]
    if ID.fullmatch(reference):
        return [place.index for place in reader.starting_with(reference.lower())]
    return []
