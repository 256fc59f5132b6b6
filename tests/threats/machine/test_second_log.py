"""Row 67: a copy without its newest entries is signed again, so that there are two logs of a size.

`case` has no checkpoint beside its key; what is signed in a test is kept there.
"""

import errno
import fcntl
import os
import shutil
from contextlib import closing

import pytest

from adversary import tampering, verdict
from cases import ORIGIN, CaseDir
from evidence_cli.commands.recording import init
from evidence_db.store.connection import connect
from evidence_db.store.keys import signing_alone

MORE = 3
"""Records; each waits for the reader, if somebody reads."""
KEPT = "the newest checkpoint signed here, kept beside the key"


def copied_by_hand(case, home):
    """The database and the preserved files alone, as somebody copies them who knows no better."""
    copy = CaseDir(home, dict(case.ids))
    copy.root.mkdir(parents=True)
    shutil.copy(case.database, copy.database)
    shutil.copytree(case.root / "artifacts", copy.root / "artifacts")
    return copy


def same_key(case, copy):
    """The copy is used by the same person on the same machine."""
    for path in (case.key_file, case.newest):
        shutil.copy(path, copy.home)


@pytest.fixture
def served(case):
    """What `serve` has: a connection that is open all the time, and reads now and then."""
    with closing(connect(case.database)) as connection:
        connection.execute("SELECT count(*) FROM entry").fetchall()
        yield connection


def record_more(case):
    for number in range(MORE):
        case.run("claim", f"more-{number}", f"Said later, {number}")
    case.run("checkpoint")


def test_row_67_all_lies_in_the_database_though_somebody_reads(case, served, tmp_path):
    record_more(case)
    assert case.database.with_name("evidence.db-wal").stat().st_size == 0
    copy = copied_by_hand(case, tmp_path / "copy")
    same_key(case, copy)
    assert copy.json("log")["size"] == case.json("log")["size"]
    assert verdict(copy, code=0).failed == []


@pytest.fixture
def older(case, served, tmp_path):
    """A copy that lacks what lies in the write-ahead log, since a page was being read."""
    case.run("checkpoint")
    served.execute("BEGIN")
    served.execute("SELECT count(*) FROM entry").fetchall()
    record_more(case)
    copy = copied_by_hand(case, tmp_path / "copy")
    same_key(case, copy)
    assert copy.json("log")["size"] < case.json("log")["size"]
    return copy


@pytest.mark.parametrize(
    "words",
    [("claim", "other", "Another one"), ("checkpoint",), ("tidy", "--remove"), ("tidy",)],
    ids=lambda words: words[0],
)
def test_row_67_an_older_copy_takes_no_record_and_no_signature(case, older, words):
    size, kept = older.json("log")["size"], older.newest.read_text()
    said = older.run(*words, code=1).stderr
    assert "Nothing was recorded or signed" in said
    assert f"that one covers {size + MORE} entries, and the log here has {size} entries" in said
    assert f"move {older.newest} away" in said
    assert older.json("log")["size"] == size
    assert older.newest.read_text() == kept
    assert sorted(older.root.glob("artifacts/*/*"))


def test_row_67_an_older_copy_fails(older):
    found = verdict(older, code=1)
    assert found.failed == ["seen"]
    assert "older copy of the case" in found.details
    assert KEPT in older.run("verify", "--json", code=1).stdout


def test_row_67_a_log_with_other_entries_is_refused_too(older):
    kept = older.newest.rename(older.home / "away")
    for number in range(MORE + 2):
        older.run("claim", f"other-{number}", f"Said otherwise, {number}")
    kept.rename(older.newest)
    said = older.run("claim", "one-more", "One more", code=1).stderr
    assert "the entries here that it covers are others" in said
    assert "does not go on" in older.run("checkpoint", code=1).stderr
    assert verdict(older, code=1).failed == ["seen"]


def test_row_67_the_way_out_is_a_step_of_its_own(older):
    older.newest.rename(older.home / "away")
    older.run("claim", "anew", "Begun anew")
    older.run("checkpoint")
    found = verdict(older, code=0)
    assert found.failed == []
    assert older.newest.exists()
    assert verdict(older, "--seen", older.home / "away", code=1).failed == ["seen"]


def test_row_67_the_case_that_was_signed_goes_on(case):
    case.run("checkpoint")
    assert case.newest.read_text() == case.json("checkpoint")["note"]
    assert case.newest.stat().st_mode & 0o777 == 0o600
    case.run("claim", "further", "Said further")
    case.run("checkpoint")
    assert case.newest.read_text() == case.json("checkpoint")["note"]
    assert not list(case.home.glob(".signing*"))


def test_row_67_what_is_kept_counts_as_seen(case):
    report = case.json("verify")
    assert "checkpoints seen before (--seen)" in report["absent"]
    case.run("checkpoint")
    case.run("claim", "unsigned", "Said since")
    report = case.json("verify", code=3)
    assert "checkpoints seen before (--seen)" not in report["absent"]
    assert next(one for one in report["checks"] if one["check"] == "seen")["outcome"] == "holds"


def test_row_67_what_is_kept_of_another_log_says_nothing(case):
    other = CaseDir(case.home / "other")
    other.home.mkdir()
    other.run("init", other.root, "--origin", "newsroom.example/other")
    other.run("claim", "a", "A")
    other.run("checkpoint")
    shutil.copy(other.newest, case.newest)
    case.run("claim", "b", "B")
    assert "checkpoints seen before (--seen)" in case.json("verify", code=3)["absent"]


@pytest.mark.parametrize("content", [b"nonsense", b"\xff", None], ids=["nonsense", "bytes", "pipe"])
def test_row_67_what_is_kept_can_not_be_read(case, content):
    if content is None:
        os.mkfifo(case.newest)
    else:
        case.newest.write_bytes(content)
    for words in (("claim", "b", "B"), ("checkpoint",)):
        assert "can't be read" in case.run(*words, code=4).stderr
    assert verdict(case, code=3).missed == {"seen"}


def test_row_67_what_is_kept_but_was_forged(case):
    case.run("checkpoint")
    text, signature = case.newest.read_text().split("\n\n")
    case.newest.write_text(f"{text}\n\n{signature[:-10]}AAAAAAAA=\n")
    assert verdict(case, code=1).failed == ["seen"]


def test_row_67_nothing_is_signed_that_can_not_be_kept(case, monkeypatch):
    case.run("claim", "b", "B")

    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("evidence_db.store.keys.key_file.sync_directory", refuse)
    assert "The log was not signed" in case.run("checkpoint", code=4).stderr
    monkeypatch.undo()
    assert verdict(case, code=3).missed == {"coverage"}
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


def test_row_67_a_second_case_of_an_origin_that_was_signed_is_not_made(case, tmp_path):
    case.run("checkpoint")
    said = case.run("init", tmp_path / "second", "--origin", ORIGIN, code=2).stderr
    assert "has a log already" in said
    assert not (tmp_path / "second").exists()


def test_row_67_without_the_key_nothing_is_asked(case, monkeypatch):
    case.run("checkpoint")
    case.key_file.rename(case.home / "elsewhere")
    case.newest.rename(case.home / "kept")
    case.run("claim", "b", "B")
    assert "checkpoints seen before (--seen)" in case.json("verify", code=3)["absent"]


def stored(case):
    with case.connected() as db:
        return dict(db.execute("SELECT size, note FROM checkpoint"))


@pytest.fixture
def dropped(case):
    """A case that was signed here three times, of which the checkpoint in between is gone."""
    for number in range(3):
        case.run("claim", f"more-{number}", f"Said later, {number}")
        case.run("checkpoint")
    there = stored(case)
    with tampering(case) as db:
        db.execute("DELETE FROM checkpoint WHERE size = ?", (sorted(there)[-2],))
    return case, there


def test_row_10_an_older_checkpoint_is_dropped(dropped):
    case, there = dropped
    found = verdict(case, code=1)
    assert found.failed == ["seen"]
    assert f"A checkpoint of {sorted(there)[-2]} entries was signed here" in found.details
    case.run("checkpoint")
    assert stored(case) == there
    assert verdict(case, code=0).failed == []


def test_row_10_the_newest_checkpoint_is_dropped(case):
    case.run("claim", "more", "Said later")
    note = case.json("checkpoint")["note"]
    with tampering(case) as db:
        db.execute("DELETE FROM checkpoint WHERE note = ?", (note,))
    assert verdict(case, code=3).missed == {"coverage"}
    assert case.json("checkpoint")["note"] == note
    assert verdict(case, code=0).failed == []


def test_row_67_what_was_signed_before_a_log_was_begun_anew_is_not_asked_for(dropped):
    case, there = dropped
    case.newest.unlink()
    assert verdict(case, code=0).failed == []
    case.run("claim", "anew", "Begun anew")
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []
    assert sorted(there)[-2] not in stored(case)


@pytest.mark.parametrize("content", ["nonsense", "1", "[1]", '["nonsense"]'])
def test_row_10_what_was_signed_before_can_not_be_read(case, content):
    case.run("checkpoint")
    case.before.write_text(content)
    assert verdict(case, code=3).missed == {"seen"}
    assert "can't be read" in case.run("checkpoint", code=4).stderr


def test_row_67_two_copies_are_not_signed_at_once(case, monkeypatch):
    """What another command does that signs with this key."""
    monkeypatch.setattr(signing_alone, "WAIT", 0)
    case.run("claim", "more", "Said later")
    there = stored(case)
    with case.key_file.open() as key:
        fcntl.flock(key, fcntl.LOCK_EX)
        assert "Another command has been signing" in case.run("checkpoint", code=4).stderr
    assert stored(case) == there
    case.run("checkpoint")


def test_row_67_who_waited_for_a_key_that_was_changed_waits_for_the_new_one(case, monkeypatch):
    locked = signing_alone._is_locked

    def changed_meanwhile(*words):
        monkeypatch.setattr(signing_alone, "_is_locked", locked)
        new = case.write("new.key", case.key_file.read_bytes())
        new.chmod(0o600)
        new.replace(case.key_file)
        return locked(*words)

    monkeypatch.setattr(signing_alone, "_is_locked", changed_meanwhile)
    monkeypatch.setenv("EVIDENCE_KEY", str(case.key_file))
    with (
        signing_alone.signing_alone(case.key.name),
        case.key_file.open() as key,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(key, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_row_67_who_begins_a_second_case_before_one_is_signed_is_told_and_asked(
    tmp_path, monkeypatch
):
    person, second = CaseDir(tmp_path), tmp_path / "second"
    person.run("init", person.root, "--origin", ORIGIN)
    with monkeypatch.context() as sits:
        sits.setattr(init, "is_attended", lambda: True)
        said = person.run("init", second, "--origin", ORIGIN, stdin="n\n", code=1).stderr
        assert f"the origin of the case in {person.root}" in " ".join(said.split())
        assert not second.exists()
    assert "is the origin" in person.run("init", second, "--origin", ORIGIN).stderr
    for root in (person.root, second):
        shutil.rmtree(root)
    told = person.run("init", second, "--origin", ORIGIN).stderr
    assert "There is a signing key" in told
