"""`datasette-metadata.json` describes what is there, and hides what is secret."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from evidence_db.store.tables.schema import migrations

METADATA = Path(__file__).resolve().parents[2] / "datasette-metadata.json"


@pytest.fixture(scope="module")
def described():
    return json.loads(METADATA.read_text())["databases"]["evidence"]


@pytest.fixture(scope="module")
def columns():
    with closing(sqlite3.connect(":memory:")) as connection:
        migrations().apply(Database(connection))
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            )
            if not name.startswith("sqlite_")
        ]
        return {
            name: [
                row[1] for row in connection.execute(f"PRAGMA table_xinfo({name})") if row[6] != 1
            ]
            for name in names
        }


def test_every_table_is_described(described, columns):
    assert set(described["tables"]) == set(columns)
    assert all(table["description"] for table in described["tables"].values())


def test_every_column_is_described(described, columns):
    for name, table in described["tables"].items():
        if "columns" in table:
            assert list(table["columns"]) == columns[name], name
        else:
            assert table["hidden"], f"{name} is shown, but its columns are not described"


def test_secrets_and_arbitrary_sql_are_closed(described):
    assert described["allow_sql"] is False
    for name in ("seal", "record"):
        assert described["tables"][name]["allow"] is False
