"""A quick look at the database of an edition: is anything wrong with it?

It compares whole stretches, and stops at the first difference. What differs is told by `told`.
"""

from __future__ import annotations

import sqlite3
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.edition.checking.asked import Look
from evidence_chain.edition.layout import DATABASE, LOG, UNREADABLE
from evidence_chain.errors import EvidenceError
from evidence_chain.log.ids import Names
from evidence_chain.log.merkle import HASH_SIZE, leaf_hash, node_hash
from evidence_db.store import page_bytes
from evidence_db.store.tables.edition_tables import (
    SEARCH,
    case_info,
    definitions,
    further,
    index_words,
    rows_of,
)
from evidence_db.store.tables.schema import COLUMNS
from evidence_db.verifying.editions.opened import (
    ROWS,
    damaged,
    is_same,
    line_of,
    mistyped,
    opened,
    others,
    size_of,
    strange,
    strangers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.edition.place import Place

BATCH = 1000
"""Rows that are compared at once."""
_INDEX = ("search_config", "search_data", "search_docsize", "search_idx")
"""The tables of the search's index."""


class _Read(NamedTuple):
    """What the tables `entry` and `record` say, where they say what the log says."""

    named: bytes
    leaves: bytearray
    """The hash of each leaf, one after the other."""


def look(place: Place, attested: Sequence[str]) -> Look | None:
    """What the database shows; `None` if anything is wrong with it, or can't be looked at so."""
    try:
        with place.open(DATABASE) as file:
            if not page_bytes.are_plain(file, size_of(file)):
                return None
        with opened(place) as connection:
            if any(any(finds(connection)) for finds in (strange, damaged, mistyped)):
                return None
            read = _lines(connection, place)
            if read is None or not _are_others_right(connection, place, attested):
                return None
            there = further(connection, "edition")
            if there and not (
                there.items() >= definitions().items() and _are_made_of(connection, read.leaves)
            ):
                return None
            unknown = strangers(connection)
    except (sqlite3.Error, *UNREADABLE, EvidenceError):
        return None
    return Look(read.named, (unknown,) if unknown else ())


def _lines(connection: sqlite3.Connection, place: Place) -> _Read | None:
    """The rows of `entry` and `record`, if the log is put together of them."""
    names, leaves, index, records = Names(), bytearray(), 0, 0
    rows = connection.execute(ROWS)
    with place.open(LOG) as log:
        while some := rows.fetchmany(BATCH):
            said = []
            for idx, id_, kind, entry, of, of_id, of_kind, body, salts in some:
                if idx != index or (of is not None and (of_id, of_kind) != (id_, kind)):
                    return None
                index += 1
                records += of is not None
                leaves += leaf_hash(entry.encode())
                said.append(line_of(entry, body, salts))
            names.add("\n".join(row[1] for row in some), (row[2] for row in some))
            said.append(b"")
            lines = b"\n".join(said)
            if log.read(len(lines)) != lines:
                return None
        if log.read(1):
            return None
    if connection.execute("SELECT count(*) FROM edition.record").fetchone() != (records,):
        return None
    return _Read(names.digest(), leaves)


def _are_others_right(
    connection: sqlite3.Connection, place: Place, attested: Sequence[str]
) -> bool:
    """Whether the tables of checkpoints and time-stamps are those of the files."""
    return all(
        row == right
        for _, rows, expected in others(connection, place, attested)
        for row, right in zip_longest(rows, expected)
    )


def _are_made_of(connection: sqlite3.Connection, leaves: bytearray) -> bool:
    """Whether the tables for Datasette have the rows that follow from the four of the format.

    The scratch database has none of these, so that their names are those of the edition's.
    """
    named = connection.execute("SELECT * FROM edition.case_info").fetchall()
    if named != [case_info(connection)] or not _is_tree(connection, leaves):
        return False
    if not all(_is_made(connection, table) for table in COLUMNS):
        return False
    connection.execute("BEGIN")
    connection.execute(SEARCH)
    index_words(connection, "edition")
    connection.execute("COMMIT")
    return all(is_same(connection, table) for table in _INDEX)


def _is_made(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table has the rows that are made anew, each with the same values."""
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA edition.table_info({table})")]
    differing = " OR ".join(f"ours.{name} IS NOT theirs.{name}" for name in columns)
    query = (
        f"WITH ours({', '.join(columns)}) AS ({rows_of(table)}) "  # noqa: S608 - our own tables
        f"SELECT count(*), total({differing}) FROM ours "
        f"LEFT JOIN edition.{table} AS theirs ON theirs.idx = ours.idx"
    )
    ((count, wrong),) = connection.execute(query)
    ((there,),) = connection.execute(f"SELECT count(*) FROM edition.{table}")  # noqa: S608
    return not wrong and bool(count == there)


def _is_tree(connection: sqlite3.Connection, leaves: bytearray) -> bool:
    """Whether `tree_node` has the complete subtrees above the leaves, and nothing else."""
    count, level, row = 0, 0, leaves
    while len(row) > HASH_SIZE:
        level, row = level + 1, _above(row)
        hashes = (bytes(row[at : at + HASH_SIZE]) for at in range(0, len(row), HASH_SIZE))
        query = "SELECT n, hash FROM edition.tree_node WHERE level = ? ORDER BY n"
        there = connection.execute(query, (level,))
        if any(one != right for one, right in zip_longest(there, enumerate(hashes))):
            return False
        count += len(row) // HASH_SIZE
    return bool(connection.execute("SELECT count(*) FROM edition.tree_node").fetchone() == (count,))


def _above(row: bytearray) -> bytearray:
    """The hashes of the complete subtrees one level above."""
    above = bytearray()
    for at in range(0, len(row) - HASH_SIZE, 2 * HASH_SIZE):
        pair = bytes(row[at : at + 2 * HASH_SIZE])
        above += node_hash(pair[:HASH_SIZE], pair[HASH_SIZE:])
    return above
