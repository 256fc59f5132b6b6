"""Where an edition lies: a directory, a ZIP, or a bucket.

All are hostile: nothing is followed, and nothing outside is opened.
"""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Protocol

from evidence_chain.edition.bag import NOTE, TAGS
from evidence_chain.edition.layout import LONGEST, Found, unreadable
from evidence_chain.edition.zipped import Zipped
from evidence_chain.errors import InputError, StorageError
from evidence_chain.objects.address import Address
from evidence_chain.objects.asking import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

FILES = 1_000_000
"""Files that an edition may have, unless its user says more."""
_NO_LINK = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
_LACKING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Why a file isn't opened that tells nothing of the file: this machine has no room for it."""
_DEEPEST = 100


class Place(Protocol):
    """The files of an edition, by their paths in it."""

    forks: bool
    """Whether processes of this machine share the work of reading it."""
    is_far: bool
    """Whether reading is mostly waiting, so that many files are best read at once."""

    def walk(self, most: int) -> Iterator[Found]:
        """All that is there, up to one more than `most`.

        Raises:
            StorageError: it can't be read.
            FormatError: something that is there can't be named.
        """

    def open(self, path: str) -> BinaryIO:
        """A regular file, open at its beginning.

        Raises:
            StorageError: it is not there, or is none.
            StoreError: the store that it is in can't be asked, or this machine opens no more files.
        """

    def local(self, path: str) -> AbstractContextManager[Path]:
        """A file as a path on this machine, which may be gone when that is left.

        Raises:
            StorageError: it is not there, or is no plain file.
            UnreachedError: it had to be fetched, and can't be, or is too large for this machine.
            StoreError: the store that it is in can't be asked.
        """


def place_of(path: Path | Address) -> Place:
    """The edition at `path`.

    Raises:
        InputError: nothing there can be an edition.
        FormatError: it is a ZIP that can't be read without unpacking it.
    """
    if isinstance(path, Address):
        from evidence_chain.edition.bucket import Bucket

        return Bucket(path)
    if path.is_dir():
        _refuse_others(path)
        return Directory(path)
    if is_place(path):
        return Zipped(path)
    if not path.exists():
        raise InputError(f"There is no edition at {path}: nothing is there.")
    raise InputError(
        f"{path} is no edition: neither a directory nor a ZIP of one. Name the directory that "
        "holds edition.note."
    )


def _refuse_others(path: Path) -> None:
    """A directory without anything that an edition has is none, rather than a broken one."""
    if any((path / name).exists() for name in (*TAGS, "data/log.jsonl")):
        return
    above = path.absolute().parent
    named = f" The directory above it is one: {above}." if (above / NOTE).exists() else ""
    raise InputError(
        f"{path} is no edition: it holds neither edition.note nor bagit.txt. Name the directory "
        f"that holds edition.note.{named}"
    )


def is_place(path: Path) -> bool:
    """Whether an edition could lie at `path`: it is a directory, or a ZIP."""
    return path.is_dir() or (path.is_file() and zipfile.is_zipfile(path))


class Directory:
    """An edition in a directory."""

    forks, is_far = True, False

    def __init__(self, path: Path) -> None:
        self._root = path

    def walk(self, most: int) -> Iterator[Found]:
        """All that is there, links not followed, up to one more than `most`."""
        pending, seen = [("", 0)], 0
        while pending:
            folder, depth = pending.pop()
            found = self._listed(folder)
            if folder and not found:
                seen += 1
                yield Found(folder, "empty directory")
            for path, status in found:
                if stat.S_ISDIR(status.st_mode) and depth < _DEEPEST and len(path) <= LONGEST:
                    pending.append((path, depth + 1))
                else:
                    seen += 1
                    yield _found(path, status)
                if seen > most:
                    return

    def _listed(self, folder: str) -> list[tuple[str, os.stat_result]]:
        """Path and status of what lies in a folder, links not followed."""
        try:
            with os.scandir(self._root / folder) as entries:
                return sorted(
                    (
                        f"{folder}/{one.name}" if folder else one.name,
                        one.stat(follow_symlinks=False),
                    )
                    for one in entries
                )
        except OSError as error:
            raise unreadable(folder or str(self._root), error) from error

    def open(self, path: str) -> BinaryIO:
        """A regular file; no part of its path may be a link."""
        *folders, name = path.split("/")
        try:
            at = os.open(self._root, os.O_RDONLY | os.O_CLOEXEC)
            for folder in folders:
                before, at = at, _opened_in(at, folder, os.O_DIRECTORY)
                os.close(before)
            try:
                descriptor = _opened_in(at, name, 0)
            finally:
                os.close(at)
        except OSError as error:
            if error.errno in _LACKING:
                raise StoreError(error.errno, error.strerror, path) from error
            raise unreadable(path, error) from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise StorageError(f"Reading the edition: {path} is no regular file.")
        return os.fdopen(descriptor, "rb")

    @contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """The file itself."""
        yield self._root / path


def _opened_in(at: int, name: str, flags: int) -> int:
    try:
        return os.open(name, _NO_LINK | flags, dir_fd=at)
    except OSError:
        if flags:
            os.close(at)
        raise


def _found(path: str, status: os.stat_result) -> Found:
    if stat.S_ISLNK(status.st_mode):
        return Found(path, "link")
    if not stat.S_ISREG(status.st_mode):
        return Found(
            path, "directory within too many" if stat.S_ISDIR(status.st_mode) else "device"
        )
    if status.st_nlink > 1:
        return Found(path, "file with several names (hard link)")
    return Found(path, "file", status.st_size)
