"""A store of which some files are in memory, fetched once for all that is asked of them."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from evidence_db.store.incoming import room_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.incoming import Incoming


class Nearby:
    """Files of another store, some of them held in memory as they were; a `FileStore`.

    Args:
        far: The other store.
        held: What was fetched of it, by digest.
        near: A directory in which files may lie for a moment.
    """

    directory = None

    def __init__(self, far: FileStore, held: Mapping[str, memoryview], near: Path) -> None:
        self._far = far
        self._held = held
        self._near = near

    def put(self, incoming: Incoming) -> bool:
        """Take a file in, far away."""
        return self._far.put(incoming)

    def size(self, digest: str) -> int:
        """How many bytes a file has."""
        held = self._held.get(digest)
        return self._far.size(digest) if held is None else len(held)

    def version(self, digest: str) -> tuple[int, ...]:
        """What is another when a file was changed, far away."""
        return self._far.version(digest)

    def exists(self, digest: str) -> bool:
        """Whether there is a file with this name."""
        return digest in self._held or self._far.exists(digest)

    def read(self, digest: str, start: int, length: int) -> bytes:
        """The bytes of a file from `start` on."""
        held = self._held.get(digest)
        if held is None:
            return self._far.read(digest, start, length)
        return bytes(held[start : start + length])

    def arriving(self, digest: str) -> tuple[int, Iterator[memoryview]]:
        """How many bytes a file has, and all of them."""
        held = self._held.get(digest)
        return self._far.arriving(digest) if held is None else (len(held), iter([held]))

    def open(self, digest: str) -> BinaryIO:
        """A file, to be read."""
        held = self._held.get(digest)
        return self._far.open(digest) if held is None else io.BytesIO(held)

    @contextmanager
    def local(self, digest: str) -> Iterator[Path]:
        """A file as a path on this machine."""
        with local_copy(self, digest, self._near) as path:
            yield path

    def list(self) -> Iterator[str]:
        """The names of all that lies far away."""
        return self._far.list()

    def versions(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The same, with what is another when a file was changed."""
        return self._far.versions()

    def remove(self, digest: str) -> None:
        """Remove a file, far away."""
        self._far.remove(digest)

    def place(self, digest: str) -> str:
        """Where a file is, far away."""
        return self._far.place(digest)


@contextmanager
def local_copy(store: FileStore, digest: str, near: Path) -> Iterator[Path]:
    """A file as it is now, as one that nobody else can read and that is removed afterwards.

    Raises:
        OSError: it can't be fetched, or not be written.
    """
    with room_in(near) as room:
        path = room / digest
        with path.open("xb") as file:
            path.chmod(0o600)
            for piece in store.arriving(digest)[1]:
                file.write(piece)
        yield path
