"""A directory that is there whole or not at all: built beside its place, renamed at the end."""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import shutil
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.errors import InputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARK = ".publishing"
"""How the name of a directory that is being built ends, before its process."""


class Folder:
    """A directory being built, and the SHA-256 and size of each file that was put into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.placing: AbstractContextManager[None] = nullcontext()
        """Entered while the directory is given its name."""

    def put(self, path: str, data: bytes) -> None:
        """Write a file."""
        with self.writing(path) as out:
            out.write(data)

    @contextmanager
    def writing(self, path: str) -> Iterator[Hashing]:
        """A new file, whose digest is noted when it is closed."""
        place = self.path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            out = Hashing(file)
            yield out
        self.note(path, out.size, out.digest())

    def note_written(self, path: str) -> None:
        """Remember a file that somebody else wrote, and whose digest nobody has."""
        with (self.path / path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            self.note(path, file.tell(), digest)

    def note(self, path: str, size: int, sha256: str) -> None:
        """Remember a file that somebody else wrote."""
        self.sizes[path], self.digests[path] = size, sha256


class Hashing:
    """A file that is digested as it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._state = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write and digest."""
        self._file.write(data)
        self._state.update(data)
        self.size += len(data)

    def digest(self) -> str:
        """SHA-256 in hex of what was written."""
        return self._state.hexdigest()


def check_target(target: Path, what: str = "an edition") -> None:
    """Refuse a place where nothing can be put.

    Raises:
        InputError: something is there already, or there is no directory to put it into.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise InputError(f"{target} is there already, and is no directory. Name a new one.")
    if target.is_dir() and any(target.iterdir()):
        raise InputError(
            f"{target} is not empty, and {what} holds nothing but its own files. Name a new "
            "directory; that of an earlier one stays as it is."
        )
    if not target.absolute().parent.is_dir():
        raise InputError(f"There is no directory {target.absolute().parent} to put it into.")


def left_behind(target: Path) -> list[Path]:
    """Remove what killed runs left beside a place, and say what it was."""
    removed = []
    for path in sorted(target.absolute().parent.glob(f".{target.name}{_MARK}.*")):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path)
                removed.append(path)
            finally:
                os.close(descriptor)
    return removed


@contextmanager
def built(target: Path, what: str = "the edition", mode: int = 0o755) -> Iterator[Folder]:
    """Build a directory; it is renamed to `target` when all is written, else removed.

    Raises:
        StorageError: it can't be written: the disk is full or read-only.
    """
    building = target.absolute().parent / f".{target.name}{_MARK}.{os.getpid()}"
    doing = f"Writing {what} {target}"
    try:
        building.mkdir(mode=0o700)
    except OSError as error:
        raise StorageError(f"{doing}: {error.strerror}. Nothing was written.") from error
    descriptor = os.open(building, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder = Folder(building)
        yield folder
        _write_out(descriptor)
        building.chmod(mode)
        with folder.placing:
            building.rename(target.absolute())
            _keep_name(target.absolute().parent)
    except OSError as error:
        raise StorageError(
            f"{doing}: {error.strerror or error}. Nothing of it is left; the case is as it was."
        ) from error
    finally:
        os.close(descriptor)
        shutil.rmtree(building, ignore_errors=True)


def _write_out(descriptor: int) -> None:
    """Have the file system of an open directory put all that was written on the disk."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
    elif libc.syncfs(descriptor) < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _keep_name(parent: Path) -> None:
    """Put on the disk, too, what a directory was renamed to, where a file system does that."""
    descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    with suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)
