"""The preserved files of an edition: copied, and digested as they are read."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from blake3 import blake3

from evidence_chain.edition.checking.documents import path_of
from evidence_chain.errors import StorageError
from evidence_chain.spreading.parallel import handing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from evidence_chain.spreading.parallel import Handing
    from evidence_db.publishing.writing.folder import Folder
    from evidence_db.store.files import Files

BATCH = 64
_BUFFER = 1 << 18


class Copied(NamedTuple):
    """A file that was copied."""

    path: str
    size: int
    sha256: str


class Copying:
    """Files that are copied while others are still to be named."""

    def __init__(self, folder: Folder, handed: Handing[Sequence[str], list[Copied]]) -> None:
        self._folder = folder
        self._handed = handed
        self._named: set[str] = set()
        self._next: list[str] = []

    def add(self, digests: AbstractSet[str]) -> None:
        """Copy these, but for those that were named before."""
        for digest in sorted(digests - self._named):
            (self._folder.path / path_of(digest)).parent.mkdir(parents=True, exist_ok=True)
            self._named.add(digest)
            self._next.append(digest)
            if len(self._next) == BATCH:
                self._hand_out()

    def _hand_out(self) -> None:
        self._handed.give(self._next)
        self._next = []

    def end(self) -> None:
        """Wait for all of them, and note them in the folder.

        Raises:
            StorageError: one is missing, is not intact, or can't be written.
        """
        self._hand_out()
        for done in self._handed.results():
            for one in done:
                self._folder.note(*one)


@contextmanager
def copying(files: Files, folder: Folder, workers: int) -> Iterator[Copying]:
    """Copy preserved files into an edition, each only if it is what its name says."""
    with handing(partial(_copy, files, folder.path), workers if files.may_fork else 1) as handed:
        handed.give(())  # so that the processes are there before there is much that they share
        yield Copying(folder, handed)


def _copy(files: Files, root: Path, digests: Sequence[str]) -> list[Copied]:
    if not files.may_fork:
        from evidence_chain.objects.threads import at_once

        return list(at_once(lambda digest: _copy_one(files, root, digest, _buffer()), digests))
    buffer = _buffer()
    return [_copy_one(files, root, digest, buffer) for digest in digests]


def _buffer() -> memoryview:
    return memoryview(bytearray(_BUFFER))


def _copy_one(files: Files, root: Path, digest: str, buffer: memoryview) -> Copied:
    path, size = path_of(digest), 0
    named, state = blake3(), hashlib.sha256()
    try:
        with files.there(digest) as file, (root / path).open("xb") as out:
            while read := file.readinto(buffer):  # type: ignore[attr-defined]  # as all files have
                chunk = buffer[:read]
                named.update(chunk)
                state.update(chunk)
                out.write(chunk)
                size += read
    except OSError as error:
        raise StorageError(
            f"Copying the preserved file {digest}: {error.strerror or error}. Nothing was "
            "published."
        ) from error
    if named.hexdigest() != digest:
        raise StorageError(
            f"The preserved file {digest} is not intact, so nothing was published. Restore it from "
            "a copy, and run `evidence verify`."
        )
    return Copied(path, size, state.hexdigest())
