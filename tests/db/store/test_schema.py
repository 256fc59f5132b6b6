"""Migrations, models, and the triggers that keep tables append-only."""

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from cases import make_case
from evidence_db.store.tables.models import ROWS
from evidence_db.store.tables.schema import (
    APPLICATION_ID,
    READABLE,
    SCHEMA_VERSION,
    migrations,
)
from evidence_db.store.tables.statements import AT_ONCE, COLUMNS, insert
from evidence_db.verifying.tables.database import definitions, expected_definitions


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_case(tmp_path_factory.mktemp("schema"))


@pytest.fixture
def database(template, tmp_path):
    case = template.copy_to(tmp_path / "copy")
    with closing(sqlite3.connect(case.database)) as connection:
        yield connection


STORED, GENERATED = 0, 2
"""How SQLite tells the columns of a table apart."""


def columns(database, table, sort=STORED):
    """Name and type of the columns of a table that are stored, or generated."""
    rows = database.execute(f"PRAGMA table_xinfo({table})")
    return {row[1]: row[2] for row in rows if row[6] == sort}


@pytest.mark.parametrize("table", ROWS)
def test_each_model_is_its_table(database, table):
    types = {"INTEGER": "INTEGER", "VARCHAR": "TEXT", "BLOB": "BLOB", "TEXT": "TEXT"}
    model = ROWS[table][1].__table__
    described = {STORED: {}, GENERATED: {}}
    for column in model.columns:
        sort = GENERATED if column.server_default else STORED
        described[sort][column.name] = types[str(column.type).partition("(")[0]]
    assert described == {sort: columns(database, table, sort) for sort in (STORED, GENERATED)}
    keys = {row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[5]}
    assert {column.name for column in model.primary_key} == keys


def test_each_statement_inserts_what_its_models_have():
    assert list(COLUMNS) == list(ROWS)
    for table, (row, model) in ROWS.items():
        stored = {column.name for column in model.__table__.columns if not column.server_default}
        assert {*COLUMNS[table]} == {*row.model_fields} == stored


@pytest.mark.parametrize("table", COLUMNS)
def test_each_statement_names_its_columns(database, table):
    """What they insert, many rows at once too, can be read again, each value in its own column."""
    with closing(sqlite3.connect(":memory:")) as empty:
        names = columns(database, table)
        empty.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        rows = [{name: f"{name} {n}" for name in names} for n in range(2 * AT_ONCE + 1)]
        insert(empty, table, [tuple(row[name] for name in COLUMNS[table]) for row in rows])
        empty.row_factory = sqlite3.Row
        assert list(map(dict, empty.execute(f"SELECT * FROM {table}"))) == rows


def test_a_case_has_the_schema_of_the_migrations(database):
    assert definitions(database) == expected_definitions()


def test_the_header_tells_what_it_is(database):
    assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert database.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_migrating_twice_changes_nothing(database):
    before = definitions(database)
    migrations().apply(Database(database))
    assert definitions(database) == before


TABLES = ("entry", "seal", "tree_node", "checkpoint", "case_info", *READABLE)


@pytest.mark.parametrize("table", TABLES)
def test_rows_can_be_neither_changed_nor_removed(database, table):
    first = next(iter(columns(database, table)))
    ((count,),) = database.execute(f"SELECT count(*) FROM {table}")
    if table in ("retraction", "amendment", "review", "erasure", "key_change", "custody"):
        return
    assert count
    for statement in (
        f"UPDATE {table} SET {first} = {first}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} ({', '.join(columns(database, table))}) "
        f"SELECT {', '.join(columns(database, table))} FROM {table} LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO entry (idx, id, entry) "
        "SELECT (SELECT max(idx) + 1 FROM entry), id, entry FROM entry LIMIT 1",
        "INSERT INTO entry (idx, id, entry) SELECT max(idx) + 2, 'x', entry FROM entry",
        "INSERT INTO entry (idx, id, entry) SELECT -1, 'x', entry FROM entry LIMIT 1",
        "INSERT OR REPLACE INTO claim (idx, body) SELECT 0, body FROM claim LIMIT 1",
    ],
    ids=["id", "gap", "before", "slug"],
)
def test_no_unique_key_lets_a_row_be_replaced(database, statement):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement)


QUESTIONS = {
    "a claim by its short name": "SELECT idx FROM claim WHERE slug = 'x'",
    "a record by its id": "SELECT idx FROM entry WHERE id = 'x'",
    "records by the beginning of their id": "SELECT idx FROM entry WHERE id >= 'a' AND id < 'b'",
    "records of a kind": "SELECT idx FROM entry WHERE kind = 'claim'",
    "links to a record": "SELECT idx FROM link WHERE to_idx = 1 AND relation = 'supports'",
    "links from a record": "SELECT idx FROM link WHERE from_idx = 1 AND relation = 'answers'",
    "retractions of a record": "SELECT idx FROM retraction WHERE to_idx = 1",
    "amendments of a record": "SELECT idx FROM amendment WHERE to_idx = 1",
    "reviews of a record": "SELECT idx FROM review WHERE to_idx = 1",
    "passages in a file": "SELECT idx FROM evidence WHERE artifact_idx = 1",
    "records of a file": "SELECT idx FROM artifact WHERE blake3 = 'x'",
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_each_question_has_an_index(database, question):
    plan = " ".join(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {question}"))
    assert "SEARCH" in plan
    assert "SCAN" not in plan


def test_columns_come_from_the_body(database):
    """What a column shows is in the bytes that the log commits to."""
    for idx, body, speaker in database.execute("SELECT idx, body, speaker FROM evidence"):
        (same,) = database.execute("SELECT json_extract(?, '$.speaker')", (body,)).fetchone()
        assert speaker == same, idx
