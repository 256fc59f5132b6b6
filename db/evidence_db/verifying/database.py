"""Checks of the database as a whole: its pages, schema, search index, and links as a set."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_chain.rules import find_cycle
from evidence_chain.verify.report import Report
from evidence_db.store.connection import connect
from evidence_db.store.schema import READABLE, SCHEMA_VERSION, definitions, expected_definitions

if TYPE_CHECKING:
    from evidence_db.verifying.queries import Audit

_PROBLEMS = 20
"""Lines of SQLite's own check that are reported."""
_UNDER_SQLITES_NAMES = """
SELECT type, name FROM sqlite_master WHERE name LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL
AND NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))
"""
"""What SQLite hides under names that it keeps for itself, but for the statistics of ANALYZE."""


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
    if not known:
        report.fail("schema", "user_version", f"It says version {version}, not {SCHEMA_VERSION}.")
    report.hold("schema", "definitions", len(found & expected))
    return report


def check_pages(reader: Audit) -> Report:
    """SQLite's own check: every page, and every index against its table."""
    report = Report()
    try:
        rows = reader.connection.execute(f"PRAGMA integrity_check({_PROBLEMS})").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    problems = [line for (line,) in rows if line != "ok"]
    for problem in problems:
        report.fail("projection", "database", f"SQLite finds damage: {problem}.")
    if not problems:
        report.hold("projection", "databases")
    return report


def check_search(reader: Audit) -> Report:
    """The search index is that of the claims and passages.

    SQLite compares the two only in a transaction that may write; it is rolled back.
    """
    report = Report()
    try:
        with closing(connect(reader.path, "rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
            connection.execute("ROLLBACK")
        if _hides_words(reader.connection):
            raise sqlite3.DatabaseError("pages that hold words are out of reach")
    except (StorageError, sqlite3.OperationalError) as error:
        report.miss("projection", "search", f"The search index can't be checked here: {error}.")
    except sqlite3.DatabaseError:
        report.fail(
            "projection", "search", "The search index is not that of the claims and passages."
        )
    else:
        report.hold("projection", "search indexes")
    return report


def _hides_words(connection: sqlite3.Connection) -> bool:
    """Whether an option, or pages that can't be reached, keep words from being found.

    FTS5's own check overlooks both. In `search_data`, a page's row has its segment from bit 37
    on and its number below bit 31, and bytes 2 and 3 say where its words are listed, if any;
    every such page has to be named in `search_idx`.
    """
    named = set(connection.execute("SELECT segid, pgno >> 1 FROM search_idx"))
    pages = connection.execute(
        "SELECT id >> 37, id & 0x7fffffff, substr(page, 3, 2), length(page) FROM "
        "(SELECT id, CAST(block AS BLOB) AS page FROM search_data "
        "WHERE id >= 1 << 37 AND id >> 31 & 63 = 0)"
    )
    reachable = all(
        (segment, page) in named or int.from_bytes(end) >= size
        for segment, page, end, size in pages
    )
    options = connection.execute("SELECT count(*) FROM search_config WHERE k <> 'version'")
    return not reachable or options.fetchone() != (0,)


def check_sets(reader: Audit) -> Report:
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
