"""Preserved files: copied, digested and renamed, or not there at all."""

import errno
import os
from io import FileIO

import pytest

from adversary import overwrite
from evidence_chain.digest import b3, sha256
from evidence_chain.errors import InputError, StorageError
from evidence_chain.extract.sniffing import HEAD
from evidence_db.store.files import DamagedError, Files, TooLargeError, blake3_of

CONTENT = b"A preserved file. " * 1000


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path / "artifacts")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.txt"
    path.write_bytes(CONTENT)
    return path


def left(files):
    return [path for path in files.root.rglob("*") if path.is_file()]


def test_what_was_received_is_described(files, source):
    with files.receive(source) as incoming:
        assert incoming.path.read_bytes() == CONTENT
        assert incoming.blake3 == b3(CONTENT).hex()
        assert incoming.sha256 == sha256(CONTENT).hex()
        assert incoming.size == len(CONTENT)
        assert incoming.head == CONTENT[:HEAD]
    assert left(files) == []


def test_what_is_kept_stays_under_its_digest(files, source):
    with files.receive(source) as incoming:
        assert files.keep(incoming)
    path = files.path(incoming.blake3)
    assert left(files) == [path]
    assert path.relative_to(files.root).parts == (incoming.blake3[:2], incoming.blake3)
    assert files.read(incoming.blake3) == CONTENT
    with files.open(incoming.blake3) as file:
        assert file.read() == CONTENT
    assert blake3_of(path) == incoming.blake3


@pytest.fixture
def kept(files, source):
    """The digest of a preserved file."""
    with files.receive(source) as incoming:
        files.keep(incoming)
    return incoming.blake3


@pytest.mark.parametrize("ask", [Files.read, Files.open])
def test_what_is_not_what_its_digest_says_is_not_read(files, kept, ask):
    overwrite(files.path(kept), CONTENT + b".")
    with pytest.raises(DamagedError, match=rf"{kept} is damaged.*Restore it from a copy"):
        ask(files, kept)


def test_what_is_too_large_is_not_even_begun(files, kept, monkeypatch):
    assert files.read(kept, len(CONTENT)) == CONTENT
    monkeypatch.setattr(os, "fdopen", lambda file, _: Unread(file, closefd=True))
    with pytest.raises(TooLargeError, match=r"18,000 bytes, and 17,999 are the most"):
        files.read(kept, len(CONTENT) - 1)


class Unread(FileIO):
    """A file of which no byte may be read."""

    def read(self, *_):
        pytest.fail("It was read.")


@pytest.mark.parametrize("ask", [Files.read, Files.open])
@pytest.mark.parametrize("name", ["ab" * 32, "AB" * 32, "../source.txt", "None", ""])
def test_what_is_no_digest_of_a_file_here_names_none(files, kept, ask, name):
    with pytest.raises(FileNotFoundError):
        ask(files, name)


@pytest.mark.parametrize("ask", [Files.read, Files.open])
def test_a_link_in_the_place_of_a_file_is_not_followed(files, source, kept, ask):
    files.path(kept).unlink()
    files.path(kept).symlink_to(source)
    with pytest.raises(OSError, match="symbolic link"):
        ask(files, kept)


def test_the_same_content_is_kept_once(files, source):
    for new in (True, False):
        with files.receive_bytes(CONTENT, "again") as incoming:
            assert files.keep(incoming) is new
    assert len(left(files)) == 1


def test_what_is_discarded_is_gone(files, source):
    with files.receive(source) as incoming:
        files.keep(incoming)
    files.discard(incoming.blake3)
    files.discard(incoming.blake3)
    assert left(files) == []


def test_a_path_among_the_files_names_its_digest(files, tmp_path):
    digest = "ab" * 32
    assert files.digest_of(files.path(digest)) == digest
    for path in (tmp_path / digest, files.root / digest, files.root / "cd" / digest, files.root):
        assert files.digest_of(path) is None


def test_a_link_that_the_user_names_is_followed(files, source, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(source)
    with files.receive(link) as incoming:
        assert incoming.blake3 == b3(CONTENT).hex()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "Read-only"), (errno.EIO, "output error")],
)
@pytest.mark.parametrize("call", ["fsync", "fchmod"])
def test_a_disk_that_refuses(files, source, monkeypatch, number, words, call):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(StorageError, match=words), files.receive(source):
        pass
    monkeypatch.undo()
    assert left(files) == []
    with files.receive(source) as incoming:
        assert files.keep(incoming)


def test_a_name_that_can_not_be_given(files, source, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StorageError, match="the disk is full"), files.receive(source) as incoming:
        monkeypatch.setattr(type(incoming.path), "rename", refuse)
        files.keep(incoming)
    assert left(files) == []


def test_nothing_is_preserved_of_an_empty_file(files, tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match="is empty"), files.receive(tmp_path / "empty"):
        pass
    assert left(files) == []


@pytest.mark.parametrize("name", ["gone", "folder", "folder/gone", "source.txt/inside", "x" * 300])
def test_what_can_not_be_opened(files, source, tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError), files.receive(tmp_path / name):
        pass


def test_an_error_while_it_is_used_leaves_nothing(files, source):
    with pytest.raises(ZeroDivisionError), files.receive(source):
        raise ZeroDivisionError
    assert left(files) == []
