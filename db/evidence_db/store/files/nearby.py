"""A store of which some files lie near, fetched once for all that is asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from evidence_db.store.files.directory import DirectoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from typing_extensions import Buffer

    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.incoming import Incoming


class _Flat(DirectoryStore):
    """A directory without others in it, since those take long to make and to remove."""

    def path(self, digest: str) -> Path:
        return self.directory / digest


class Nearby:
    """Files of another store, of which copies lie in the directory `near`; a `FileStore`."""

    directory = None

    def __init__(self, far: FileStore, near: Path) -> None:
        self._far = far
        self._near = _Flat(near)

    def _with(self, digest: str) -> FileStore:
        return self._near if self._near.exists(digest) else self._far

    def put(self, incoming: Incoming) -> bool:
        """Take a file in, far away."""
        return self._far.put(incoming)

    def size(self, digest: str) -> int:
        """How many bytes a file has."""
        return self._with(digest).size(digest)

    def version(self, digest: str) -> tuple[int, ...]:
        """What is another when a file was changed, far away."""
        return self._far.version(digest)

    def exists(self, digest: str) -> bool:
        """Whether there is a file with this name."""
        return self._with(digest).exists(digest)

    def read(self, digest: str, start: int, length: int) -> bytes:
        """The bytes of a file from `start` on."""
        return self._with(digest).read(digest, start, length)

    def arriving(self, digest: str) -> tuple[int, Iterator[Buffer]]:
        """How many bytes a file has, and all of them."""
        return self._with(digest).arriving(digest)

    def open(self, digest: str) -> BinaryIO:
        """A file, to be read."""
        return self._with(digest).open(digest)

    def local(self, digest: str) -> AbstractContextManager[Path]:
        """A file as a path on this machine."""
        return self._with(digest).local(digest)

    def list(self) -> Iterator[str]:
        """The names of all that lies far away."""
        return self._far.list()

    def remove(self, digest: str) -> None:
        """Remove a file, far away."""
        self._far.remove(digest)

    def place(self, digest: str) -> str:
        """Where a file is, far away."""
        return self._far.place(digest)
