"""Writers, locks, permissions, full disks, newer versions: all or nothing, in clear words."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
        writer._rows.put("tree_node", 0, 0, b"short")


CLAIMS = st.integers(0, 4)
STEPS = st.lists(st.none() | st.tuples(CLAIMS, CLAIMS), max_size=12)


@pytest.fixture(scope="module")
def five_claims(template, tmp_path_factory):
    case = Case.open(template.copy_to(tmp_path_factory.mktemp("claims") / "copy").root)
    with Writer(case, "x") as writer:
        return case, [writer.add(kinds.CLAIM, claim(number)).id for number in range(5)]


@given(steps=STEPS)
@example(steps=[(0, 1), None, (1, 2), (2, 0), (0, 2)])
@example(steps=[(0, 1), (2, 0), None, (1, 2), (0, 1)])
def test_support_runs_in_no_circle_whatever_is_held_back(five_claims, steps):
    """`None` inserts what is held back: what is refused is the same before and after."""
    case, ids = five_claims
    taken = set()
    with pytest.raises(ZeroDivisionError), Writer(case, "x") as writer:
        for step in steps:
            if step is None:
                writer.flush()
                continue
            circular = step[0] == step[1] or step[::-1] in reachable(taken)
            public = {"from": ids[step[0]], "to": ids[step[1]], "relation": "supports"}
            try:
                writer.add(kinds.LINK, {}, public)
            except RuleError:
                assert circular or step in taken
            else:
                assert not circular
                assert step not in taken
                taken.add(step)
        1 / 0  # noqa: B018


def reachable(edges):
    joined = set(edges)
    while further := {(a, d) for a, b in joined for c, d in joined if b == c} - joined:
        joined |= further
    return joined


@pytest.mark.parametrize("flushed", [False, True])
def test_a_link_that_was_retracted_can_be_made_anew(five_claims, flushed):
    case, ids = five_claims
    link = {"from": ids[0], "to": ids[1], "relation": "contradicts"}
    with pytest.raises(ZeroDivisionError), Writer(case, "x") as writer:
        for _ in range(3):
            added = writer.add(kinds.LINK, {}, link)
            with pytest.raises(RuleError, match="there already"):
                writer.add(kinds.LINK, {}, link)
            if flushed:
                writer.flush()
            writer.add(kinds.RETRACTION, {"reason": "It was wrong."}, {"to": added.id})
        1 / 0  # noqa: B018


def test_few_long_records_are_held_back(case, monkeypatch):
    monkeypatch.setattr("evidence_db.recording.writer.MOST_HELD", 1000)
    with pytest.raises(ZeroDivisionError), Writer(Case.open(case.root), "x") as writer:
        for number in range(5):
            writer.add(kinds.CLAIM, {**claim(number), "note": "It is long. " * 50})
        assert writer.head()[0] - writer.reader.size() == 1
        1 / 0  # noqa: B018


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
