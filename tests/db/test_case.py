"""Finding a case, making one, and reading it while somebody writes."""

import os
import sqlite3
import threading
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cases import make_empty_case
from evidence_chain import kinds
from evidence_chain.errors import InputError, StorageError
from evidence_db.case import Case
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.adding import retract
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import Writer

INFO = CaseInfo("newsroom.example/case", "Cameras", "2031-05-03T00:00:00Z")
NOBODY = 65534


@pytest.fixture
def case(tmp_path):
    return create_case(tmp_path / "case", INFO, "tester")


@pytest.fixture(autouse=True)
def _no_case_in_the_environment(monkeypatch):
    monkeypatch.delenv("EVIDENCE_CASE", raising=False)


def test_it_is_found_upwards_as_git_does(case, monkeypatch):
    below = case.root / "a" / "b"
    below.mkdir(parents=True)
    for directory in (case.root, below):
        monkeypatch.chdir(directory)
        assert Case.find().root == case.root


def test_it_is_found_by_its_name_before_that(case, tmp_path, monkeypatch):
    other = create_case(tmp_path / "other", INFO, "tester")
    monkeypatch.chdir(case.root)
    assert Case.find(other.root).root == other.root
    assert Case.find(other.database).root == other.root
    monkeypatch.setenv("EVIDENCE_CASE", str(other.root))
    assert Case.find().root == other.root
    assert Case.find(case.root).root == case.root


def test_where_there_is_none_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="evidence init"):
        Case.find()
    with pytest.raises(InputError, match=r"has no evidence\.db"):
        Case.find(tmp_path)


def test_it_says_what_it_is_called(case):
    with case.reader() as reader:
        assert reader.info() == INFO
        assert reader.size() == 1
        first = reader.record(0)
    assert (first.kind, first.body["title"]) == ("case", "Cameras")
    assert (first.body["recorded_at"], first.body["recorded_by"]) == (INFO.created_at, "tester")


def test_the_newest_title_that_stands_is_what_it_is_called(case):
    for title in ("Doors", None):
        with Writer(case, "tester") as writer:
            newest = writer.add(kinds.CASE, {"title": title})
        with case.reader() as reader:
            assert reader.info() == INFO._replace(title=title)
    with Writer(case, "tester") as writer:
        retract(writer, newest.id, "it has a title")
    with case.reader() as reader:
        assert reader.info().title == "Doors"


def test_there_is_one_case_in_a_directory(case):
    content = case.database.read_bytes()
    with pytest.raises(InputError, match="already"):
        create_case(case.root, INFO, "tester")
    assert case.database.read_bytes() == content


def test_a_case_is_made_beside_what_is_there(tmp_path):
    (tmp_path / "notes.txt").write_text("notes")
    create_case(tmp_path, INFO, "tester")
    assert sorted(os.listdir(tmp_path)) == ["artifacts", "evidence.db", "notes.txt"]


def test_a_case_that_can_not_be_made_leaves_nothing(tmp_path, monkeypatch):
    def refuse(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("evidence_db.store.tables.schema.migrations", refuse)
    with pytest.raises(StorageError):
        create_case(tmp_path / "case", INFO, "tester")
    assert os.listdir(tmp_path) == []
    monkeypatch.undo()
    assert create_case(tmp_path / "case", INFO, "tester").database.exists()


def test_a_reader_sees_one_state_while_others_write(tmp_path):
    case = make_empty_case(tmp_path)
    case.run("claim", "first", "The first")
    with Case(case.root).reader() as reader:
        assert reader.size() == 2
        case.run("claim", "second", "The second")
        case.run("checkpoint")
        assert (reader.size(), reader.checkpoints()) == (2, [])
    with Case(case.root).reader() as reader:
        assert reader.size() == 3


def test_a_second_writer_waits_for_the_first(case):
    """It begins while the first one has not ended, and goes on from what that one recorded."""
    order, waiting = [], threading.Event()

    def second():
        waiting.set()
        with Writer(case, "second") as writer:
            order.append("second")
            writer.add(kinds.CLAIM, {"slug": "b", "statement": "B"})

    thread = threading.Thread(target=second)
    with Writer(case, "first") as writer:
        thread.start()
        waiting.wait()
        order.append("first")
        writer.add(kinds.CLAIM, {"slug": "a", "statement": "A"})
    thread.join()
    assert order == ["first", "second"]
    with case.reader() as reader:
        assert [record.body["slug"] for record in reader.listing("claim")] == ["a", "b"]


@contextmanager
def ordinary_user(*owned):
    """To root nothing is read-only, so these tests are done as somebody else."""
    if os.geteuid():
        yield
        return
    for path in owned:
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def accessible():
    """A case that an ordinary user can get at; pytest's directories are closed to others."""
    with TemporaryDirectory() as home:
        os.chmod(home, 0o755)
        case = create_case(Path(home) / "case", INFO, "tester")
        with Writer(case, "owner") as writer:
            writer.add(kinds.CLAIM, {"slug": "a", "statement": "A"})
        yield case
        os.chmod(case.root, 0o700)


def test_a_case_on_a_read_only_medium_can_be_read(accessible):
    os.chmod(accessible.database, 0o400)
    os.chmod(accessible.root, 0o500)
    with ordinary_user(accessible.root, accessible.database):
        with Case.open(accessible.root).reader() as reader:
            assert reader.size() == 2
        with pytest.raises(StorageError, match=r"read-only|can't be opened"):
            Writer(accessible, "x").__enter__()


def test_a_case_of_somebody_else_can_not_be_read(accessible):
    os.chmod(accessible.root, 0)
    with ordinary_user(), pytest.raises((StorageError, InputError), match=r"[Pp]ermission"):
        Case.open(accessible.root)


def test_a_case_on_a_read_only_medium_with_entries_beside_it_is_told(accessible):
    with closing(sqlite3.connect(accessible.database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchall()
        with Writer(accessible, "owner") as writer:
            writer.add(kinds.CLAIM, {"slug": "b", "statement": "B"})
        paths = [accessible.database, accessible.database.with_name("evidence.db-wal")]
        kept = {path: path.read_bytes() for path in paths}
    accessible.database.with_name("evidence.db-shm").unlink(missing_ok=True)
    for path, content in kept.items():
        path.write_bytes(content)
        os.chmod(path, 0o400)
    os.chmod(accessible.root, 0o500)
    with (
        ordinary_user(accessible.root, *paths),
        pytest.raises(
            StorageError, match=r"read-only medium.*newest entries are in evidence.db-wal"
        ),
    ):
        Case.open(accessible.root)
    os.chmod(accessible.root, 0o700)
