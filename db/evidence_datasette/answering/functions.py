"""What SQL may ask of a case through Datasette: two functions more, and no secret."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from blake3 import blake3 as digest
from datasette import hookimpl

from evidence_chain.errors import EvidenceError
from evidence_chain.verify.report import Outcome
from evidence_datasette.answering.cases import case_path
from evidence_datasette.answering.errors import without_root
from evidence_db.case import Case
from evidence_db.resolving.integrity import integrity_of
from evidence_db.resolving.resolution import chain_of

if TYPE_CHECKING:
    from pathlib import Path

    from datasette.app import Datasette

_SECRET = {("seal", "seed"), ("seal", "salts"), ("record", "salts")}
"""What opens the log's commitments."""
_PAGES = ("sqlite_dbpage", "dbstat")
"""Virtual tables that show the bytes of a database."""


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Give a connection to a case its functions, and take from it what must stay secret."""
    path = case_path(datasette, database)
    if path is None:
        return
    conn.create_function("blake3", 1, blake3, deterministic=True)
    conn.create_function("evidence_verify", 1, lambda id_: evidence_verify(path, id_))
    conn.set_authorizer(_authorize)


def blake3(value: str | bytes | float | None) -> str | None:
    """The BLAKE3 digest of a text (as UTF-8) or blob in hex; of a number, that of its text."""
    if value is None:
        return None
    return digest(value if isinstance(value, bytes) else str(value).encode()).hexdigest()


def evidence_verify(path: Path, id_: str | None) -> str | None:
    """The outcome of the checks of one record as JSON; NULL if there is no such record.

    They are those that `resolve` makes of each record: its entry, commitments and place in the
    log, the tables, and its file or passage; not whether something was left out of the log.
    """
    try:
        with Case.at(path).reader() as reader:
            place = reader.place(str(id_))
            if place is None:
                return None
            chain = chain_of(Case(path.parent), reader, whole=False)
            chain.check([place.index])
    except EvidenceError as error:
        detail = without_root(str(error), path.parent)
        return json.dumps({"outcome": Outcome.NOT_CHECKED, "detail": detail})
    return json.dumps(integrity_of(chain.total()))


def _authorize(
    action: int, table: str | None, column: str | None, _schema: str | None, _inside: str | None
) -> int:
    """Let seeds and salts read as NULL, through whatever view, query or permission."""
    if action == sqlite3.SQLITE_READ and ((table, column) in _SECRET or table in _PAGES):
        return sqlite3.SQLITE_IGNORE  # refusing would fail where Datasette counts rows
    return sqlite3.SQLITE_OK
