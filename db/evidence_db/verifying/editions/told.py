"""What is wrong with the database of an edition, row by row."""

from __future__ import annotations

import sqlite3
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from evidence_chain.edition.layout import DATABASE, UNREADABLE
from evidence_chain.errors import EvidenceError, UnreachedError
from evidence_chain.objects.asking import StoreError
from evidence_db.store import page_bytes
from evidence_db.store.tables.edition_tables import (
    FORMAT,
    definitions,
    further,
    make_for_datasette,
    make_format,
    redefined,
)
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
    from collections.abc import Iterable, Iterator, Sequence

    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.place import Place
    from evidence_chain.verify.report import Report

MOST = 20
"""Rows that are named where many are wrong."""


def problems(
    place: Place, attested: Sequence[str], register: Register, report: Report
) -> Iterator[str]:
    """Yield what is wrong with the database, and put into the report what can't be compared.

    Raises:
        StoreError: the store that it is in can't be asked.
        UnreachedError: it is too large to be fetched from there.
    """
    try:
        with place.open(DATABASE) as file:
            found = list(page_bytes.problems(file, size_of(file)))
        yield from found
        if found:
            return
        with opened(place) as connection:
            found = [*strange(connection), *damaged(connection)]
            yield from found
            if found:
                return
            found = list(mistyped(connection))
            yield from found
            if not found:
                yield from _compared(connection, place, attested, register)
            yield from _rebuilt(connection, report)
    except (StoreError, UnreachedError):
        raise
    except (sqlite3.Error, *UNREADABLE, EvidenceError) as error:
        yield f"it can't be read as a database: {error}"


def _compared(
    connection: sqlite3.Connection, place: Place, attested: Sequence[str], register: Register
) -> Iterator[str]:
    """The rows of the four tables, against the log and the files."""
    yield from _first(_lines(connection, register))
    for table, rows, expected in others(connection, place, attested):
        yield from _first(_differing(table, rows, expected))


def _first(problems: Iterable[str]) -> Iterator[str]:
    """As many as are named where many rows are wrong."""
    return islice(problems, MOST)


def _lines(connection: sqlite3.Connection, register: Register) -> Iterator[str]:
    """The rows of `entry` and `record`: each line of the log is put together of them."""
    rows, lines = connection.execute(ROWS), register.raw()
    for row, line in zip_longest(rows, lines):
        if row is None or line is None:
            yield "entry has not as many rows as the log has lines."
            return
        index, expected = line
        shape, id_ = register.shape(index), register.ids[index].hex()
        idx, entry_id, kind, entry, *record = row
        named = (index, id_, "" if shape is None else shape.kind)
        if (idx, entry_id, kind) != named or (record[0] is not None and tuple(record[:3]) != named):
            yield f"the row {idx} is not that of entry {index} of the log."
        elif line_of(entry, *record[3:]) != expected:
            yield f"the rows {idx} of entry and record don't say what the log says."
    ((count,),) = connection.execute("SELECT count(*) FROM edition.record")
    there = "SELECT count(*) FROM edition.record WHERE idx IN (SELECT idx FROM edition.entry)"
    if [(count,)] != connection.execute(there).fetchall():
        yield "record has rows of what is no entry."


def _differing(
    table: str, rows: Iterable[tuple[object, ...]], expected: Iterable[tuple[object, ...]]
) -> Iterator[str]:
    for row, right in zip_longest(rows, expected):
        if row != right:
            named = (row or right or ("",))[0]
            yield f"the row {named} of {table} is not what follows from the log."


def _rebuilt(connection: sqlite3.Connection, report: Report) -> Iterator[str]:
    """What is there for Datasette, against what is made anew from the four tables."""
    there = further(connection, "edition")
    if not there:
        return
    connection.execute("BEGIN")
    make_format(connection)
    for table in FORMAT:
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM edition.{table}")  # noqa: S608
    make_for_datasette(connection)
    connection.execute("COMMIT")
    ours = definitions()
    kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM main.entry")}
    yield from redefined(ours, there, kinds=kinds)
    if unknown := strangers(connection):
        report.miss("database", "evidence.db", unknown)
    for type_, name in sorted(ours.keys() & there.keys()):
        if (
            type_ == "table"
            and ours[type_, name] == there[type_, name]
            and not is_same(connection, name)
        ):
            yield f"what its table {name} says is not what follows from the log."
