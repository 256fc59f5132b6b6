"""What a verification that broke off leaves: for this case as it is, for nobody else to read."""

import os
import shutil
import signal
import sqlite3
import stat
from contextlib import closing

import pytest

from adversary import tampering
from evidence_chain.digest import b3
from evidence_chain.errors import InputError
from evidence_db.case import Case
from evidence_db.verifying.resuming import memory, versions
from evidence_db.verifying.resuming.resuming import Resuming
from evidence_db.verifying.run import verify
from evidence_db.verifying.wanted import Wanted
from interrupted import (
    at_once,  # noqa: F401
    break_off,
    left,
    resume,
)

pytestmark = pytest.mark.usefixtures("at_once")


def change(statement):
    def changed(case):
        with closing(sqlite3.connect(left(case))) as db, db:
            db.execute(statement)

    return changed


def garbage(case):
    left(case).write_bytes(b"Not a database at all. " * 999)


def cut_short(case):
    path = left(case)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(case):
    left(case).write_bytes(b"")


def endless(case):
    """A view without an end in the place of the table."""
    with closing(sqlite3.connect(left(case))) as db, db:
        db.execute("DROP TABLE held")
        rows = "SELECT x'00', 0, 0 UNION ALL SELECT tag, at, by_others FROM n"
        db.execute(f"CREATE VIEW held AS WITH RECURSIVE n (tag, at, by_others) AS ({rows}) "
                   "SELECT * FROM n")  # fmt: skip


def another_page(case):
    """Damage where the rows lie."""
    path = left(case)
    content = bytearray(path.read_bytes())
    content[-600:] = os.urandom(600)
    path.write_bytes(content)


def no_file(case):
    left(case).unlink()
    left_at = case.home / "elsewhere"
    left_at.mkdir()


def a_pipe(case):
    path = left(case)
    path.unlink()
    os.mkfifo(path)


def another_checkpoint(case):
    case.run("claim", "one-more", "One more claim")
    case.run("checkpoint")


def another_copy(case):
    copy = case.database.with_name("copy")
    shutil.copy(case.database, copy)
    copy.replace(case.database)


TOLD = {
    garbage: "lost or changed",
    cut_short: "lost or changed",
    emptied: "lost or changed",
    endless: "lost or changed",
    a_pipe: "lost or changed",
    change("DROP TABLE said"): "lost or changed",
    change("CREATE TRIGGER t INSERT ON held BEGIN SELECT 1; END"): "lost or changed",
    change("UPDATE said SET whose = replace(whose, '(1,', '(2,')"): "another version",
    another_checkpoint: "another checkpoint",
    another_copy: "another copy of the case",
    no_file: "No verification broke off here",
}


@pytest.mark.parametrize(("harm", "told"), TOLD.items())
def test_all_is_read_where_it_does_not_count_and_that_is_told(invented, harm, told):
    break_off(invented)
    harm(invented)
    found = resume(invented, code=0)
    assert found["resumed"]["files"] == found["resumed"]["documents"] == 0
    (sentence,) = found["resumed"]["told"]
    assert told in sentence
    assert sentence.endswith("all is read.")
    assert left(invented) is None


@pytest.mark.parametrize(
    "harm",
    [
        change("UPDATE held SET tag = randomblob(16)"),
        change("UPDATE held SET tag = hex(tag)"),
        change("UPDATE held SET at = at + 86400"),  # as where the clock was put back
        change("UPDATE held SET at = -1"),
        change("UPDATE held SET at = 'then'"),
        change("UPDATE held SET at = 9e999"),
        change("UPDATE held SET by_others = 1"),
        change("DELETE FROM held"),
    ],
)
def test_rows_that_were_changed_count_for_nothing(invented, harm):
    break_off(invented)
    harm(invented)
    assert resume(invented, code=0)["resumed"]["files"] == 0


def test_damage_in_the_midst_of_it_is_never_an_error(invented):
    break_off(invented)
    another_page(invented)
    assert resume(invented, code=(0, 3))["counts"]["failed"] == 0


def test_an_older_checkpoint_in_the_place_of_the_newest_is_another_one(invented):
    break_off(invented)
    with invented.connected() as db:
        db.execute("DROP TRIGGER IF EXISTS checkpoint_append_only_delete")
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'checkpoint'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")
    found = resume(invented, code=1)
    assert found["resumed"]["files"] == 0
    assert "another checkpoint" in found["resumed"]["told"][0]


def test_without_a_checkpoint_of_the_signer_nothing_is_taken_over(invented, demo_case):
    break_off(invented)
    found = resume(invented, "--key", demo_case.vkey, code=(1, 3))
    assert found["resumed"]["files"] == 0
    assert "no root that a checkpoint of the expected signer signs" in found["resumed"]["told"][0]


def test_of_a_log_that_is_not_what_the_checkpoint_signs_nothing_is_taken_over(invented):
    break_off(invented)
    with tampering(invented) as db:
        db.execute("UPDATE entry SET entry = replace(entry, '{', '{ ') WHERE kind = 'claim'")
    found = resume(invented, code=1)
    assert found["resumed"]["files"] == 0
    assert "nothing is taken over" in found["resumed"]["told"][0]
    assert "tree-root" in {one["check"] for one in found["checks"] if one["outcome"] == "failed"}


def test_nobody_else_reads_it_and_it_tells_of_no_file(invented):
    break_off(invented)
    assert stat.S_IMODE(left(invented).stat().st_mode) == 0o600
    content = left(invented).read_bytes()
    for name in ("minutes", "tender"):
        digest = invented.body(name)["blake3"]
        for told in (digest.encode(), bytes.fromhex(digest)[:16], b3(digest.encode())[:16]):
            assert told not in content
        assert invented.ids[name].encode() not in content


def test_where_it_cannot_be_written_the_report_is_the_same(invented, monkeypatch):
    def full(_):
        raise sqlite3.OperationalError("database or disk is full")

    whole = invented.json("verify")
    monkeypatch.setattr(memory.Memory, "_made", full)
    assert invented.json("verify") == whole
    found = resume(invented, code=0)
    assert "can't be remembered" in found["resumed"]["told"][0]


@pytest.mark.parametrize(
    "words",
    [
        ("board-knew",),
        ("--due", "--budget", "1GB"),
        ("--rows", "log.parquet"),
    ],
)
def test_it_goes_on_with_a_verification_of_all_alone(invented, words):
    said = invented.run("verify", "--resume", *words, code=2).stderr
    assert "--resume goes on with a verification of all" in said


def test_that_it_was_gone_on_with_is_recorded_as_no_verification(invented):
    break_off(invented)
    (event,) = resume(invented, "--record", code=3)["custody"]
    assert invented.body(event)["action"] == "examined"


def test_where_nothing_can_be_noted_nothing_is_taken_over(invented, monkeypatch):
    break_off(invented)
    monkeypatch.setattr(versions, "_TABLE", "SELECT 1")
    found = resume(invented, code=0)
    assert found["resumed"]["files"] == 0


def test_an_edition_is_checked_without(demo_case):
    edition = Case.open(demo_case.home / "edition")
    with pytest.raises(InputError, match="without --resume"):
        verify(edition, Wanted(), resuming=Resuming(remembers=True))


def test_what_one_claim_rests_on_leaves_and_removes_nothing(invented):
    break_off(invented)
    before = left(invented).read_bytes()
    invented.run("verify", "board-knew")
    assert left(invented).read_bytes() == before


def test_killed_at_any_moment_it_leaves_what_can_be_gone_on_with(invented, tmp_path, killed):
    outcomes = set()
    for after in range(1, 11):
        case = invented.copy_to(tmp_path / str(after))
        assert killed(case, after) == signal.SIGKILL
        found = resume(case, code=(0, 3))
        assert found["counts"]["failed"] == 0
        outcomes.add(found["resumed"]["files"])
    assert outcomes == set(range(6))


@pytest.fixture
def killed():
    """A function that has a verification killed when it is to commit the n-th time what held."""

    def run(case, after):
        child = os.fork()
        if not child:
            commits, connect = [], memory.connect

            def die(said):
                commits.extend([1] * (said == "COMMIT"))
                if len(commits) == after:
                    os.kill(os.getpid(), signal.SIGKILL)

            def connected(*given):
                connection = connect(*given)
                connection.set_trace_callback(die)
                return connection

            memory.connect = connected
            try:
                case.run("verify")
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        return os.WTERMSIG(status)

    return run
