"""`evidence tidy`: what crashes left is listed, and removed when that is asked for."""

import fcntl
import os

import pytest

from adversary import tampering, verdict
from evidence_db.case import Case


@pytest.fixture
def case(invented, parsed_once):
    return invented


def leave(case):
    """Something of everything that a crash can leave."""
    digest = "ab" * 32
    case.kept(digest).parent.mkdir(exist_ok=True)
    case.kept(digest).write_text("kept, and never recorded")
    room = case.root / "artifacts" / ".incoming-0123"
    room.mkdir()
    (room / "copy").write_text("half a")
    (case.root / "streams" / "ab").mkdir(parents=True)
    places = [
        case.kept(digest),
        room,
        case.root / ".evidence.db.77",
        case.root / ".editions.json.77",
        case.root / "streams" / "ab" / f".{digest}.x-1.77",
        case.home / ".signing.key.0123",
        case.home / ".signing.key.checkpoint.0123",
    ]
    places[2].mkdir()
    for path in places[3:]:
        path.write_text("begun")
    return sorted(map(str, places))


def test_what_was_left_is_listed_and_removed_when_told(case):
    assert "Nothing was left." in case.run("tidy").stdout
    left = leave(case)
    assert sorted(one["path"] for one in case.json("tidy")) == left
    assert all(map(os.path.exists, left))
    report = case.json("verify")
    assert (report["outcome"], *report["counted"].values()) == ("holds", 1)
    assert "1 file among the preserved ones" in case.run("verify").stdout
    assert "tidy --remove" in case.run("tidy").stdout
    removed = case.json("tidy", "--remove")
    assert sorted(one["path"] for one in removed) == left
    assert not any(map(os.path.lexists, left))
    assert not list(case.root.glob("artifacts/ab"))
    assert case.json("tidy") == []
    assert verdict(case, "--all-digests", code=0).failed == []


def test_what_is_being_copied_is_not_left_whatever_the_clock_says(case, monkeypatch):
    path = case.write("new.txt", "Something new.")
    monkeypatch.setattr("time.time", lambda: 1e12)
    with Case(case.root).files.receive(path) as incoming:
        os.utime(incoming.path, (0, 0))
        os.utime(incoming.path.parent, (0, 0))
        assert case.json("tidy", "--remove") == []
        case.run("add", "artifact", case.write("other.txt", "Something else."))
        assert incoming.path.read_text() == "Something new."


def test_what_a_crash_left_is_removed_by_the_next_that_adds(case):
    room = case.root / "artifacts" / ".incoming-0123"
    room.mkdir()
    (room / "copy").write_text("half a copy")
    descriptor = os.open(room, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    case.run("add", "artifact", case.write("new.txt", "Something new."))
    assert room.exists()
    os.close(descriptor)
    case.run("add", "artifact", case.write("other.txt", "Something else."))
    assert not room.exists()


def test_a_file_that_is_no_work_of_ours_is_left_alone(case):
    for path in (case.root / "artifacts" / "notes.txt", case.root / "notes.txt"):
        path.write_text("mine")
    assert case.json("tidy", "--remove") == []
    assert (case.root / "artifacts" / "notes.txt").exists()


def test_where_records_do_not_hold_nothing_is_taken_for_left(case):
    with tampering(case) as db:
        db.execute(
            "UPDATE artifact SET body = json_set(body, '$.blake3', ?) WHERE idx = ?",
            ("cd" * 32, case.index("tender")),
        )
    said = case.run("tidy", "--remove", code=4).stderr
    assert "records of this case don't hold" in said
    assert case.kept(case.json("log")["entries"][0]["id"]) is not None
    assert len(list(case.root.glob("artifacts/*/*"))) >= 4
