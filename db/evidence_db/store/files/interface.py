"""What a place for preserved files has to do, whatever it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from evidence_db.store.incoming import Incoming


LARGEST = 1 << 30
"""Bytes that are read of a preserved file at once, unless somebody wants fewer."""


class FileStore(Protocol):
    """Files that are named by their BLAKE3 (64 hex digits), put once and never changed.

    What is wrong with a place is told by `OSError`, with words in `strerror`: `FileNotFoundError`
    where there is no such file, `PermissionError` where access is denied.
    """

    @property
    def directory(self) -> Path | None:
        """The directory that the files lie in, if they are on this machine."""

    def put(self, incoming: Incoming) -> bool:
        """Take a received file in, unless it is there. Returns whether it was not.

        Whoever is killed meanwhile leaves the whole file under its name, or nothing.

        Raises:
            StorageError: it can't be taken in, or something else has its name.
        """

    def size(self, digest: str) -> int:
        """How many bytes a file has. Raises `OSError`."""

    def version(self, digest: str) -> tuple[int, ...]:
        """What is another when a file was changed or exchanged. Raises `OSError`."""

    def exists(self, digest: str) -> bool:
        """Whether there is a file with this name. Raises `OSError` if that can't be told."""

    def read(self, digest: str, start: int, length: int) -> bytes:
        """The bytes of a file from `start` on, `length` of them at most. Raises `OSError`."""

    def arriving(self, digest: str) -> tuple[int, Iterator[memoryview]]:
        """How many bytes a file has, and all of them, piece by piece. Both raise `OSError`."""

    def open(self, digest: str) -> BinaryIO:
        """A file, to be read from its beginning or from anywhere. Raises `OSError`."""

    def local(self, digest: str) -> AbstractContextManager[Path]:
        """A file as a path on this machine, which may be gone when that is left.

        In a directory there may be no file at that path, or one that can't be read.

        Raises:
            OSError: it had to be fetched, and can't be.
        """

    def list(self) -> Iterator[str]:
        """The names of all that lies there, `AB/ABCD…` if it is as it should be, in any order."""

    def versions(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The same names, with what is another when a file of that name was changed or exchanged.

        It is told by listing, without asking for each file, and not in the words of `version`;
        `()` where it can't be told.
        """

    def remove(self, digest: str) -> None:
        """Remove a file, if it is there. Raises `OSError`."""

    def place(self, digest: str) -> str:
        """Where a file is, in words for people: a path or an address."""
