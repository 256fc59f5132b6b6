"""Writers, locks, permissions, full disks, newer versions: all or nothing, in clear words."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from evidence_chain import kinds
from evidence_chain.errors import EvidenceError, InputError, RuleError, StorageError
from evidence_db.case import Case
from evidence_db.recording.writer import Writer
from evidence_db.store import connection
from evidence_db.store.tables.validating import validate


@pytest.fixture
def case(template, tmp_path):
    return template.copy_to(tmp_path / "copy")


def claim(number):
    return {"slug": f"claim-{number}", "statement": f"Claim {number}"}


def test_two_writers_at_once_both_succeed(case):
    before = case.json("log")["size"]
    environment = {**os.environ, **case.environment}
    commands = [
        [sys.executable, "-m", "evidence_cli", "claim", f"parallel-{n}", f"Parallel {n}"]
        for n in range(3)
    ]
    running = [subprocess.Popen(one, env=environment, stdout=subprocess.PIPE) for one in commands]
    assert [process.wait() for process in running] == [0] * 3
    for process in running:
        process.stdout.close()
    assert case.json("log")["size"] == before + 3
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"


def test_a_transaction_that_fails_leaves_nothing(case):
    before = case.json("log")["size"]
    opened = Case.open(case.root)
    path = case.write("new.txt", "Something new.")
    with pytest.raises(ZeroDivisionError), opened.files.receive(path) as incoming:
        with Writer(opened, "tester") as writer:
            writer.keep(incoming)
            for number in range(1500):
                writer.add(kinds.CLAIM, claim(number))
            1 / 0  # noqa: B018
    assert case.json("log")["size"] == before
    assert not opened.files.path(incoming.blake3).exists()
    assert not list(opened.files.root.glob(".incoming-*"))
    assert case.json("verify")["outcome"] == "holds"


def test_what_waits_too_long_is_told(case, monkeypatch):
    monkeypatch.setattr(connection, "WAIT", 0.05)
    with closing(sqlite3.connect(case.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = case.run("claim", "late", "Too late", code=4)
    assert "another program is writing" in result.stderr
    case.run("claim", "late", "Now it works")


def test_a_full_disk_is_told_and_nothing_is_recorded(case, monkeypatch):
    before = case.json("log")["size"]
    open_ = connection._open

    def small(path, options):
        opened = open_(path, options)
        opened.execute("PRAGMA max_page_count = 1")  # no page more than there are
        return opened

    monkeypatch.setattr(connection, "_open", small)
    result = case.run("claim", "long", "Far too long. " * 20_000, code=4)
    assert "the disk is full" in result.stderr
    monkeypatch.undo()
    assert case.json("log")["size"] == before
    assert case.json("verify")["outcome"] == "holds"


def test_a_file_that_does_not_fit_on_the_disk_is_told(case):
    before = case.json("log")["size"]
    path = case.write("large.bin", b"x" * 3_000_000)
    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    code += "from evidence_cli.main import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "add", "artifact", str(path)],
        env={**os.environ, **case.environment},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 4
    assert "Nothing was recorded" in result.stderr
    assert case.json("log")["size"] == before
    assert not list((case.root / "artifacts").glob(".incoming-*"))


def test_a_case_of_a_newer_version_is_left_alone(case):
    with case.connected() as database:
        database.execute("PRAGMA user_version = 999")
    assert "newer version" in case.run("list", code=4).stderr


@pytest.mark.parametrize(
    ("content", "words"), [(b"nonsense" * 1000, "not a database"), (b"", "not the database")]
)
def test_what_is_no_case_is_told(case, content, words):
    case.database.write_bytes(content)
    assert words in case.run("list", code=4).stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_case_can_be_read_but_not_written(case):
    for path in (case.database, case.root):
        path.chmod(0o500)
    assert case.json("list", "claim")
    assert "read-only" in case.run("claim", "no", "No", code=4).stderr
    case.root.chmod(0o700)


def test_a_read_only_database_is_told(case, monkeypatch):
    monkeypatch.setattr(
        "evidence_db.recording.writer.connect", lambda path, _mode: connection.connect(path, "ro")
    )
    assert "read-only" in case.run("claim", "no", "No", code=4).stderr


def test_nobody_else_reads_the_case_or_the_key(case):
    modes = {path: path.stat().st_mode & 0o777 for path in [case.root, *case.root.rglob("*")]}
    for path, mode in modes.items():
        assert not mode & 0o077, f"{path} is open to others: {mode:o}"
    assert case.key_file.stat().st_mode & 0o777 == 0o600
    kept = list((case.root / "artifacts").glob("*/*"))
    assert kept
    assert {modes[path] for path in kept} == {0o400}


def test_rows_in_bulk_are_validated_before_they_are_written(case):
    writer = Writer(Case.open(case.root), "x")
    writer.validate = validate
    with pytest.raises(EvidenceError, match="not as they should be"), writer:
        writer._put("tree_node", {"level": 0, "n": 0, "hash": b"short"})


def test_a_required_field_is_needed(case):
    with pytest.raises(InputError), Writer(Case.open(case.root), "x") as writer:
        writer.add(kinds.CLAIM, {"slug": "a"})


def test_evidence_needs_a_preserved_file(case):
    opinion = kinds.Kind("evidence/opinion", "opinion", (kinds.Field("text", "text"),))
    before = case.json("log")["size"]
    with pytest.raises(RuleError, match="no preserved file"):
        with Writer(Case.open(case.root), "x") as writer:
            writer.add(opinion, {"text": "So it seems."})
    assert case.json("log")["size"] == before


def test_a_damaged_preserved_file_is_not_taken_for_the_same(case):
    path = case.write("new.txt", "Something new.")
    opened = Case.open(case.root)
    with opened.files.receive(path) as incoming:
        kept = opened.files.path(incoming.blake3)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("damaged")
    assert "damaged" in case.run("add", "artifact", path, code=4).stderr
    with pytest.raises(StorageError), opened.files.receive(path) as incoming:
        opened.files.keep(incoming)
