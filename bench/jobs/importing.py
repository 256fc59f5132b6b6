"""Bulk import through the log's one way in, and plain inserts of the same rows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.jobs.clock import Stopwatch
from bench.jobs.signing import sign
from bench.jobs.synthetic import add_story, linked_stories, stories
from evidence_db.case import Case
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import CACHE, Writer
from evidence_db.store.connection import connect
from evidence_db.store.keys.key_file import make_key
from evidence_db.store.tables.schema import READABLE
from evidence_db.store.tables.validating import validate

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_INFO = CaseInfo("bench.example/case", "A case of invented records", "2026-11-21T00:00:00Z")
_SPAN = 10_000
"""Entries whose rows are read, and then inserted, at a time."""


def import_records(root: str, records: int, links: Sequence[int]) -> dict[str, Any]:
    """Make a case of so many records in one transaction, and sign it (which is not counted)."""
    make_key(_INFO.origin)
    case = create_case(Path(root), _INFO, "tester")
    watch = Stopwatch()
    writer = Writer(case, recorded_by="bench")
    writer.validate = validate
    with writer:
        for story in watch.without(stories(records, links, case.files)):
            add_story(writer, story)
    seconds = watch.seconds()
    sign(case, _INFO.origin)
    return {"seconds": seconds, "size": case.database.stat().st_size}


def import_linked(root: str, records: int) -> dict[str, Any]:
    """Make a case of so many records, and half as many links again, for those who browse."""
    make_key(_INFO.origin)
    case = create_case(Path(root), _INFO, "tester")
    watch = Stopwatch()
    with Writer(case, recorded_by="bench") as writer:
        for story in linked_stories(records, case.files):
            add_story(writer, story)
    sign(case, _INFO.origin)
    return {"seconds": watch.seconds()}


def insert_rows(source: str, root: str) -> dict[str, Any]:
    """Insert the rows of the case `source` into an empty one, rows ready and nothing checked."""
    case = create_case(Path(root), _INFO, "tester")
    with closing(connect(Case(Path(source)).database)) as rows:
        watch = Stopwatch()
        with closing(connect(case.database, "rw")) as target:
            target.execute(f"PRAGMA cache_size=-{CACHE}")
            target.execute("BEGIN IMMEDIATE")
            for statement, some in watch.without(_inserts(rows)):
                target.executemany(statement, some)
            target.execute(
                "INSERT INTO search (rowid, words) "
                "SELECT idx, words FROM passage WHERE words IS NOT NULL"
            )
            target.execute("COMMIT")
        return {"seconds": watch.seconds()}


def _inserts(source: sqlite3.Connection) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The insertions that fill a case, a span of the log at a time."""
    ((size,),) = source.execute("SELECT count(*) FROM entry")
    columns = {table: _stored(source, table) for table in ("entry", "seal", *READABLE)}
    for start in range(1, size, _SPAN):  # a new case has its title already
        stop = min(start + _SPAN, size)
        for table, names in columns.items():
            query = f"SELECT {', '.join(names)} FROM {table} WHERE idx >= ? AND idx < ?"
            yield _insert(table, names), source.execute(query, (start, stop)).fetchall()
        yield _insert("tree_node", ["level", "n", "hash"]), list(_nodes(source, start, stop))


def _insert(table: str, names: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _stored(source: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table that are not generated."""
    columns = source.execute(
        "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid", (table,)
    )
    return [name for (name,) in columns]


def _nodes(source: sqlite3.Connection, start: int, stop: int) -> Iterator[tuple[Any, ...]]:
    """The nodes of the tree that the entries `[start, stop)` complete."""
    for level in range(1, stop.bit_length()):
        yield from source.execute(
            "SELECT level, n, hash FROM tree_node WHERE level = ? AND n >= ? AND n < ?",
            (level, start >> level, stop >> level),
        )
