"""One look at a preserved file takes none for intact that isn't, whatever happens meanwhile."""

import os

import pytest
from blake3 import blake3

from evidence_db.store.files import Files
from evidence_db.store.hashing import check_files
from evidence_db.store.intact import Expected, intact

CONTENT = b"The cameras see faces."
NAME = blake3(CONTENT).hexdigest()
SHA256 = "01ad7ae6d6f95eeb73b3c4f6ce4d4d2e1a0ae76c1ad45dd8a4b8d8e1b0b7a2c9"


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "artifacts" / NAME[:2] / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return Files(tmp_path / "artifacts")


def looked(files, *expected):
    return intact(files.root, expected or (Expected(NAME),))


def said(files, *expected):
    (result,) = check_files(files, expected or (Expected(NAME),))
    return [detail for *_, detail in result.problems]


def test_a_file_that_is_as_expected_is_intact(files):
    assert looked(files, Expected(NAME), Expected("0" * 64), Expected(NAME, len(CONTENT))) == {0, 2}


@pytest.mark.parametrize(
    "one", [Expected(NAME, 7), Expected(NAME, None, SHA256), Expected("../.."), Expected(None)]
)
def test_what_is_expected_otherwise_is_not(files, one):
    assert looked(files, one) == set()
    assert said(files, one)


def linked(path):
    path.rename(path.parent / "elsewhere")
    path.symlink_to(path.parent / "elsewhere")


def in_a_linked_directory(path):
    path.parent.rename(path.parent.parent / "elsewhere")
    path.parent.symlink_to(path.parent.parent / "elsewhere")


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda path: path.unlink(), "the file is not there"),
        (lambda path: path.parent.rename(path.parent.parent / "else"), "the file is not there"),
        (lambda path: path.write_bytes(CONTENT[:-1]), "its content is not what was preserved"),
        (lambda path: path.write_bytes(CONTENT + b" "), "its content is not what was preserved"),
        (linked, "Too many levels of symbolic links"),
        (in_a_linked_directory, "its directory is a symbolic link"),
        (a_pipe, "no regular file"),
    ],
)
def test_what_lies_there_instead_is_not(files, change, words):
    change(files.path(NAME))
    assert looked(files) == set()
    assert words in said(files)[0]


@pytest.mark.parametrize("change", [lambda old: old + b"!", lambda old: old[:-1]])
def test_what_grows_or_shrinks_while_it_is_read_is_not(files, monkeypatch, change):
    path, read = files.path(NAME), os.readv

    def meanwhile(descriptor, buffers):
        path.write_bytes(change(CONTENT))
        return read(descriptor, buffers)

    monkeypatch.setattr(os, "readv", meanwhile)
    assert looked(files) == set()


def test_what_is_too_large_for_one_look_is_hashed_all_the_same(files):
    content = bytes(1 << 20)
    name = blake3(content).hexdigest()
    path = files.path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    assert looked(files, Expected(name)) == set()
    assert said(files, Expected(name)) == []
    path.write_bytes(content[1:] + b"1")
    assert said(files, Expected(name)) == ["its content is not what was preserved"]


def test_directories_are_closed_again(files):
    before = len(os.listdir("/dev/fd"))
    looked(files, Expected(NAME), Expected("0" * 64), Expected("f" * 64))
    assert len(os.listdir("/dev/fd")) == before
