"""A case of an older version: read as it is, upgraded when it is written to."""

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from evidence_chain import kinds
from evidence_db.case import DATABASE, Case
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import Writer
from evidence_db.store.schema import SCHEMA_VERSION, definitions, expected_definitions, migrations
from evidence_db.verifying.database import check_schema


@pytest.fixture
def old(tmp_path):
    """A case with the tables of version 1."""
    case = create_case(
        tmp_path / "case", CaseInfo("newsroom.example/old", None, "2026-01-01T00:00:00Z"), "tester"
    )
    case.database.unlink()
    with closing(sqlite3.connect(case.root / DATABASE)) as connection:
        database = Database(connection)
        names = [migration.name for migration in migrations().pending(database)]
        migrations().apply(database, stop_before=names[1:])
        connection.execute("INSERT INTO case_info VALUES (1, 'newsroom.example/old', NULL, 'x')")
        connection.commit()
    return Case.open(case.root)


def schema(case):
    with case.reader() as reader:
        ((version,),) = reader.connection.execute("PRAGMA user_version")
        return version, definitions(reader.connection), check_schema(reader).counts["failed"]


def test_it_is_read_and_verified_as_it_is(old):
    version, found, failed = schema(old)
    assert (version, failed) == (1, 0)
    assert found == expected_definitions(1) != expected_definitions(SCHEMA_VERSION)


def test_writing_upgrades_it(old):
    with Writer(old, "tester") as writer:
        writer.add(kinds.CLAIM, {"slug": "knew", "statement": "They knew"})
    version, found, failed = schema(old)
    assert (version, failed) == (SCHEMA_VERSION, 0)
    assert found == expected_definitions()


def test_a_version_that_there_never_was_is_told(old):
    with closing(sqlite3.connect(old.database)) as connection:
        connection.execute("PRAGMA user_version = 0")
    assert schema(old)[2] > 0
