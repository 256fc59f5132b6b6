"""What the case is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_db.reading.records import CaseInfo

if TYPE_CHECKING:
    import sqlite3

_TITLE = """
SELECT title FROM case_title WHERE NOT EXISTS
    (SELECT 1 FROM retraction WHERE retraction.to_idx = case_title.idx)
ORDER BY idx DESC LIMIT 1
"""


def info_of(connection: sqlite3.Connection) -> CaseInfo:
    """What the case is called: its title is that of the newest entry that gives it one.

    Raises:
        StorageError: the database doesn't say it, or not in words.
    """
    said = connection.execute("SELECT origin, title, created_at FROM case_info").fetchone()
    newest = connection.execute(_TITLE).fetchone()
    if said is not None and newest is not None:
        said = (said[0], newest[0], said[2])
    if said is None or not all(isinstance(one, str) for one in (said[0], said[1] or "", said[2])):
        raise StorageError(
            "The database does not say what the case is called: its table `case_info` is "
            "empty or damaged. Run `evidence verify`, and restore evidence.db from a copy."
        )
    return CaseInfo(*said)
