"""The objects under an address: listed, and read piece by piece."""

from __future__ import annotations

import asyncio
import errno
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence_chain.objects.asking import Asking, ForeignNameError, RangeError, StoreError
from evidence_chain.objects.ranges import Piece

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from evidence_chain.objects.address import Address

RETRIES: dict[str, Any] = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=2)},
}
_NOT_ASKED_FOR = "the store of the files answered with other bytes than it was asked for"
_FOREIGN = "an object with an empty part, `.`, `..` or control characters in its name"
_REPLACED = "another one was put in its place while it was read"
_ENDLESS = "its list of what is there neither went on nor ended for too long"
_PATIENCE = 300.0
"""Seconds in which a list has to go on: a store may send pages without an object for ever."""


class Objects:
    """What lies under an address. Credentials come from the environment of the process that asks.

    Args:
        address: Where it is.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._asking = Asking()

    @cached_property
    def _store(self) -> Any:  # noqa: ANN401 - of one of obstore's classes
        with self._asking(str(self.address)) as obstore:
            return obstore.store.from_url(str(self.address), retry_config=RETRIES)

    def listed(self) -> Iterator[tuple[str, int]]:
        """Name and size of each object; otherwise as `_listing`."""
        return ((str(one["path"]), int(one["size"])) for one in self._listing())

    def _listing(self) -> Iterator[Any]:
        """What the store says of each object, in its order.

        Raises:
            ForeignNameError: one has a name of which no path can be made.
            StoreError: the list doesn't go on.
            OSError: as `asking` has it.
        """
        place, why = str(self.address), (errno.EIO, _ENDLESS)
        failure: type[StoreError] = StoreError
        with self._asking(place) as obstore:
            try:
                for some in _in_time(obstore.list(self._store)):
                    yield from some
            except obstore.exceptions.InvalidPathError:
                failure, why = ForeignNameError, (errno.EINVAL, _FOREIGN)
            except TimeoutError:
                pass
            else:
                return
        raise failure(*why, place)

    def first(self, name: str, length: int) -> Piece:
        """The beginning of an object, which may be empty."""
        try:
            return self.piece(name, 0, length)
        except RangeError:
            return Piece(memoryview(b""), 0, None)

    def piece(self, name: str, start: int, length: int, tag: str | None = None) -> Piece:
        """Bytes of an object from `start` on.

        No more of an answer is taken into memory than was asked for.

        Args:
            name: Its name under the address.
            start: Where it is read.
            length: How many bytes are read at most.
            tag: The store's tag of the object that is meant, if it must be the one read before.

        Raises:
            RangeError: it has none there.
            StoreError: the store answers with more or fewer bytes than it says, or the object is
                another one than that with the tag.
        """
        wanted = {"range": (start, start + length), **({"if_match": tag} if tag else {})}
        place = f"{self.address}/{name}"
        content, replaced = memoryview(b""), False
        with self._asking(place) as obstore:
            try:
                got = obstore.get(self._store, name, options=wanted)
            except obstore.exceptions.PreconditionError:
                replaced = True
            else:
                size = int(got.meta["size"])
                there = min(length, size - start)
                if there > 0:
                    content = memoryview(next(iter(got.stream(min_chunk_size=there + 1)), b""))
        if replaced:
            raise StoreError(errno.ESTALE, _REPLACED, place)
        if there <= 0:
            raise RangeError(errno.EINVAL, "it ends before that", place)
        if len(content) != there:
            raise StoreError(errno.EIO, _NOT_ASKED_FOR, place)
        return Piece(content, size, _strong(got.meta["e_tag"]))


def _in_time(stream: AsyncIterator[Any]) -> Iterator[Any]:
    """What a stream gives; what it waits for can be interrupted, and is given up after a while."""
    with asyncio.Runner() as loop:
        while (some := loop.run(_next(stream))) is not None:
            yield some


async def _next(stream: AsyncIterator[Any]) -> Any:  # noqa: ANN401
    async with asyncio.timeout(_PATIENCE):
        return await anext(stream, None)


def _strong(tag: str | None) -> str | None:
    """A tag that an object can be asked for by, as HTTP has it (RFC 9110, section 8.8.3)."""
    return None if tag is None or tag.startswith("W/") else tag
