"""Preserved files: `artifacts/AB/ABCD…`, read-only, named by the hex of their BLAKE3."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from blake3 import blake3

from evidence_chain.digest import b3, is_hex_digest
from evidence_chain.errors import InputError, StorageError
from evidence_chain.regular import regular_descriptor
from evidence_db.store.incoming import CHUNK, Arrivals, check_name, opened, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.errors import EvidenceError
    from evidence_db.store.incoming import Incoming

LARGEST = 1 << 30
"""Bytes that are read of a preserved file at once, unless somebody wants fewer."""
PICTURE = 64 << 20
"""Bytes that the picture of a passage has at most: what a parser may answer."""
_AT_ONCE = 64 << 20
"""Bytes that are taken into memory before it is known that they are the file's."""


class Files:
    """The preserved files of one case, in the directory `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._arrivals = Arrivals(root)

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
        check_name(source)
        with ExitStack() as stack:
            with opened(source) as file:
                before = os.fstat(file)
                chunks = iter(lambda: os.read(file, CHUNK), b"")
                incoming = stack.enter_context(self._arrivals.copied(chunks, source))
                after = os.fstat(file)
            if _version(before) != _version(after) or incoming.size != after.st_size:
                raise InputError(
                    f"{source} changed while it was read. Wait until nobody writes to it and "
                    "add it again."
                )
            yield incoming

    @contextmanager
    def receive_bytes(self, content: bytes, name: str) -> Iterator[Incoming]:
        """Like `receive`, for content in memory; `name` says in errors what it is."""
        with self._arrivals.copied(iter([content]), Path(name)) as incoming:
            yield incoming

    def keep(self, incoming: Incoming) -> bool:
        """Give a received file its final name. Returns whether it was new to the case.

        Raises:
            StorageError: it can't be renamed, or something else lies in its place.
        """
        final = self.path(incoming.blake3)
        with writing(final):
            if not final.parent.exists():
                final.parent.mkdir(mode=0o700, exist_ok=True)
                sync_directory(self.root)
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

    def discard(self, digest: str) -> None:
        """Remove a file that `keep` took in, when the command that needed it failed."""
        self.path(digest).unlink(missing_ok=True)

    def read(self, digest: str, limit: int = LARGEST, recorded: object = None) -> bytes:
        """The content of a preserved file, which is what its digest says.

        Args:
            digest: Its BLAKE3 in hex.
            limit: Bytes that are read at most.
            recorded: The size that its record says, if that is a number.

        Raises:
            OSError: it is missing, or no regular file.
            TooLargeError: it has more than `limit` bytes, of which none was read.
            DamagedError: it is not what its digest says. Of another size, none of it was read.
        """
        with self.there(digest, recorded) as file:
            if (size := os.fstat(file.fileno()).st_size) > limit:
                raise TooLargeError(
                    f"The preserved file {digest} has {size:,} bytes, and {limit:,} are the most "
                    "that are read here."
                )
            if size > _AT_ONCE and _blake3(file) != digest:
                raise DamagedError(digest)
            file.seek(0)
            content = file.read(limit + 1)
        if b3(content).hex() != digest:
            raise DamagedError(digest)
        return content

    def open(self, digest: str, recorded: object = None) -> BinaryIO:
        """A preserved file of any size, which is what its digest says, from its beginning.

        Args:
            digest: Its BLAKE3 in hex.
            recorded: The size that its record says, if that is a number.

        Raises:
            OSError: it is missing, or no regular file.
            DamagedError: it is not what its digest says. Of another size, none of it was read.
        """
        file = self.there(digest, recorded)
        try:
            if _blake3(file) != digest:
                raise DamagedError(digest)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    def there(self, digest: str, recorded: object = None) -> BinaryIO:
        """What lies in the place of a preserved file, whose content nobody has looked at.

        Raises:
            OSError: it is missing, or no regular file.
            DamagedError: it has another size than `recorded`, if that is a number.
        """
        if not is_hex_digest(digest):
            raise FileNotFoundError(errno.ENOENT, "no preserved file has such a name", digest)
        file = open_regular(self.path(digest))
        if isinstance(recorded, int) and os.fstat(file.fileno()).st_size != recorded:
            file.close()
            raise DamagedError(digest)
        return file


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


def blake3_of(path: Path) -> str:
    """The BLAKE3 of a preserved file in hex. Raises `OSError` like `open_regular`."""
    with open_regular(path) as file:
        return _blake3(file)


def _is_copy(path: Path, incoming: Incoming) -> bool:
    """Whether a preserved file is what was received. Raises `OSError` like `open_regular`."""
    with open_regular(path) as file:
        same = os.fstat(file.fileno()).st_size == incoming.size
        return same and _blake3(file) == incoming.blake3


def _blake3(file: BinaryIO) -> str:
    state = blake3()
    while chunk := file.read(CHUNK):
        state.update(chunk)
    return state.hexdigest()


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def sync_directory(path: Path) -> None:
    """Have the names in a directory on the disk. Raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
