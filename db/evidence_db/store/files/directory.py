"""Preserved files in a directory: `AB/ABCD…`, read-only, named by the hex of their BLAKE3."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from blake3 import blake3

from evidence_chain.errors import StorageError
from evidence_chain.regular import regular_descriptor
from evidence_db.store.incoming import CHUNK, PREFIX, writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evidence_db.store.incoming import Incoming


class DirectoryStore:
    """Files in the directory `root`; a `FileStore`."""

    def __init__(self, root: Path) -> None:
        self.directory = root

    def path(self, digest: str) -> Path:
        """Where the file with this digest is kept."""
        return self.directory / digest[:2] / digest

    def put(self, incoming: Incoming) -> bool:
        """Give a received file its final name."""
        final = self.path(incoming.blake3)
        with writing(final):
            if not final.parent.exists():
                final.parent.mkdir(mode=0o700, exist_ok=True)
                sync_directory(self.directory)
            if os.path.lexists(final):
                if not _is_copy(final, incoming):
                    raise StorageError(
                        f"{final} is damaged: it is not the file that it is named after. "
                        "Restore it from a copy, or remove it and add the file again."
                    )
                return False
            incoming.path.rename(final)
            sync_directory(final.parent)
            return True

    def size(self, digest: str) -> int:
        """How many bytes a file has."""
        return os.lstat(self.path(digest)).st_size

    def version(self, digest: str) -> tuple[int, ...]:
        """Inode, size and time of change of a file."""
        return _version(os.lstat(self.path(digest)))

    def exists(self, digest: str) -> bool:
        """Whether there is a file with this name."""
        return self.path(digest).is_file()

    def read(self, digest: str, start: int, length: int) -> bytes:
        """The bytes of a file from `start` on."""
        with self.open(digest) as file:
            file.seek(start)
            return file.read(length)

    def arriving(self, digest: str) -> tuple[int, Iterator[memoryview]]:
        """How many bytes a file has, and all of them."""
        file = self.open(digest)
        return os.fstat(file.fileno()).st_size, _chunks(file)

    def open(self, digest: str) -> BinaryIO:
        """A file, to be read."""
        directory = f"{self.directory}/{digest[:2]}"
        refuse_linked(directory)
        return os.fdopen(regular_descriptor(f"{directory}/{digest}"), "rb")

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """A file as the path that it has."""
        yield self.path(digest)

    def list(self) -> Iterator[str]:
        """The names of all that lies here, but for what others are receiving."""
        if self.directory.is_dir():
            for path in self.directory.iterdir():
                if not path.name.startswith(PREFIX):
                    yield from _names(path)

    def versions(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The same, with inode, size and time of change."""
        for name in self.list():
            try:
                found = _version(os.lstat(f"{self.directory}/{name}"))
            except OSError:
                found = ()
            yield name, found

    def remove(self, digest: str) -> None:
        """Remove a file, and have it on the disk that it is gone."""
        path = self.path(digest)
        path.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            sync_directory(path.parent)
        with suppress(OSError):
            path.parent.rmdir()  # if it holds no other

    def place(self, digest: str) -> str:
        """The path of a file."""
        return str(self.path(digest))


def _version(found: os.stat_result) -> tuple[int, ...]:
    when = found.st_mtime_ns, found.st_ctime_ns
    return found.st_dev, found.st_ino, found.st_size, *when


def _names(path: Path) -> Iterator[str]:
    if len(path.name) == 2 and path.is_dir() and not path.is_symlink():
        yield from (f"{path.name}/{one}" for one in os.listdir(path))
    else:
        yield path.name


def open_regular(path: Path) -> BinaryIO:
    """Open a preserved file for reading, refusing a link or device in its place.

    Raises:
        OSError: it can't be opened, or is no regular file.
    """
    refuse_linked(path.parent)
    return os.fdopen(regular_descriptor(path), "rb")


def refuse_linked(directory: str | Path) -> None:
    """Raise `OSError` if a symbolic link lies in the place of a directory."""
    if os.path.islink(directory):
        raise OSError(errno.ELOOP, "its directory is a symbolic link", str(directory))


def blake3_of(path: Path) -> str:
    """The BLAKE3 of a preserved file in hex. Raises `OSError` like `open_regular`."""
    with open_regular(path) as file:
        return digest_left(file)


def _chunks(file: BinaryIO) -> Iterator[memoryview]:
    with file:
        while chunk := file.read(CHUNK):
            yield memoryview(chunk)


def digest_left(file: BinaryIO) -> str:
    """The BLAKE3, in hex, of what is still to be read of a file."""
    state = blake3()
    while chunk := file.read(CHUNK):
        state.update(chunk)
    return state.hexdigest()


def _is_copy(path: Path, incoming: Incoming) -> bool:
    """Whether a preserved file is what was received. Raises `OSError` like `open_regular`."""
    with open_regular(path) as file:
        same = os.fstat(file.fileno()).st_size == incoming.size
        return same and digest_left(file) == incoming.blake3


def sync_directory(path: Path) -> None:
    """Have the names in a directory on the disk. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
