"""The guard-rails: no statement changes, removes or replaces a row, by whatever unique key."""

import sqlite3
from contextlib import closing

import pytest

from evidence_db.store.tables.schema import READABLE

TABLES = ("entry", "seal", "tree_node", "checkpoint", "case_info", *READABLE)


@pytest.fixture(scope="module")
def whole(template, tmp_path_factory):
    """A database with a row in every table; not to be changed."""
    case = template.copy_to(tmp_path_factory.mktemp("whole"))
    case.run("amend", case.ids["minutes"], "--title", "Minutes", "--reason", "a typo")
    case.run("review", "board-knew", "--approve")
    case.run("key", "rotate", "--reason", "Once a year")
    case.run("handover", "board-knew", "--to", "A reader", "--what", "a print of it")
    spare = case.id("claim", "spare", "Somebody was told")
    case.run("erase", spare, "--reason", "asked to", "--yes")
    with closing(sqlite3.connect(case.database)) as connection:
        yield connection


@pytest.fixture(params=["recursive triggers off", "recursive triggers on"])
def database(whole, request):
    """SQLite fires delete triggers for what REPLACE removes only if they are recursive."""
    with closing(sqlite3.connect(":memory:")) as connection:
        whole.backup(connection)
        connection.execute(f"PRAGMA recursive_triggers = {request.param.endswith('on')}")
        yield connection


def stored(database, table):
    rows = database.execute(f"PRAGMA table_xinfo({table})")
    return [row[1] for row in rows if row[6] == 0]


def unique_keys(database, table):
    """The columns of every unique key of a table, its primary key first."""
    info = database.execute(f"PRAGMA table_info({table})").fetchall()
    keys = [[row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]]
    for _, index, unique, *_ in database.execute(f"PRAGMA index_list({table})").fetchall():
        if unique:
            keys.append([row[2] for row in database.execute(f"PRAGMA index_info({index})")])
    return keys


def contents(database):
    return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def refused(database, statement, *values):
    before = contents(database)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement, values)
    database.rollback()
    assert contents(database) == before


def test_the_unique_keys_are_those_that_are_guarded(database):
    """A new one needs a line in `append_only._UNIQUE`, and a test below."""
    keys = {table: sorted(map(tuple, unique_keys(database, table))) for table in TABLES}
    primary = {table: [("idx",)] for table in TABLES}
    assert keys == primary | {
        "entry": [("id",), ("idx",)],
        "claim": [("idx",), ("slug",)],
        "tree_node": [("level", "n"), ("level", "n")],
        "checkpoint": [("size",)],
        "case_info": [("id",)],
    }


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT"])
def test_a_row_is_not_replaced_by_its_primary_key(database, table, verb):
    names = ", ".join(stored(database, table))
    refused(database, f"{verb} INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1")


@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT"])
def test_a_row_is_not_replaced_by_another_unique_key(database, verb):
    refused(
        database,
        f"{verb} INTO entry (idx, id, entry) "
        "SELECT (SELECT max(idx) + 1 FROM entry), id, entry FROM entry LIMIT 1",
    )
    refused(database, f"{verb} INTO claim (idx, body) SELECT 900, body FROM claim LIMIT 1")


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_changed(database, table):
    names = stored(database, table)
    key = ", ".join(unique_keys(database, table)[0])
    refused(database, f"UPDATE {table} SET {names[-1]} = {names[-1]}")
    refused(database, f"UPDATE OR REPLACE {table} SET {names[0]} = {names[0]} + 1")
    refused(
        database,
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(names)} FROM {table} WHERE 1 "
        f"ON CONFLICT ({key}) DO UPDATE SET {names[-1]} = {names[-1]}",
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_removed(database, table):
    refused(database, f"DELETE FROM {table}")
    first = database.execute(f"SELECT {unique_keys(database, table)[0][0]} FROM {table}").fetchone()
    refused(database, f"DELETE FROM {table} WHERE {unique_keys(database, table)[0][0]} = ?", *first)


@pytest.mark.parametrize("step", [-1000, 2, 1000])
def test_the_log_grows_by_its_next_entry_alone(database, step):
    ((last,),) = database.execute("SELECT max(idx) FROM entry")
    entry = "INSERT INTO entry (idx, id, entry) VALUES (?, ?, ?)"
    refused(database, entry, last + step, "ab" * 32, '{"kind":"claim"}')
    database.execute(entry, (last + 1, "ab" * 32, '{"kind":"claim"}'))


def test_a_case_has_one_name(database):
    refused(database, "INSERT INTO case_info VALUES (2, 'a.example/b', NULL, 'now')")


def test_types_are_kept(database):
    for statement in (
        "INSERT INTO seal VALUES (900, 'text')",
        "INSERT INTO tree_node VALUES (1, 'n', x'00')",
        "INSERT INTO checkpoint VALUES (900, x'00')",
        "INSERT INTO link (idx, relation, from_idx, to_idx) VALUES (900, 'supports', 'a', 1)",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="cannot store"):
            database.execute(statement)
