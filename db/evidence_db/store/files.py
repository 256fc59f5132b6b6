"""Preserved files: `artifacts/AB/ABCD…`, read-only, named by the hex of their BLAKE3."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from blake3 import blake3

from evidence_chain.digest import b3, is_hex_digest
from evidence_chain.errors import InputError, StorageError
from evidence_chain.extract.sniffing import HEAD, TAIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.errors import EvidenceError

CHUNK = 1 << 20
LARGEST = 1 << 30
"""Bytes that are read of a preserved file at once, unless somebody wants fewer."""
_INCOMING = ".incoming-"
_STALE = 24 * 3600
"""Seconds after which a copy that a killed command left behind is removed."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A complete, synced copy of a file under a temporary name, not yet part of the case."""

    path: Path
    blake3: str
    sha256: str
    size: int
    head: bytes
    tail: bytes
    """Its last bytes, as many as tell whether it is another type as well."""


class Files:
    """The preserved files of one case, in the directory `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, digest: str) -> Path:
        """Where the file with this BLAKE3 digest (64 hex digits) is kept."""
        return self.root / digest[:2] / digest

    def digest_of(self, path: Path) -> str | None:
        """The digest that `path` is named by, if it lies among these files."""
        same = path.name and self.path(path.name) == path
        return path.name if same and len(path.name) == 64 else None

    @contextmanager
    def receive(self, source: Path) -> Iterator[Incoming]:
        """Copy `source` to a temporary name and digest what was kept.

        The copy is gone at the end unless `keep` took it over.

        Raises:
            InputError: there is no such file, it is empty, no regular file or unreadable, or
                it changed while it was read.
            StorageError: the copy can't be written.
        """
        with _opened(source) as file:
            before = os.fstat(file)
            incoming = self._copy(iter(lambda: os.read(file, CHUNK), b""), source)
            after = os.fstat(file)
        try:
            if _version(before) != _version(after) or incoming.size != after.st_size:
                raise InputError(
                    f"{source} changed while it was read. Wait until nobody writes to it and "
                    "add it again."
                )
            yield incoming
        finally:
            incoming.path.unlink(missing_ok=True)

    @contextmanager
    def receive_bytes(self, content: bytes, name: str) -> Iterator[Incoming]:
        """Like `receive`, for content in memory; `name` says in errors what it is."""
        incoming = self._copy(iter([content]), Path(name))
        try:
            yield incoming
        finally:
            incoming.path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> bool:
        """Give a received file its final name. Returns whether it was new to the case.

        Raises:
            StorageError: it can't be renamed, or something else lies in its place.
        """
        final = self.path(incoming.blake3)
        with _writing(final):
            final.parent.mkdir(mode=0o700, exist_ok=True)
            if os.path.lexists(final):
                if blake3_of(final) != incoming.blake3:
                    raise StorageError(
                        f"{final} is damaged: it is not the file that it is named after. "
                        "Restore it from a copy, or remove it and add the file again."
                    )
                return False
            incoming.path.rename(final)
            _sync_directory(final.parent)
            return True

    def discard(self, digest: str) -> None:
        """Remove a file that `keep` took in, when the command that needed it failed."""
        self.path(digest).unlink(missing_ok=True)

    def read(self, digest: str, limit: int = LARGEST) -> bytes:
        """The content of a preserved file, which is what its digest says.

        Raises:
            OSError: it is missing, or no regular file.
            TooLargeError: it has more than `limit` bytes, of which none was read.
            DamagedError: it is not what its digest says.
        """
        with self._there(digest) as file:
            if (size := os.fstat(file.fileno()).st_size) > limit:
                raise TooLargeError(
                    f"The preserved file {digest} has {size:,} bytes, and {limit:,} are the most "
                    "that are read here."
                )
            content = file.read(limit + 1)
        if b3(content).hex() != digest:
            raise DamagedError(digest)
        return content

    def open(self, digest: str) -> BinaryIO:
        """A preserved file of any size, which is what its digest says, from its beginning.

        Raises:
            OSError: it is missing, or no regular file.
            DamagedError: it is not what its digest says.
        """
        file = self._there(digest)
        try:
            if _blake3(file) != digest:
                raise DamagedError(digest)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    def _there(self, digest: str) -> BinaryIO:
        if not is_hex_digest(digest):
            raise FileNotFoundError(errno.ENOENT, "no preserved file has such a name", digest)
        return open_regular(self.path(digest))

    def _copy(self, chunks: Iterator[bytes], source: Path) -> Incoming:
        b3, sha, size, head, tail = blake3(), hashlib.sha256(), 0, b"", b""
        path = self.root / f"{_INCOMING}{os.getpid()}-{os.urandom(8).hex()}"
        with _writing(path):
            self.root.mkdir(mode=0o700, exist_ok=True)
            self._remove_stale()
            try:
                with path.open("xb") as copy:
                    os.fchmod(copy.fileno(), 0o400)
                    for chunk in chunks:
                        copy.write(chunk)
                        b3.update(chunk)
                        sha.update(chunk)
                        size += len(chunk)
                        head += chunk[: HEAD - len(head)]
                        tail = (tail + chunk)[-TAIL:]
                    if not size:
                        raise InputError(f"{source} is empty: there is nothing to preserve in it.")
                    copy.flush()
                    os.fsync(copy.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        return Incoming(path, b3.hexdigest(), sha.hexdigest(), size, head, tail)

    def _remove_stale(self) -> None:
        for left in self.root.glob(_INCOMING + "*"):
            with contextlib.suppress(FileNotFoundError):
                if left.stat().st_mtime < time.time() - _STALE:
                    left.unlink()


class DamagedError(StorageError):
    """A preserved file is not what its digest says."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"The preserved file {digest} is damaged: its content is not what was recorded. "
            "Restore it from a copy, and run `evidence verify`."
        )


class TooLargeError(StorageError):
    """A preserved file has more bytes than are read of it."""


def why_not(error: EvidenceError | OSError) -> str:
    """Why something could not be made of a preserved file, in words that a sentence ends with."""
    if isinstance(error, DamagedError):
        return "the preserved file is not intact"
    return str(error.strerror if isinstance(error, OSError) else error)


def open_regular(path: Path) -> BinaryIO:
    """Open a preserved file for reading, refusing a link or device in its place.

    Raises:
        OSError: it can't be opened, or is no regular file.
    """
    refuse_linked(path.parent)
    return os.fdopen(regular_descriptor(path), "rb")


def refuse_linked(directory: Path) -> None:
    """Raise `OSError` if a symbolic link lies in the place of a directory."""
    if directory.is_symlink():
        raise OSError(errno.ELOOP, "its directory is a symbolic link", str(directory))


def regular_descriptor(path: str | Path) -> int:
    """A descriptor of a preserved file, whose directory is known to be no link.

    Raises:
        OSError: it can't be opened, or is no regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return descriptor


def blake3_of(path: Path) -> str:
    """The BLAKE3 of a preserved file in hex. Raises `OSError` like `open_regular`."""
    with open_regular(path) as file:
        return _blake3(file)


def _blake3(file: BinaryIO) -> str:
    state = blake3()
    while chunk := file.read(CHUNK):
        state.update(chunk)
    return state.hexdigest()


@contextmanager
def _opened(source: Path) -> Iterator[int]:
    """A descriptor of a regular file that the user named."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        raise InputError(f"There is no file {source}. Check the path.") from None
    except OSError as error:
        raise InputError(f"{source} can't be read: {error.strerror}.") from error
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise InputError(f"{source} is a directory. Name the files in it.")
        if not stat.S_ISREG(mode):
            raise InputError(f"{source} is a device or pipe, not a file that can be preserved.")
        yield descriptor
    finally:
        os.close(descriptor)


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror
        raise StorageError(
            f"Preserving a file at {path} failed: {reason}. Nothing was recorded."
        ) from error


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
