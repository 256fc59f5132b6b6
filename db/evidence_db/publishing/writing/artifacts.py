"""The preserved files of an edition: copied, and digested as they are read."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from blake3 import blake3

from evidence_chain.edition.checking.documents import path_of
from evidence_chain.errors import StorageError
from evidence_chain.parallel import chunks, spread
from evidence_db.store.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from evidence_db.publishing.writing.folder import Folder
    from evidence_db.store.files import Files

BATCH = 64
_BUFFER = 1 << 20


class Copied(NamedTuple):
    """A file that was copied."""

    path: str
    size: int
    sha256: str


def copy_all(files: Files, digests: Iterable[str], folder: Folder, workers: int) -> None:
    """Copy preserved files into an edition, each only if it is what its name says.

    Raises:
        StorageError: one is missing, is not intact, or can't be written.
    """
    wanted = sorted(set(digests))
    for digest in wanted:
        (folder.path / path_of(digest)).parent.mkdir(parents=True, exist_ok=True)
    for done in spread(partial(_copy, files, folder.path), chunks(wanted, BATCH), workers):
        for one in done:
            folder.note(*one)


def _copy(files: Files, root: Path, digests: Sequence[str]) -> list[Copied]:
    return [_copy_one(files, root, digest) for digest in digests]


def _copy_one(files: Files, root: Path, digest: str) -> Copied:
    path, size = path_of(digest), 0
    named, state = blake3(), hashlib.sha256()
    try:
        with open_regular(files.path(digest)) as file, (root / path).open("xb") as out:
            while chunk := file.read(_BUFFER):
                named.update(chunk)
                state.update(chunk)
                out.write(chunk)
                size += len(chunk)
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
