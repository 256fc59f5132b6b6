"""In which of many texts the letters of a quotation stand, and which are most like it.

Each text is read once for all quotations, in blocks of eight bytes that don't overlap: whatever
stands there and has fifteen bytes holds a whole block, at one of eight offsets. Shorter ones are
looked for in blocks of four, and the shortest one by one. Only what all its blocks let through is
looked for byte by byte, so that nothing is missed and nothing is concluded from a block.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG, _SHORT = 8, 4
_COMMON = 200
"""Texts from which on a block is too common to say which one a quotation is like."""


class Sieve:
    """Looks for many needles in one text after the other."""

    def __init__(self, needles: Sequence[bytes]) -> None:
        self._needles = needles
        self._size = [_size(needle) for needle in needles]
        self._wanted: dict[int, dict[int, list[int]]] = {_LONG: {}, _SHORT: {}}
        for number, (needle, size) in enumerate(zip(needles, self._size, strict=True)):
            for block in set(_blocks(needle, size)):
                self._wanted[size].setdefault(block, []).append(number)
        self._keys = {size: frozenset(wanted) for size, wanted in self._wanted.items()}
        self._shortest = [number for number, size in enumerate(self._size) if not size]
        self._at_offsets = [
            _at_offsets(needle, size) for needle, size in zip(needles, self._size, strict=True)
        ]
        self._fewest = [min(map(len, sets), default=0) for sets in self._at_offsets]
        self._texts_with: dict[int, list[int]] = defaultdict(list)
        """The texts that have a long block."""

    def standing(self, text: bytes, number: int) -> list[int]:
        """The needles that stand in a text, which has this number."""
        counts, present = Counter[int](), set[int]()
        for size, wanted in self._wanted.items():
            if not wanted:
                continue
            whole = memoryview(text)[: len(text) // size * size]
            blocks = whole.cast("Q") if size == _LONG else whole.cast("I")
            there = self._keys[size].intersection(blocks)
            present |= there
            for block in there:
                counts.update(wanted[block])
                if size == _LONG:
                    self._texts_with[block].append(number)
        let_through = [
            one
            for one, count in counts.items()
            if count >= self._fewest[one] and self._may_stand(one, present)
        ]
        return sorted(one for one in [*let_through, *self._shortest] if self._needles[one] in text)

    def _may_stand(self, number: int, present: set[int]) -> bool:
        """Whether all blocks of a needle are there at one of its offsets."""
        return any(blocks <= present for blocks in self._at_offsets[number])

    def nearest(self, needle: int, most: int) -> list[int]:
        """The texts that share most with a needle, rare blocks counting more; the best first."""
        shares = defaultdict[int, float](float)
        if self._size[needle] != _LONG:
            return []
        for block in set(_blocks(self._needles[needle], _LONG)):
            texts = self._texts_with.get(block, ())
            if len(texts) <= _COMMON:
                for text in texts:
                    shares[text] += 1 / len(texts)
        return sorted(shares, key=lambda text: (-shares[text], text))[:most]


def _size(needle: bytes) -> int:
    if len(needle) >= 2 * _LONG - 1:
        return _LONG
    return _SHORT if len(needle) >= 2 * _SHORT - 1 else 0


def _blocks(needle: bytes, size: int) -> list[int]:
    if not size:
        return []
    return [
        int.from_bytes(needle[at : at + size], sys.byteorder)
        for at in range(len(needle) - size + 1)
    ]


def _at_offsets(needle: bytes, size: int) -> list[frozenset[int]]:
    """The blocks that don't overlap, from each offset on."""
    blocks = _blocks(needle, size)
    return [frozenset(blocks[offset::size]) for offset in range(size)]
