"""Many files of a store of objects at once: fetched by threads, and hashed as they arrive.

Both the fetching and the hashing let other threads go on, so that what limits is the network.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from blake3 import blake3

from evidence_chain.digest import is_hex_digest
from evidence_chain.verify.report import Outcome
from evidence_db.store.files.hashed import NO_DIGEST, Hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.intact import Expected

THREADS = 16
"""Files that are fetched at once, each a piece at a time."""
HELD = 1 << 20
"""Bytes up to which a file that is fetched is held in memory, while others ask for it."""

Item = TypeVar("Item")
Result = TypeVar("Result")


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


def at_once(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """`function` of each item, in their order, by threads; few are ahead of who takes them."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="evidence-fetching") as pool:
        under_way: deque[Future[Result]] = deque()
        for item in items:
            under_way.append(pool.submit(function, item))
            if len(under_way) > 2 * THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


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
