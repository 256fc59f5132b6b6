"""Many files of a store of objects at once: fetched by threads, and hashed as they arrive.

Both the fetching and the hashing let other threads go on, so that what limits is the network.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from threading import get_ident
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from blake3 import blake3

from evidence_chain.digest import is_hex_digest
from evidence_chain.verify.report import Outcome
from evidence_db.store.files.hashed import NO_DIGEST, Hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from evidence_db.store.files.interface import FileStore
    from evidence_db.store.intact import Expected

THREADS = 16
"""Files that are fetched at once, each a piece at a time."""
NEAR = 8 << 20
"""Bytes up to which a file that is fetched is kept near, too, while others ask for it."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def check_fetched(
    store: FileStore, expected: Iterable[Expected], near: Path | None = None
) -> Hashed:
    """Fetch files, and compare them with what is expected.

    Args:
        store: Where they are.
        expected: What they should be.
        near: A directory that takes copies, by their digests, of those that are not too large.
    """
    checking, found = _Checking(store, near), Hashed()
    for one in at_once(checking.check, expected):
        found.add(one)
    return found


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
    def __init__(self, store: FileStore, near: Path | None) -> None:
        self._store = store
        self._near = near

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
        copied = self._near is not None and size <= NEAR
        with _copy(self._near, one.blake3) if self._near and copied else nullcontext() as copy:
            for piece in pieces:
                b3.update(piece)
                if one.sha256 is not None:
                    sha.update(piece)
                if copy is not None:
                    copy.write(piece)
        found.compare(one, b3.hexdigest(), sha.hexdigest())


@contextmanager
def _copy(near: Path, digest: str) -> Iterator[BinaryIO]:
    """A new file in a directory, under its digest once all of it was written."""
    arriving = near / f"{digest}.{get_ident()}"
    with os.fdopen(os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
    arriving.rename(near / digest)
