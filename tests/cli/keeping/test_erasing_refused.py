"""What keeps erasing from being begun, or completed, is said, and the case is unharmed."""

import os
import sqlite3
from contextlib import closing
from fcntl import LOCK_EX, flock
from types import SimpleNamespace

import pytest

from adversary import tampering
from evidence_db.keeping.erasing import finishing
from traces import traces

WHY = ("--reason", "asked to", "--yes")
SECRET = "Quelna Vortrex"


@pytest.fixture
def case(invented):
    words = ("--text", "Nobody objected. The board", "--speaker", SECRET)
    invented.ids["spoken"] = invented.id(
        "add", "quote", "--artifact", invented.ids["minutes"], *words
    )
    invented.run("checkpoint")
    return invented


def refused(case, *words, code=4):
    said = case.run("erase", case.ids["spoken"], *WHY, *words, code=code).stderr
    return " ".join(said.splitlines()[-1].split())


def unharmed(case):
    assert case.body("spoken")["speaker"] == SECRET
    assert case.json("verify")["outcome"] == "holds"
    assert not list(case.root.glob(".*"))
    return True


def test_somebody_reads_an_older_state(case, monkeypatch):
    monkeypatch.setattr(finishing, "_PATIENCE", 50)
    with closing(sqlite3.connect(case.database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        assert "somebody still reads an older state" in refused(case)
        report = case.json("verify", code=1)
        failed = {one["check"] for one in report["checks"] if one["outcome"] == "failed"}
        assert "erasure" in failed
        assert failed <= {"erasure", "projection"}, "old pages may stand after the last one, too"
        assert "--finish" in case.run("erase", "--finish", code=4).stderr
        assert "cut short" in case.run("copy", case.home / "copy", code=4).stderr
        assert not (case.home / "copy").exists()
    assert case.json("erase", "--finish") == {"finished": True}
    assert case.json("erase", "--finish") == {"finished": False}
    assert traces(case.root, SECRET) == []
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"


def test_the_next_erasing_completes_the_one_before(case, monkeypatch):
    monkeypatch.setattr(finishing, "_PATIENCE", 50)
    with closing(sqlite3.connect(case.database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        refused(case)
    case.run("erase", case.ids["clause"], *WHY)
    assert traces(case.root, SECRET) == []


def test_no_room_on_the_disk(case, monkeypatch):
    usage = SimpleNamespace(free=10_000)
    monkeypatch.setattr(finishing.shutil, "disk_usage", lambda _: usage)
    assert "Nothing was erased; free some space" in refused(case)
    assert unharmed(case)


@pytest.mark.parametrize("what", ["erasing", "publishing"])
def test_somebody_else_erases_or_publishes(case, what):
    folder = os.open(case.root, os.O_RDONLY)
    flock(folder, LOCK_EX)
    try:
        assert "Somebody else erases" in refused(case)
        assert "Somebody else erases" in case.run("erase", "--finish", code=4).stderr
    finally:
        os.close(folder)
    assert unharmed(case)


def test_a_database_that_is_written_to_by_others(case, monkeypatch):
    monkeypatch.setattr("evidence_db.store.connection.WAIT", 0.05)
    with closing(sqlite3.connect(case.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert "another program is writing" in refused(case)
    assert unharmed(case)


def test_what_is_begun_can_not_be_kept(case, monkeypatch):
    (case.root / ".erasing.json.new").mkdir()
    assert "Nothing was erased" in refused(case)
    (case.root / ".erasing.json.new").rmdir()
    assert unharmed(case)


def test_records_that_do_not_hold(case):
    with tampering(case) as db:
        db.execute("UPDATE entry SET id = substr(id, 2) || substr(id, 1, 1) WHERE idx = 3")
    assert "the records of this case don't hold" in refused(case)


def test_an_edition(case, tmp_path):
    edition = tmp_path / "edition"
    case.run("publish", edition, "--claim", "board-knew", "--claim", "quay-is-wired")
    words = ("erase", case.ids["clause"], *WHY, "--case", edition)
    assert "is an edition, which nobody changes" in case.run(*words, code=2).stderr


def test_what_is_begun_can_not_be_read(case):
    (case.root / ".erasing.json").write_text("{}")
    assert "can't be read" in refused(case)
    assert "can't be read" in case.run("verify", code=1).stdout
    (case.root / ".erasing.json").unlink()
    assert unharmed(case)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_case(case):
    case.database.chmod(0o400)
    assert "read-only" in refused(case)
    case.database.chmod(0o600)
    assert unharmed(case)


def test_what_was_recorded_meanwhile_is_looked_at_again(case, monkeypatch):
    """An amendment that somebody records after the question, and before the answer."""
    amend = ("amend", case.ids["spoken"], "--speaker", f"Dr {SECRET}", "--reason", "so")
    monkeypatch.setattr(finishing, "check_room", lambda _: case.run(*amend))
    monkeypatch.setattr("evidence_db.keeping.erasing.check_room", lambda _: case.run(*amend))
    assert "meanwhile" in refused(case, code=2)
    assert case.body("spoken")["speaker"] == f"Dr {SECRET}"
