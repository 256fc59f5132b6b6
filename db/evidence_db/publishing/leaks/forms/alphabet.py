"""Which characters may become a part of what is searched for: all others needn't be looked at."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from evidence_db.publishing.leaks.forms.folding import BARRIER_TEXT, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_THEMSELVES = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4))
"""Characters that folding leaves as they are: most of Han, and Hangul."""
_PAIRS = range(0xD800, 0xE000)
_BEYOND = "\U00010000-\U0010ffff"
_SHORT = 6
_CODES = 0x10000


@cache
def _folded() -> list[tuple[int, str]]:
    """What each other character of the first plane is folded to."""
    apart = {code for one in (*_THEMSELVES, _PAIRS) for code in one}
    return [(code, fold(chr(code))) for code in range(_CODES) if code not in apart]


class Alphabet:
    """The characters of all needles, and those that are folded to them or aren't seen.

    Args:
        needles: Folded strings.
    """

    def __init__(self, needles: Iterable[str]) -> None:
        every = set(needles)
        composed = set().union(*map(set, every))
        self.chars = composed.union(*map(_begun, composed))
        self._run = 3 if min(map(len, every), default=_SHORT) >= _SHORT else 2
        self._may = np.zeros(_CODES, dtype=np.bool_)
        self._may[[ord(char) for char in self.chars if ord(char) < _CODES]] = True
        self._may[_PAIRS.start : _PAIRS.stop] = True
        for code, folded in _folded():
            parts = unicodedata.normalize("NFD", folded)
            self._may[code] = self.chars.issuperset(folded) or self.chars.issuperset(parts)
        self._likely = re.compile(f"[{_ranges(self._may)}{_BEYOND}]{{{self._run},}}+")

    def fold(self, text: str) -> bytes:
        """The stretches of a text that may hold a needle, folded, in UTF-8."""
        return fold(BARRIER_TEXT.join(self._likely.findall(text))).encode("utf-8", "ignore")

    def stretches(self, units: NDArray[np.uint16], near: int) -> list[tuple[int, int]]:
        """The stretches of UTF-16 that may hold a needle, with what is near them."""
        may = self._may[units]
        last = len(may) - self._run + 1
        if last <= 0:
            return []
        runs = may[:last].copy()
        for shift in range(1, self._run):
            runs &= may[shift : shift + last]
        at = np.flatnonzero(runs)
        if not len(at):
            return []
        breaks = np.flatnonzero(np.diff(at) > near)
        starts = at[np.concatenate(([0], breaks + 1))]
        ends = at[np.concatenate((breaks, [len(at) - 1]))] + self._run
        return list(zip(map(int, starts), map(int, ends), strict=True))


def _begun(char: str) -> set[str]:
    """What a character is composed of, and what becomes of the first of that."""
    parts = unicodedata.normalize("NFD", char)
    begun = (unicodedata.normalize("NFC", parts[:end]) for end in range(1, len(parts)))
    return {*parts, *(one for one in begun if len(one) == 1)}


def _ranges(may: NDArray[np.bool_]) -> str:
    """Characters as the inner part of a class of an expression."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], may, [False])).astype(np.int8)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return "".join(f"\\u{first:04x}-\\u{end - 1:04x}" for first, end in pairs)
