"""Checks of the database as a whole: its pages, schema, search index, and links as a set."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Protocol

from evidence_chain.rules import find_cycle
from evidence_chain.verify.report import Report
from evidence_db.store.tables.schema import (
    READABLE,
    SCHEMA_VERSION,
    migrations,
    migrations_until,
)

if TYPE_CHECKING:
    from evidence_db.verifying.queries import Audit

_PROBLEMS = 20
"""Lines of SQLite's own check that are reported."""
_UNDER_SQLITES_NAMES = """
SELECT type, name FROM sqlite_master WHERE name LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL
AND NOT (type = 'table' AND name = 'sqlite_stat1')
"""
"""What SQLite hides under names that it keeps for itself, but for the statistics of ANALYZE."""
_STATISTICS = re.compile(r"\d+(?: \d+)*(?: unordered)?(?: sz=\d+)?(?: noskipscan)?")
_WHEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)?")


def check_schema(reader: Audit) -> Report:
    """What the tables show is defined as the migrations define it."""
    report = Report()
    ((version,),) = reader.connection.execute("PRAGMA user_version")
    known = 1 <= version <= SCHEMA_VERSION
    found = definitions(reader.connection)
    expected = expected_definitions(version if known else SCHEMA_VERSION)
    names = [{(type_, name) for type_, name, _ in part} for part in (found, expected)]
    for type_, name in sorted({(type_, name) for type_, name, _ in found ^ expected}):
        there, wanted = ((type_, name) in part for part in names)
        what = "is missing" if not there else "was changed" if wanted else "was put in"
        report.fail("schema", name, f"The {type_} {name} {what}.")
    for type_, name in reader.connection.execute(_UNDER_SQLITES_NAMES):
        report.fail("schema", name, f"The {type_} {name} was put in under a name of SQLite's own.")
    if not _are_statistics(reader):
        detail = "The table sqlite_stat1 holds something else than statistics of these tables."
        report.fail("schema", "sqlite_stat1", detail)
    if known and not _is_as_migrated(reader, version):
        detail = "The table _sqlite_migrations does not say what made these tables."
        report.fail("schema", "_sqlite_migrations", detail)
    if not known:
        report.fail("schema", "user_version", f"It says version {version}, not {SCHEMA_VERSION}.")
    report.hold("schema", "definitions", len(found & expected))
    return report


def _are_statistics(reader: Audit) -> bool:
    """Whether SQLite's own table of statistics, which anybody can write to, has nothing else."""
    there = reader.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if there.fetchone() is None:
        return True
    names = {name for (name,) in reader.connection.execute("SELECT name FROM sqlite_master")}
    rows = reader.connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall()
    return all(
        table in names and index in (names | {None}) and _STATISTICS.fullmatch(str(said))
        for table, index, said in rows
    )


def _is_as_migrated(reader: Audit, version: int) -> bool:
    """Whether what was applied is what makes this version, with a time each and nothing else."""
    try:
        rows = reader.connection.execute(
            "SELECT migration_set, name, applied_at FROM _sqlite_migrations ORDER BY rowid"
        ).fetchall()
    except sqlite3.DatabaseError:
        return False
    applied = [(name, set_) for set_, name, _ in rows]
    expected = [(name, "evidence-chain") for name in migrations_until(version)]
    return applied == expected and all(_WHEN.fullmatch(str(when)) for *_, when in rows)


def check_pages(reader: Audit) -> Report:
    """SQLite's own check: every page, and every index against its table."""
    report = Report()
    try:
        rows = reader.connection.execute(f"PRAGMA integrity_check({_PROBLEMS})").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    problems = [line for (line,) in rows if line != "ok"]
    ((pages,),) = reader.connection.execute("PRAGMA page_count")
    ((size,),) = reader.connection.execute("PRAGMA page_size")
    if (there := reader.path.stat().st_size) > pages * size:
        problems.append(f"after its last page stand {there - pages * size:,} bytes")
    for problem in problems:
        report.fail("projection", "database", f"SQLite finds damage: {problem}.")
    if not problems:
        report.hold("projection", "databases")
    return report


class Sets(Protocol):
    """Whatever tells of all records at once."""

    def ids_twice(self) -> list[tuple[str, int]]: ...

    def links_twice(self) -> list[tuple[str, int, int]]: ...

    def claim_support(self) -> list[tuple[int, int]]: ...


def check_sets(reader: Sets) -> Report:
    """Rules that are not of one entry: unique ids and links, no circle."""
    report = Report()
    for id_, count in reader.ids_twice():
        report.fail("rules", id_, f"The id {id_[:8]} is in the log {count} times.")
    for relation, first, second in reader.links_twice():
        report.fail(
            "rules", "log", f"The link '{relation}' of entry {first} is that of {second} too."
        )
    if circle := find_cycle(reader.claim_support()):
        entries = ", ".join(map(str, circle))
        report.fail(
            "rules", "log", f"These claims support each other in a circle: entries {entries}."
        )
    if not report.findings:
        report.hold("rules", "logs")
    return report


def check_name(reader: Audit) -> Report:
    """The table `case_info` calls the case as entry 0 does, where that says so, and dates it so."""
    report = Report()
    first = reader.connection.execute(
        "SELECT title, recorded_at FROM case_title WHERE idx = 0 AND body IS NOT NULL"
    ).fetchone()
    said = reader.connection.execute("SELECT title, created_at FROM case_info").fetchone()
    if first is None:
        return report
    if first == said:
        report.hold("projection", "names")
    else:
        report.fail(
            "projection",
            "case_info",
            "The table case_info calls or dates it otherwise than entry 0.",
        )
    return report


def check_rows(reader: Audit) -> Report:
    """No table has a row that the log does not account for."""
    report = Report()
    size = reader.size()
    ((before,),) = reader.connection.execute("SELECT count(*) FROM entry WHERE idx < 0")
    if before:
        report.fail("log", "log", f"Before entry 0 stand {before} others.")
    if reader.count("tree_node") > size - size.bit_count():
        report.fail("projection", "tree", "The stored tree has nodes that the log's has not.")
    for table in ("seal", *READABLE):
        if strays := reader.strays(table):
            report.fail(
                "projection", table, f"The table {table} has rows that the log has not: {strays}."
            )
    if not report.findings:
        report.hold("projection", "tables")
    return report


def definitions(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    """Type, name and SQL of everything in the schema but SQLite's own tables."""
    return set(
        connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
    )


@cache
def expected_definitions(version: int = SCHEMA_VERSION) -> frozenset[tuple[str, str, str | None]]:
    """What `definitions` gives for a new case of `version`."""
    from sqlite_utils import Database

    known = migrations()
    with closing(sqlite3.connect(":memory:")) as connection:
        database = Database(connection)
        names = [migration.name for migration in known.pending(database)]
        known.apply(database, stop_before=names[version:])
        return frozenset(definitions(connection))
