"""Pieces of a file put one after the other, to be searched at once, and where each came from."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.publishing.leaks.forms.folding import BARRIER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Stretch(NamedTuple):
    """Bytes to be searched: a part of a file, or what was made of one."""

    data: bytes
    forms: tuple[str, ...]
    """What was undone or opened to have them, in turn."""
    offset: Callable[[int], int] = int
    """Where in the file a byte of `data` stands, or the piece that it was made of."""
    undone: int = 0
    inside: int = 0
    source: Stretch | None = None
    """What it was made of; `None` if it is of the file itself."""

    def made(
        self, data: bytes, form: str, offset: Callable[[int], int], *, inside: bool = False
    ) -> Stretch:
        """What was made of this in one way."""
        forms, undone = (*self.forms, form), self.undone + (not inside)
        return Stretch(data, forms, offset, undone, self.inside + inside, self)

    def cut(self, size: int, overlap: int) -> Iterator[Stretch]:
        """The same in parts of that size, each of which goes on into the next."""
        for start in range(0, max(1, len(self.data)), size):
            yield self.part(start, start + size + overlap)

    def part(self, start: int, end: int) -> Stretch:
        """The bytes between two offsets."""
        return self._replace(data=self.data[start:end], offset=partial(self._from, start))

    def _from(self, start: int, at: int) -> int:
        return self.offset(start + at)


class Pieces:
    """Collects what was made of pieces of one stretch in one way."""

    def __init__(self, of: Stretch, form: str, *, inside: bool = False) -> None:
        self._of = of
        self._form = form
        self._inside = inside
        self._parts: list[bytes] = []
        self._starts: list[int] = []
        self._places: list[int] = []
        self.size = 0

    def add(self, data: bytes, at: int) -> None:
        """Add what was made of the piece at `at`."""
        self._starts.append(self.size)
        self._places.append(at)
        self._parts.append(data)
        self.size += len(data) + len(BARRIER)

    def stretch(self) -> Stretch:
        """All of them."""
        data = BARRIER.join(self._parts)
        return self._of.made(data, self._form, self._offset, inside=self._inside)

    def _offset(self, at: int) -> int:
        return self._of.offset(self._places[bisect_right(self._starts, at) - 1])
