"""Many files of a store of objects at once, hashed as they arrive."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from blake3 import blake3

from evidence_chain.digest import is_hex_digest
from evidence_chain.objects.threads import at_once
from evidence_chain.verify.report import Outcome
from evidence_db.store.files.hashed import NO_DIGEST, Hashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.intact import Expected

HELD = 1 << 20
"""Bytes up to which a file that is fetched is held in memory, while others ask for it."""


def check_fetched(
    store: FileStore, expected: Iterable[Expected], held: dict[str, memoryview] | None = None
) -> Hashed:
    """Fetch files, and compare them with what is expected.

    Args:
        store: Where they are.
        expected: What they should be.
        held: Takes those that are small, by their digests, for who asks for them next.
    """
    found = Hashed()
    for one in check_each_fetched(store, expected, held):
        found.add(one)
    return found


def check_each_fetched(
    store: FileStore, expected: Iterable[Expected], held: dict[str, memoryview] | None = None
) -> Iterator[Hashed]:
    """The same of each file, in their order."""
    return at_once(_Checking(store, held).check, expected)


class _Checking:
    def __init__(self, store: FileStore, held: dict[str, memoryview] | None) -> None:
        self._store = store
        self._held = held

    def check(self, one: Expected) -> Hashed:
        found = Hashed()
        if not is_hex_digest(one.blake3):
            found.problems.append((one, Outcome.FAILED, NO_DIGEST))
            return found
        try:
            self._fetch(one, found)
        except OSError as error:
            found.tell(one, error)
        return found

    def _fetch(self, one: Expected, found: Hashed) -> None:
        size, pieces = self._store.arriving(one.blake3)
        if found.tells_size(one, size):
            return
        b3, sha = blake3(), hashlib.sha256()
        for piece in pieces:
            b3.update(piece)
            if one.sha256 is not None:
                sha.update(piece)
            if self._held is not None and size == len(piece) <= HELD:
                self._held[one.blake3] = piece
        found.compare(one, b3.hexdigest(), sha.hexdigest())
