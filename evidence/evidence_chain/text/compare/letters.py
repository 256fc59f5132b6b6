"""Where the letters and digits of a passage stand in a stream, ignoring all else.

The skeleton of a text is what no fold changes: two texts that are equal after the folds have
the same one. So each place where a passage stands is among those found here, and only there
need it be compared.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate, chain, compress, count, repeat
from typing import TYPE_CHECKING

from evidence_chain.text.compare.searching import Searched
from evidence_chain.text.language.characters import ACCENTS, OTHER_FORM, folds, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 4096
_NOT_ALPHANUMERIC = bytes(point for point in range(128) if not chr(point).isalnum())
_IS_ALPHANUMERIC = bytes(point < 128 and chr(point).isalnum() for point in range(256))


class _Letters(dict[int, str]):
    """The letters and digits of each character, without their marks; filled as they turn up."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        parts = char if char.isascii() else unicodedata.normalize("NFD", folds().get(point, char))
        self[point] = "".join(part for part in parts if part.isalnum() and part not in ACCENTS)
        return self[point]


_LETTERS = _Letters()


def letters(text: str) -> str:
    """The skeleton of `text`: its letters and digits without marks, folded."""
    if text.isascii():
        return text.encode().translate(None, _NOT_ALPHANUMERIC).decode()
    return text.translate(_LETTERS)


def core(text: str) -> tuple[int, int] | None:
    """The slice of `text` from its first letter or digit to its last, or `None` without any."""
    first = next((i for i, char in enumerate(text) if _LETTERS[ord(char)]), None)
    if first is None:
        return None
    last = next(i for i in range(len(text) - 1, -1, -1) if _LETTERS[ord(text[i])])
    return first, after_marks(text, last + 1)


def after_marks(text: str, at: int) -> int:
    """`at`, or the end of the combining marks that begin there."""
    while at < len(text) and text[at] >= "\u0300" and is_mark(text[at]):
        at += 1
    return at


class Skeleton:
    """The skeleton of a whole stream, made block by block, and the way back from it.

    Takes time and memory in proportion to the stream: about 0.1 s for ten million characters of
    ASCII.
    """

    def __init__(self, stream: str) -> None:
        self.stream = stream
        blocks = [letters(stream[at : at + _BLOCK]) for at in range(0, len(stream), _BLOCK)]
        self.text = Searched("".join(blocks))
        self._starts = list(accumulate(map(len, blocks), initial=0))
        self._places_in = lru_cache(maxsize=8)(self._find_places)

    def find(self, needle: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
        """Each slice of the stream that has the skeleton `needle`, from letter to letter.

        Only those that begin at `low` or later, and end at `high` or before.
        """
        last = None if high is None else self.index(high)
        for at in self.text.find(needle, self.index(low), last):
            yield self.slice(at, at + len(needle))

    def index(self, position: int) -> int:
        """How many letters and digits stand before `position` of the stream."""
        if position >= len(self.stream):
            return len(self.text)
        block = position // _BLOCK
        return self._starts[block] + bisect_left(self._places_in(block), position)

    def slice(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the stream that has the skeleton's characters `[start, end)`."""
        stop = self._place(end - 1) + 1
        return self._place(start), after_marks(self.stream, stop)

    @cached_property
    def lower(self) -> Searched:
        """The skeleton in lower case, of the same length; for looking for what is near."""
        lower = Searched(str(self.text).lower())
        return lower if len(lower) == len(self.text) else self.text

    @cached_property
    def has_other_forms(self) -> bool:
        """Whether lines of the stream repeat others in another form."""
        return OTHER_FORM in self.stream

    def _place(self, at: int) -> int:
        """The position in the stream of the skeleton's character `at`."""
        block = bisect_right(self._starts, at) - 1
        return self._places_in(block)[at - self._starts[block]]

    def _find_places(self, block: int) -> list[int]:
        start = block * _BLOCK
        chars = self.stream[start : start + _BLOCK]
        if chars.isascii():
            return list(compress(count(start), chars.encode().translate(_IS_ALPHANUMERIC)))
        lengths = map(len, map(_LETTERS.__getitem__, map(ord, chars)))
        return list(chain.from_iterable(map(repeat, count(start), lengths)))


@lru_cache(maxsize=2)
def skeleton(stream: str) -> Skeleton:
    """The skeleton of `stream`, kept for the next passage of the same document."""
    return Skeleton(stream)
