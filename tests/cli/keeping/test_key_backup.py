"""`evidence key backup` and `restore`: a copy that a passphrase opens, tried by restoring it."""

import errno
import os
import subprocess
import sys
from functools import cache

import pytest
from pyrage import passphrase as age

from adversary import verdict

WORDS = "quay lantern seven herring"


@pytest.fixture(autouse=True)
def _tried_once(monkeypatch):
    """To try a passphrase takes a second, and ends the same each time."""
    monkeypatch.setattr(age, "decrypt", cache(age.decrypt))


def given(case, *words, passphrase=WORDS, code=0):
    """Run with the passphrase on a file descriptor of its own."""
    reading, writing = os.pipe()
    os.write(writing, f"{passphrase}\n".encode())
    os.close(writing)
    try:
        return case.run("key", *words, "--passphrase-fd", reading, code=code)
    finally:
        os.close(reading)


def test_a_key_is_lost_and_restored(invented):
    invented.run("withhold", invented.ids["never"], "--field", "speaker", "--reason", "A source")
    invented.run("checkpoint")
    copy, before = invented.home / "copy.age", invented.key_file.read_bytes()
    given(invented, "backup", "-o", copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert invented.vkey.split("+")[2].encode() not in copy.read_bytes()
    kept = invented.newest.read_bytes()
    decided = invented.key_file.with_name(f"{invented.key_file.name}.withholding")
    decisions = decided.read_bytes()
    for path in (invented.key_file, invented.newest, invented.before, decided):
        path.unlink()
    assert "key restore" in invented.run("checkpoint", code=4).stderr
    said = given(invented, "restore", copy, passphrase="another passphrase", code=2).stderr
    assert "can't be opened" in said
    assert not invented.key_file.exists()
    assert "entries" in given(invented, "restore", copy).stdout
    assert invented.key_file.read_bytes() == before
    assert invented.key_file.stat().st_mode & 0o777 == 0o600
    assert invented.newest.read_bytes() == kept
    assert decided.read_bytes() == decisions
    assert verdict(invented, code=0).failed == []
    invented.run("claim", "later", "Said later")
    invented.run("checkpoint")
    invented.key_file.write_text("PRIVATE+KEY+nobody")
    given(invented, "restore", copy, code=4)
    assert invented.key_file.read_text() == "PRIVATE+KEY+nobody"


@pytest.mark.parametrize("content", [b"", b"age-encryption.org/v1\n", b"\xff" * 100])
def test_what_is_no_copy(invented, content):
    given(invented, "restore", invented.write("copy.age", content), code=2)


def test_a_passphrase_that_can_be_guessed(invented):
    said = given(invented, "backup", "-o", invented.home / "copy.age", passphrase="short", code=2)
    assert "12 characters" in said.stderr
    assert not (invented.home / "copy.age").exists()


def test_it_is_asked_twice_on_a_terminal(invented):
    words = ("key", "backup", "-o", invented.home / "copy.age")
    said = invented.run(*words, stdin="one and another\nno such words\n", code=1).output
    assert "do not match" in said
    assert not (invented.home / "copy.age").exists()


def test_without_a_terminal_it_is_told_how_to_give_it(invented):
    """Nothing is asked where nobody could type it, or all could read it."""
    copy = invented.home / "copy.age"
    said = subprocess.run(
        [sys.executable, "-m", "evidence_cli", "key", "backup", "-o", copy],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        env={**os.environ, **invented.environment},
        text=True,
        check=False,
    )
    assert said.returncode == 2
    assert "--passphrase-fd" in said.stderr
    assert "GetPassWarning" not in said.stderr
    assert not copy.exists()


def test_a_copy_takes_no_files_place(invented):
    there = invented.write("copy.age", "kept")
    assert "is there already" in given(invented, "backup", "-o", there, code=2).stderr
    assert there.read_text() == "kept"


def test_a_descriptor_that_is_not_there(invented):
    words = ("key", "backup", "-o", invented.home / "copy.age", "--passphrase-fd", 250)
    assert "descriptor 250" in invented.run(*words, code=2).stderr


def test_a_disk_that_is_full_leaves_no_half_a_copy(invented, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(age, "encrypt", lambda data, _: data)
    copy = invented.home / "copy.age"
    assert "No space left" in given(invented, "backup", "-o", copy, code=4).stderr
    assert not copy.exists()
