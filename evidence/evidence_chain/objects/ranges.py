"""An object as a file, of which a piece is fetched when something of it is read."""

from __future__ import annotations

import io
import os
from typing import Any, NamedTuple, Protocol

PIECE = 4 << 20
"""Bytes that are asked for at once, at most."""
LEAST = 1 << 18
"""Bytes that are asked for first, by who may want no more of a file."""


class Piece(NamedTuple):
    """Some bytes of an object."""

    content: memoryview
    size: int
    """How many bytes it has in all."""
    tag: str | None
    """What the store calls this state of it (its ETag)."""


class Ranges(Protocol):
    """What gives pieces of objects. Both raise `OSError`."""

    def first(self, name: str, length: int) -> Piece:
        """The first piece of an object."""

    def piece(self, name: str, start: int, length: int, tag: str | None = None) -> Piece:
        """Bytes of an object from `start` on; of the state that has the tag, if one is given."""


class Reader(io.RawIOBase):
    """An object as a file, read piece by piece, all of them of one state of it.

    Args:
        store: What gives the pieces.
        name: The object's name.
        known: Size and tag of the state that is meant, if it was read before.
    """

    def __init__(self, store: Ranges, name: str, known: tuple[int, str] | None = None) -> None:
        self._store, self._name = store, name
        self._at, self._start = 0, 0
        self._next = LEAST
        self._piece = memoryview(b"")
        if known is None:
            self._piece, self.size, self.tag = store.first(name, LEAST)
        else:
            self.size, self.tag = known

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a buffer
        if self._at >= self.size:
            return 0
        if not self._start <= self._at < self._start + len(self._piece):
            goes_on = self._at == self._start + len(self._piece)
            self._next = min(2 * self._next, PIECE) if goes_on else LEAST
            self._piece = self._store.piece(self._name, self._at, self._next, self.tag).content
            self._start = self._at
        some = self._piece[self._at - self._start :][: len(buffer)]
        buffer[: len(some)] = some
        self._at += len(some)
        return len(some)
