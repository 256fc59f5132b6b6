"""Preserved files, named by the hex of their BLAKE3: `AB/ABCD…` in a directory, or elsewhere.

`interface` says what a place for them does; `directory` is one on this machine. What is here asks
a place, and believes nothing that isn't what its digest says.
"""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.digest import b3, is_hex_digest
from evidence_chain.errors import ExtractionError, InputError, StorageError
from evidence_db.store.files.directory import (
    DirectoryStore,
    blake3_of,
    digest_left,
    open_regular,
    refuse_linked,
    sync_directory,
)
from evidence_db.store.files.interface import LARGEST
from evidence_db.store.incoming import CHUNK, Arrivals, check_name, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.errors import EvidenceError
    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.incoming import Incoming

__all__ = [
    "LARGEST",
    "PICTURE",
    "DamagedError",
    "Files",
    "TooLargeError",
    "blake3_of",
    "digest_named",
    "open_regular",
    "refuse_linked",
    "size_of",
    "sync_directory",
    "why_not",
]

PICTURE = 64 << 20
"""Bytes that the picture of a passage has at most: what a parser may answer."""
_AT_ONCE = 64 << 20
"""Bytes that are taken into memory before it is known that they are the file's."""


class Files:
    """The preserved files of one case.

    Args:
        root: The directory that files arrive in, and lie in if they lie on this machine.
        store: Where they lie else.
    """

    def __init__(self, root: Path, store: FileStore | None = None) -> None:
        self.root = root
        self.store: FileStore = store or DirectoryStore(root)
        self._arrivals = Arrivals(root)

    def path(self, digest: str) -> Path:
        """Where the file with this BLAKE3 digest (64 hex digits) is kept, on this machine alone.

        Raises:
            StorageError: the files lie elsewhere; `local` works there, too.
        """
        if not isinstance(self.store, DirectoryStore):
            raise StorageError(f"{self.place(digest)} is no path on this machine.")
        return self.store.path(digest)

    @property
    def may_fork(self) -> bool:
        """Whether processes that are forked from one that asked for files can ask, too."""
        return self.store.directory is not None

    def place(self, digest: str) -> str:
        """Where a file is, in words for people: a path or an address."""
        return self.store.place(digest)

    def digest_of(self, path: Path) -> str | None:
        """The digest that `path` is named by, if it lies among these files."""
        root = self.store.directory
        inside = root is not None and path.parent.parent == root
        return digest_named(f"{path.parent.name}/{path.name}") if inside else None

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
            StorageError: it can't be kept, or something else lies in its place.
        """
        return self.store.put(incoming)

    def discard(self, digest: str) -> None:
        """Remove a file that `keep` took in, when the command that needed it failed.

        What can't be removed stays, and no record names it: why the command failed is told.
        """
        with suppress(OSError):
            self.store.remove(digest)

    def exists(self, digest: str) -> bool:
        """Whether there is a file of this name, whatever it holds."""
        return is_hex_digest(digest) and self.store.exists(digest)

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
            if (size := size_of(file)) > limit:
                raise TooLargeError(
                    f"The preserved file {digest} has {size:,} bytes, and {limit:,} are the most "
                    "that are read here."
                )
            if size > _AT_ONCE and digest_left(file) != digest:
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
            if digest_left(file) != digest:
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
        file = self.store.open(digest)
        if isinstance(recorded, int) and size_of(file) != recorded:
            file.close()
            raise DamagedError(digest)
        return file

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """What lies in the place of a preserved file, as a path, for those who take no other.

        Nobody has looked at its content, nor that it is there, where it lies on this machine. What
        is fetched from elsewhere is what its digest says, whatever was fetched before.

        Raises:
            ExtractionError: it lies elsewhere, and can't be fetched, or is damaged.
        """
        with ExitStack() as stack:
            try:
                path = stack.enter_context(self.store.local(digest))
            except OSError as error:
                raise ExtractionError(
                    f"The preserved file {digest} can't be read: {error.strerror}."
                ) from error
            if not self.may_fork and not _is_intact(path, digest, None):
                raise ExtractionError(str(DamagedError(digest)))
            yield path

    @contextmanager
    def checked(self, digest: str, recorded: object = None) -> Iterator[Path]:
        """A preserved file which is what its digest says, as a path. Arguments as of `open`.

        Raises:
            OSError: it is missing, or no regular file.
            DamagedError: it is not what its digest says.
        """
        if self.may_fork:
            self.open(digest, recorded).close()
        with ExitStack() as stack:
            path = stack.enter_context(self.store.local(digest))
            if not self.may_fork and not _is_intact(path, digest, recorded):
                raise DamagedError(digest)
            yield path


class DamagedError(StorageError):
    """A preserved file is not what its digest says."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"The preserved file {digest} is damaged: its content is not what was recorded. "
            "Restore it from a copy, and run `evidence verify`."
        )


class TooLargeError(StorageError):
    """A preserved file has more bytes than are read of it."""


def digest_named(name: str) -> str | None:
    """The digest that a name among the preserved files has, `None` if it is not as it should be."""
    directory, _, digest = name.partition("/")
    return digest if len(digest) == 64 and digest[:2] == directory else None


def size_of(file: BinaryIO) -> int:
    """The bytes of a file that is open at its beginning, as it is afterwards."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def why_not(error: EvidenceError | OSError) -> str:
    """Why something could not be made of a preserved file, in words that a sentence ends with."""
    if isinstance(error, DamagedError):
        return "the preserved file is not intact"
    return str(error.strerror if isinstance(error, OSError) else error)


def _is_intact(path: Path, digest: str, recorded: object) -> bool:
    with path.open("rb") as file:
        same = not isinstance(recorded, int) or size_of(file) == recorded
        return same and digest_left(file) == digest


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
