"""Where an edition lies: a directory, a ZIP, or a bucket.

All are hostile: nothing is followed, and nothing outside is opened.
"""

from __future__ import annotations

import os
import stat
import zipfile
from contextlib import contextmanager
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Protocol

from evidence_chain.edition.bag import NOTE, TAGS
from evidence_chain.edition.layout import (
    LOG,
    LONGEST,
    UNREADABLE,
    Found,
    is_part,
    unreadable,
)
from evidence_chain.errors import FormatError, InputError, StorageError
from evidence_chain.objects.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

FILES = 1_000_000
"""Files that an edition may have, unless its user says more."""
HELD = 2 << 30
"""Bytes of the log that are held in memory when it is read out of a ZIP."""
_NO_LINK = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
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
            StoreError: the store that it is in can't be asked.
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


class Zipped:
    """An edition in a ZIP, at its top or in the one folder that it has."""

    forks, is_far = False, False

    def __init__(self, path: Path, largest: int = 16 << 30) -> None:
        self._file = path
        self._log = b""
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
            raise FormatError(f"The ZIP {path} can't be read: {error}.") from error
        members = self._archive.infolist()
        self._top = _top_of([member.filename for member in members])
        self._members = {member.filename.removeprefix(self._top): member for member in members}
        self._twice = len({member.filename for member in members}) < len(members)
        if sum(member.file_size for member in members) > largest:
            raise FormatError(
                f"The ZIP {path} would unpack to more than {largest >> 30} GiB. Unpack it yourself "
                "where there is room, and check the directory."
            )

    def walk(self, most: int) -> Iterator[Found]:
        """Its members, up to one more than `most`."""
        if self._twice:
            yield Found("", "ZIP that has two files of one name")
        folders = {path.rpartition("/")[0] for path in self._members if not path.endswith("/")}
        above = {"", *(whole for one in folders for whole in accumulate(one.split("/"), _joined))}
        for path, member in list(self._members.items())[: most + 1]:
            if not member.is_dir():
                yield Found(path, _sort_of(member), member.file_size)
            elif path.removesuffix("/") not in above:
                yield Found(path.removesuffix("/"), "empty directory")

    def open(self, path: str) -> BinaryIO:
        """A member, read as it is unpacked and no further than its size."""
        if path == LOG and path in self._members:
            self._log = self._log or self._unpacked(path)
            return BytesIO(self._log)
        return self._opened(path)

    @contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """A member, unpacked into a file that nobody else can read."""
        from evidence_chain.edition.fetched import fetched

        size = self._members[path].file_size if path in self._members else 0
        with self._opened(path) as file, fetched(path, file, size) as copy:
            yield copy

    def _unpacked(self, path: str) -> bytes:
        """A member that is gone through more than once, and out of order."""
        if self._members[path].file_size > HELD:
            raise StorageError(
                f"Reading the edition: {path} is larger than {HELD >> 30} GiB, which is too large "
                "to be read in a ZIP. Unpack it yourself, and check the directory."
            )
        try:
            with self._opened(path) as file:
                return file.read()
        except UNREADABLE as error:
            raise StorageError(f"Reading the edition: {path} can't be read: {error}.") from error

    def _opened(self, path: str) -> BinaryIO:
        try:
            return self._archive.open(self._members[path])  # type: ignore[return-value]
        except (KeyError, OSError, RuntimeError, ValueError, NotImplementedError) as error:
            raise StorageError(f"Reading the edition: {path} can't be read: {error}.") from error
        except zipfile.BadZipFile as error:
            raise StorageError(f"Reading the edition: {path} is damaged: {error}.") from error


def _sort_of(member: zipfile.ZipInfo) -> str:
    """What a member of a ZIP is, of which only plain files can be in an edition."""
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return "link or device"
    if member.flag_bits & 1:
        return "encrypted file"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "file packed otherwise than by Deflate"
    return "file"


def _joined(one: str, other: str) -> str:
    return f"{one}/{other}"


def _top_of(names: list[str]) -> str:
    """The folder that everything in a ZIP lies in, with its slash, if there is one."""
    if "bagit.txt" in names or not names:
        return ""
    top = names[0].split("/")[0] + "/"
    is_one = is_part(top[:-1]) and all(name.startswith(top) for name in names)
    return top if is_one else ""
