"""The step from a case that keeps salts beside seeds to one that keeps seeds alone.

A salt is what its seed gives (docs/format.md, section 3), so that nothing is lost; and whoever
erases a record destroys one thing. Cases of before are read with their salts, which `verify`
compares.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from evidence_chain.entry import derive_salts, parse, salts_text
from evidence_chain.errors import FormatError, StorageError

if TYPE_CHECKING:
    import sqlite3

COLUMNS = """(
        idx INTEGER PRIMARY KEY REFERENCES entry(idx),
        seed BLOB NOT NULL
    ) STRICT"""
_KEPT = """
SELECT seal.idx, entry.entry, seal.seed, seal.salts
FROM seal LEFT JOIN entry ON entry.idx = seal.idx ORDER BY seal.idx
"""


def drop_salts(connection: sqlite3.Connection) -> None:
    """Make the table `seal` anew without the salts, in the transaction that is open.

    Its triggers go with the old one.

    Raises:
        StorageError: some are not those that the seed gives.
    """
    for idx, entry, seed, salts in connection.execute(_KEPT):
        if not _are_derived(entry, seed, salts):
            raise StorageError(
                f"Upgrading the case: the salts that are kept with entry {idx} are not those that "
                "its seed gives, and would be lost. Nothing was changed. Run `evidence verify` to "
                "see what else is wrong, and restore evidence.db from a copy."
            )
    for statement in (  # by way of a second table, since renaming one rewrites its definition
        f"CREATE TABLE seal_kept {COLUMNS}",
        "INSERT INTO seal_kept SELECT idx, seed FROM seal",
        "DROP TABLE seal",
        f"CREATE TABLE seal {COLUMNS}",
        "INSERT INTO seal SELECT idx, seed FROM seal_kept",
        "DROP TABLE seal_kept",
    ):
        connection.execute(statement)


def _are_derived(entry: object, seed: object, salts: object) -> bool:
    if not (isinstance(entry, str) and isinstance(seed, bytes) and isinstance(salts, str)):
        return False
    with suppress(FormatError):
        return salts_text(derive_salts(seed, parse(entry.encode()).sealed)) == salts.encode()
    return False
