"""Pieces of a file put one after the other, to be searched at once, and where each came from."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from evidence_db.publishing.leaks.forms.folding import BARRIER


class Stretch(NamedTuple):
    """Bytes to be searched: a part of a file, or what was made of one."""

    data: bytes
    forms: tuple[str, ...]
    """What was undone or opened to have them, in turn."""
    starts: tuple[int, ...] = (0,)
    """Where its pieces begin in `data`, ascending."""
    offsets: tuple[int, ...] = (0,)
    """Where each of them stands in the file."""
    exact: bool = True
    """Whether what is further in a piece is as much further in the file."""
    undone: int = 0
    inside: int = 0

    def offset(self, at: int) -> int:
        """Where in the file a byte of `data` stands, or the piece that it is in."""
        piece = bisect_right(self.starts, at) - 1
        return self.offsets[piece] + (at - self.starts[piece] if self.exact else 0)


class Pieces:
    """Collects what was made of pieces of one stretch in one way."""

    def __init__(self, of: Stretch, form: str, *, inside: bool = False) -> None:
        self._of = of
        self._form = form
        self._inside = inside
        self._parts: list[bytes] = []
        self._starts: list[int] = []
        self._offsets: list[int] = []
        self.size = 0

    def add(self, data: bytes, at: int) -> None:
        """Add what was made of the piece at `at`."""
        self._starts.append(self.size)
        self._offsets.append(self._of.offset(at))
        self._parts.append(data)
        self.size += len(data) + len(BARRIER)

    def stretch(self) -> Stretch:
        """All of them."""
        return Stretch(
            BARRIER.join(self._parts),
            (*self._of.forms, self._form),
            tuple(self._starts),
            tuple(self._offsets),
            exact=False,
            undone=self._of.undone + (not self._inside),
            inside=self._of.inside + self._inside,
        )
