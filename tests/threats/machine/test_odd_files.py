"""Rows 48 and 49 again: what grew, what waits for another end, who may look, what is read-only."""

import os
import resource
import subprocess
import sys

import pytest

from adversary import verdict
from cases import CaseDir, make_empty_case
from evidence_db.store import hashing
from evidence_db.store.incoming import CHUNK

HUGE = 8 << 30


def grow(path):
    """8 GB that take no room on the disk, and much of a processor's time to read."""
    path.chmod(0o600)
    os.truncate(path, HUGE)


@pytest.fixture
def counted(monkeypatch):
    """The bytes that are read in the way preserved files are."""
    read, calls = os.readv, []

    def reading(descriptor, buffers):
        count = read(descriptor, buffers)
        calls.append(count)
        return count

    monkeypatch.setattr(hashing.os, "readv", reading)
    return calls


def test_row_48_a_preserved_file_that_grew_is_refused_by_its_size(case, counted):
    grow(case.preserved("tender"))
    found = verdict(case, "--all-digests", code=1)
    assert found.failed == ["file"]
    assert "file-sha256" in found.missed
    assert sum(counted) < CHUNK


@pytest.mark.parametrize("name", ["never", "deaf"])
def test_row_48_a_text_stream_that_grew_is_not_read(case, counted, name):
    if not case.stream(name).exists() or case.stream(name) == case.preserved("minutes"):
        grow(case.preserved("minutes"))
        assert verdict(case, code=1).failed == ["file"]
    else:
        grow(case.stream(name))
        assert "stream" in verdict(case, code=3).missed
    assert sum(counted) < CHUNK


def test_row_48_one_that_grew_takes_neither_memory_nor_time_of_who_quotes_it(case):
    """In a process that may have 4 GB: reading it into memory would end it."""
    grow(case.preserved("tender"))
    for words in (
        ("add", "quote", "--artifact", case.ids["tender"], "--text", "Tender 9/2031"),
        ("resolve", "quay-is-wired"),
        ("copy", str(case.home / "copy")),
    ):
        ended = limited(case, words)
        assert ended.returncode in (1, 3, 4)
        assert "MemoryError" not in ended.stderr


def limited(case, words):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    command = [sys.executable, "-m", "evidence_cli", *words]
    return subprocess.run(
        command,
        env=os.environ | case.environment,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


BESIDE = ["evidence.db-wal", "evidence.db-shm", "evidence.db-journal"]


@pytest.mark.parametrize("name", BESIDE)
def test_row_48_a_pipe_beside_the_database_hangs_nothing(case, name):
    path = case.root / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    for words in (("list",), ("verify",), ("claim", "b", "B"), ("copy", case.home / "copy")):
        assert f"{name} is no regular file" in case.run(*words, code=4).stderr


def test_row_48_a_pipe_in_the_place_of_the_database_is_no_case(case):
    case.database.unlink()
    os.mkfifo(case.database)
    assert "There is no case" in case.run("list", code=2).stderr


NAMED = {
    "verify": ("verify", "--seen"),
    "import": ("import",),
    "text": ("add", "quote", "--artifact", "tender.txt", "--text-file"),
    "locate": ("locate", "--text", "x"),
    "check": ("check",),
    "add": ("add", "artifact"),
    "artifact": ("add", "quote", "--text", "x", "--artifact"),
    "mail": ("add", "response-email", "--text", "x"),
    "answered": ("add", "response-email", "minutes.txt", "--text", "x", "--answers"),
    "request": ("add", "no-response", "--until", "2031-06-01", "--to"),
    "key of a mail": ("add", "response-email", "minutes.txt", "--text", "x", "--dkim-key"),
    "case": ("list", "--case"),
    "target": ("copy",),
    "edition": ("publish",),
    "demo": ("demo",),
    "seen": ("check", "minutes.txt", "--seen"),
    "signers": ("check", "minutes.txt", "--allowed-signers"),
}


@pytest.mark.parametrize("words", NAMED.values(), ids=NAMED)
def test_row_48_a_pipe_that_the_user_names_hangs_nothing(case, words):
    pipe = case.home / "pipe"
    os.mkfifo(pipe)
    said = case.run(*words, pipe, code=(2, 3, 4)).stderr
    assert words != NAMED["verify"] or "save what comes out of it as a file" in said


def test_row_48_a_pipe_in_the_case_hangs_nothing(case):
    for name, words in {"policy.toml": ("policy",), "editions.json": ("copy",)}.items():
        os.mkfifo(case.root / name)
        more = [case.home / "copy"] if words == ("copy",) else []
        assert "no regular file" in case.run(*words, *more, code=(2, 4)).stderr
        (case.root / name).unlink()


def test_row_48_a_pipe_among_the_kept_texts_hangs_nothing(case):
    case.run("locate", case.home / "release.html", "--text", "deaf to conversation")
    words = ("add", "quote", "--artifact", case.ids["release"], "--text", "fitted in April")
    case.run(*words)
    kept = [*case.root.glob("streams/*/*")]
    assert kept
    for path in kept:
        path.unlink()
        os.mkfifo(path)
    case.run(*words[:-1], "Press release")


@pytest.mark.usefixtures("_no_umask")
def test_row_49_what_lies_above_the_key_is_closed_too(tmp_path, monkeypatch):
    case = make_empty_case(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(CaseDir, "environment", case.environment | {"EVIDENCE_KEY": ""})
    result = case.json("init", tmp_path / "other", "--origin", "newsroom.example/open")
    key = tmp_path / result["key_file"]
    for path in (key.parent, key.parent.parent, tmp_path / "data"):
        assert path.stat().st_mode & 0o777 == 0o700, path
    assert key.stat().st_mode & 0o777 == 0o600


def closed_early(case, *words, errors_too=False):
    """The exit code of a command whose output nobody reads to the end."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "evidence_cli", *words]
    try:
        ended = subprocess.run(
            command,
            env=os.environ | case.environment,
            stdout=writing,
            stderr=writing if errors_too else subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    "words",
    [("verify",), ("list",), ("--help",), ("verify", "--help"), ("show", "--json", "board-knew")],
    ids=" ".join,
)
def test_a_closed_pipe_is_no_failed_check(case, words):
    assert closed_early(case, *words) == (141, "")


@pytest.mark.parametrize(
    "words", [("show", "nothing"), ("show", "nothing", "--json"), ("nothing",), ()], ids=" ".join
)
def test_a_closed_pipe_of_errors_is_no_failed_check(case, words):
    code, _ = closed_early(case, *words, errors_too=True)
    assert code == 141
