"""A case of an older version: read as it is, upgraded when it is written to."""

import json
import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from evidence_chain import kinds
from evidence_chain.entry import derive_salts, salts_text
from evidence_chain.errors import InputError, StorageError
from evidence_db.case import DATABASE, Case
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.adding import amend, retract
from evidence_db.recording.attesting.signing import sign_checkpoint
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import Writer
from evidence_db.resolving.resolution import resolve
from evidence_db.store.keys.key_file import make_key
from evidence_db.store.tables.schema import SCHEMA_VERSION, migrations
from evidence_db.verifying.run import verify
from evidence_db.verifying.tables.database import (
    check_schema,
    definitions,
    expected_definitions,
)
from evidence_db.verifying.wanted import Wanted

SINCE_2 = (
    *("amendment", "case_title", "review", "timestamp", "erasure", "withholding"),
    *("key_change", "cosignature", "custody", "renewal", "open_timestamp", "files_at"),
)
"""The tables that came after the second version."""


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


@pytest.fixture
def second(old):
    """A case of version 2 with a claim: it says nowhere but in `case_info` what it is called."""
    with Writer(old, "tester") as writer:
        writer.add(kinds.CLAIM, {"slug": "knew", "statement": "They knew"})
    with closing(sqlite3.connect(old.database)) as connection, connection:
        keep_salts(connection, 2)
        for name in SINCE_2:
            connection.execute(f"DROP TABLE {name}")
    return old


def keep_salts(connection, version):
    """Make the table of seeds, and the view of it, as they were in an older version."""
    opened = connection.execute("SELECT idx, seed, entry FROM seal JOIN entry USING (idx)")
    rows = [
        (idx, seed, salts_text(derive_salts(seed, json.loads(entry)["sealed"])).decode())
        for idx, seed, entry in opened
    ]
    connection.execute("DROP VIEW record")
    connection.execute("DROP TABLE seal")
    for kind, name, sql in sorted(expected_definitions(version)):
        if name in ("record", "seal") or (kind == "trigger" and name.startswith("seal_")):
            connection.execute(sql)
    connection.executemany("INSERT INTO seal VALUES (?, ?, ?)", rows)
    connection.execute("DELETE FROM _sqlite_migrations WHERE rowid > ?", (version,))
    connection.execute(f"PRAGMA user_version = {version}")


@pytest.fixture
def seventh(old):
    """A case of version 7, which keeps salts beside seeds."""
    with Writer(old, "tester") as writer:
        writer.add(kinds.CLAIM, {"slug": "knew", "statement": "They knew"})
    with closing(sqlite3.connect(old.database)) as connection, connection:
        keep_salts(connection, 7)
        connection.execute("DROP TABLE files_at")
    return old


def test_salts_that_are_kept_are_checked_and_dropped(seventh):
    report = verify(seventh, Wanted(), workers=1)
    assert (report.counts["failed"], report.held["commitment", "records"]) == (0, 1)
    assert schema(seventh)[1] == expected_definitions(7)
    with Writer(seventh, "tester") as writer:
        writer.add(kinds.ORIGINAL, {"title": "Letter"})
    version, found, failed = schema(seventh)
    assert (version, failed) == (SCHEMA_VERSION, 0)
    assert found == expected_definitions()
    report = verify(seventh, Wanted(), workers=1)
    assert (report.counts["failed"], report.held["commitment", "records"]) == (0, 2)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE seal SET salts = replace(salts, 'a', 'b')",
        "UPDATE seal SET salts = ' ' || salts",
        "UPDATE seal SET seed = zeroblob(32)",
        """UPDATE entry SET entry = replace(entry, '"v":1', '"v":2')""",
    ],
)
def test_a_case_whose_salts_are_not_those_of_its_seeds_is_not_upgraded(seventh, damage):
    with closing(sqlite3.connect(seventh.database)) as connection, connection:
        for table in ("seal", "entry"):
            connection.execute(f"DROP TRIGGER {table}_no_update")
        connection.execute(damage)
    assert verify(seventh, Wanted(), workers=1).failed & {"commitment", "entry"}
    before = seventh.database.read_bytes()
    with pytest.raises(StorageError, match="salts that are kept with entry 0 are not those"):
        Writer(seventh, "tester").__enter__()
    assert seventh.database.read_bytes() == before


def test_a_case_from_before_amendments_is_read_verified_and_upgraded(second):
    def look():
        with second.reader() as reader:
            assert (reader.info().title, reader.info().created_at) == (None, "x")
            assert [record.body["slug"] for record in reader.listing()] == ["knew"]
            assert resolve(second, reader, 0)["claim"]["amended"] == {}
        assert verify(second, Wanted(), workers=1).counts["failed"] == 0
        return schema(second)

    version, found, failed = look()
    assert (version, failed) == (2, 0)
    assert found == expected_definitions(2)
    with Writer(second, "tester") as writer:
        original = writer.add(kinds.ORIGINAL, {"title": "Letter"})
        writer.flush()
        amend(writer, original.id, {"title": "Letter of May"}, "it is more than one")
        retract(writer, original.id, "not needed")
    with second.reader() as reader:
        assert reader.record(original.index).body["title"] == "Letter of May"
    version, found, failed = schema(second)
    assert (version, failed) == (SCHEMA_VERSION, 0)
    assert found == expected_definitions()


def test_a_log_without_an_entry_is_not_signed(old, monkeypatch, tmp_path):
    monkeypatch.setenv("EVIDENCE_KEY", str(tmp_path / "signing.key"))
    make_key("newsroom.example/old")
    with pytest.raises(InputError, match="nothing in the log"):
        sign_checkpoint(old)


def test_a_version_that_there_never_was_is_told(old):
    with closing(sqlite3.connect(old.database)) as connection:
        connection.execute("PRAGMA user_version = 0")
    assert schema(old)[2] > 0
