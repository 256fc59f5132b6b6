"""A long text that is looked through for many strings, many times.

Strings of common length are looked for by vector instructions, all at once: by the prefilters of
the crate aho-corasick (memmem, Teddy), behind ahocorasick_rs. That took a fourteenth of the time of
`str.find` for one string of letters in ten million, and a thirtieth for eight short ones. Without
it, as with a stranger who checks a few records, all is found the same by `bytes.find`.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLOCK = 4096
"""Characters between two places of which it is known where they lie in UTF-8."""
_MATCHES = 1 << 16
"""What an automaton may find at a time, so that common strings take little memory."""
_SHORT = 1 << 14
"""Bytes for which it isn't worth while to prepare a search."""
_LONG = 512
"""Bytes of a string, from which on `bytes.find` is quick, and preparing a search is not."""


class Searched:
    """A text of which it is asked where strings stand in it; places are counted in code points."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._length = len(text)
        self._starts: list[int] = []
        if not text.isascii():
            blocks = (text[at : at + _BLOCK].encode() for at in range(0, len(text), _BLOCK))
            self._starts = list(accumulate(map(len, blocks), initial=0))

    def __len__(self) -> int:
        return self._length

    def __contains__(self, needle: str) -> bool:
        return not needle or next(self.find(needle), None) is not None

    def __str__(self) -> str:
        return self._data.decode()

    def find(self, needle: str, low: int = 0, high: int | None = None) -> Iterator[int]:
        """Each place of `needle` in the slice `[low, high)`, in order, also where they overlap."""
        for _, at in self._each({needle.encode()}, *self._bounds(low, high)):
            yield self._index(at)

    def find_all(
        self, needles: Iterable[str], most: int, low: int = 0, high: int | None = None
    ) -> dict[str, list[int]]:
        """The first `most` places of each of the needles, as `find` gives them."""
        found = {needle: list[int]() for needle in needles}
        places = {needle.encode(): at for needle, at in found.items()}
        left = set(places)
        for needle, at in self._each(left, *self._bounds(low, high)):
            places[needle].append(self._index(at))
            if len(places[needle]) == most:
                left.remove(needle)
        return found

    def _each(self, left: set[bytes], low: int, high: int) -> Iterator[tuple[bytes, int]]:
        """Each place of the needles that are left, which may become fewer meanwhile."""
        left.discard(b"")
        for first, last in self._regions(left, low, high):
            for needle in tuple(left):
                end = min(last + len(needle) - 1, high)
                at = self._data.find(needle, first, end)
                while at >= 0:
                    yield needle, at
                    at = self._data.find(needle, at + 1, end) if needle in left else -1

    def _regions(self, left: set[bytes], low: int, high: int) -> Iterator[tuple[int, int]]:
        """Slices, apart and in order, in one of which each place begins.

        What is found by an automaton doesn't overlap: each other place begins within one of these.
        """
        longest = max(map(len, left), default=0)
        if high - low < _SHORT or longest > _LONG or not _has_automata():
            yield low, high
            return
        from ahocorasick_rs import BytesAhoCorasick, MatchKind

        whole = memoryview(self._data)
        needles: list[bytes] = []
        start = low
        while left and start < high:
            if len(needles) != len(left):
                needles = sorted(left)
                automaton = BytesAhoCorasick(needles, matchkind=MatchKind.LeftmostFirst)
            stop = min(start + _MATCHES * min(map(len, needles)), high)
            chunk = whole[start : min(stop + longest - 1, high)]
            for _, first, last in automaton.find_matches_as_indexes(chunk):
                yield start + first, min(start + last, stop)
            start = stop

    def _bounds(self, low: int, high: int | None) -> tuple[int, int]:
        return self._offset(low), len(self._data) if high is None else self._offset(high)

    def _offset(self, index: int) -> int:
        """How many bytes stand before the code point `index`."""
        if index >= self._length:
            return len(self._data)
        if not self._starts:
            return index
        block, rest = divmod(index, _BLOCK)
        chars = self._data[self._starts[block] : self._starts[block + 1]].decode()
        return self._starts[block] + len(chars[:rest].encode())

    def _index(self, offset: int) -> int:
        """How many code points stand before the byte `offset`, with which one begins."""
        if not self._starts:
            return offset
        block = bisect_right(self._starts, offset) - 1
        return block * _BLOCK + len(self._data[self._starts[block] : offset].decode())


@cache
def _has_automata() -> bool:
    return find_spec("ahocorasick_rs") is not None
