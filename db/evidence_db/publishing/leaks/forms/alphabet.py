"""Which characters may become a part of what is searched for, and what each of them becomes."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evidence_db.publishing.leaks.forms.folding import fold, folded_bytes, special_folds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    Units = NDArray[np.uint16]
    """UTF-16."""

_THEMSELVES = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4))
"""Characters that folding leaves as they are: most of Han, and Hangul."""
_FIRSTS, _SECONDS = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""Of the pairs in which UTF-16 writes what is beyond the first plane."""
_PLANES = (range(0x10000, 0x20000), range(0x2F800, 0x2FA20), range(0xE0000, 0xE1000))
"""Where characters are, beyond the first plane, that don't stay as they are."""
_SHORT = 6
_BEGUN = 16
_CODES = 0x10000
_BARRIER = 1
"""What becomes of a character that is in no needle."""
_LONGER, _HARD = 0xFFFE, 0xFFFF
"""Becomes several characters; and depends on what stands before it."""
_CLOSE = 256
"""Characters between two hard ones that are folded together with them."""


class _Folded(NamedTuple):
    code: int
    to: str
    made_of: str
    """The same with its marks apart: others may be written in one with the letter."""
    is_hard: bool


@cache
def _followers() -> frozenset[str]:
    """Characters that are composed with one before them, or sorted among those (UAX 15)."""
    found = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for char in map(chr, range(_CODES)):
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(chr(int(parts[1], 16)))
        if unicodedata.combining(char):
            found.add(char)
    return frozenset(found)


@cache
def _folded() -> list[_Folded]:
    """What each other character of the first plane is folded to."""
    others = {code for one in (*_THEMSELVES, _FIRSTS, _SECONDS) for code in one}
    followers, found = _followers(), []
    for code in range(_CODES):
        if code not in others:
            to = fold(chr(code))
            begins = {unicodedata.normalize("NFKD", chr(code))[:1], to[:1]}
            apart = unicodedata.normalize("NFD", to)
            found.append(_Folded(code, to, apart, not followers.isdisjoint(begins)))
    return found


@cache
def _folded_beyond() -> list[tuple[int, str]]:
    """What becomes of the characters beyond the first plane that don't stay as they are."""
    codes = (code for plane in _PLANES for code in plane)
    return [(code, fold(chr(code))) for code in codes if _is_changed(chr(code))]


def _long_beyond() -> set[str]:
    return {to for _, to in _folded_beyond() if len(to) > 1}


def _is_changed(char: str) -> bool:
    changed = char.casefold() != char or unicodedata.normalize("NFKC", char) != char
    return changed or char in special_folds()


class Alphabet:
    """The characters of all needles, and those that are folded to them or aren't seen.

    Args:
        needles: Folded strings.
    """

    def __init__(self, needles: Iterable[str]) -> None:
        every = set(needles)
        composed = set().union(*map(set, every))
        self.chars = composed.union(*map(_begun, composed))
        self._to = np.full(_CODES, _BARRIER, dtype=np.uint16)
        self._longer: dict[int, str] = {}
        itself = [ord(char) for char in self.chars if ord(char) < _CODES]
        self._to[itself] = itself
        beyond = [ord(char) for char in self.chars if ord(char) >= _CODES]
        beyond += [code for code, to in _folded_beyond() if self.chars.issuperset(to)]
        self._to[[_FIRSTS.start + (code - _CODES >> 10) for code in beyond]] = _HARD
        for code, to, made_of, is_hard in _folded():
            if self.chars.issuperset(made_of):
                self._to[code] = _HARD if is_hard or code >= _LONGER else self._one(code, to)
        self.run = shortest(
            every, {one.to for one in _folded() if len(one.to) > 1} | _long_beyond()
        )
        """Characters in a row that may, at least, where there is a needle."""
        self._may = self._to != _BARRIER
        self._may[_SECONDS.start : _SECONDS.stop] = bool(beyond)
        self._rows = self._may.reshape(256, 256).any(axis=1)

    def _one(self, code: int, to: str) -> int:
        if len(to) > 1 or to > "\uffff":
            self._longer[code] = to
            return _LONGER
        return ord(to or "\0")

    def has(self, codes: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which characters may be, or become, a part of a needle; or those near them may."""
        pairs = _FIRSTS.start + (codes - _CODES >> 10)
        found: NDArray[np.bool_] = self._may[np.where(codes < _CODES, codes, pairs)]
        return found

    def fold(self, text: str) -> bytes:
        """A text folded, in UTF-8, with barriers where nothing can be found."""
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        to = self._to.take(units)
        hard = np.flatnonzero(to == _HARD) if to.max(initial=0) == _HARD else ()
        if not len(hard):
            return self._written(units, to)
        # Where ASCII begins that is seen, nothing depends on what is before.
        safe = np.flatnonzero((units < 128) & (to != 0))
        place = np.searchsorted(safe, hard, side="right")
        bounds = np.concatenate(([0], safe, [len(units)]))
        parts, done = [], 0
        for start, end in joined(bounds[place], bounds[place + 1], _CLOSE):
            parts.append(self._written(units[done:start], to[done:start]))
            part = units[start:end]
            is_none = (to[start:end] == _BARRIER) & (part >> 10 != _SECONDS.start >> 10)
            parts.append(folded_bytes(_text(np.where(is_none, np.uint16(_BARRIER), part))))
            done = end
        parts.append(self._written(units[done:], to[done:]))
        return b"".join(parts)

    def _written(self, units: Units, to: Units) -> bytes:
        """What characters become of which none is hard."""
        longer: Iterable[int] = ()
        if to.max(initial=0) == _LONGER:
            at = to == _LONGER
            longer = map(int, np.unique(units[at]))
            to = np.where(at, units, to)
        text = _text(to[to != 0])
        for code in longer:
            text = text.replace(chr(code), self._longer[code])
        return text.encode("utf-8", "ignore")

    def has_rows(self, data: NDArray[np.uint8]) -> bool:
        """Whether UTF-16 of this alphabet may be in some bytes, by every other of them."""
        rows = self._rows.take(data)
        last = len(rows) - 2 * (self.run - 1)
        if last <= 0:
            return last > -2
        runs = rows[:last].copy()
        for shift in range(1, self.run):
            runs &= rows[2 * shift : 2 * shift + last]
        return bool(runs.any())

    def stretches(self, units: Units, near: int) -> list[tuple[int, int]]:
        """The stretches of UTF-16 that may hold a needle, with what is near them."""
        may = self._may.take(units)
        last = len(may) - self.run + 1
        if last <= 0:
            return []
        runs = may[:last].copy()
        for shift in range(1, self.run):
            runs &= may[shift : shift + last]
        at = np.flatnonzero(runs)
        return joined(at, at + self.run, near)


def shortest(needles: Collection[str], several: Collection[str]) -> int:
    """The fewest characters that any of some folded strings is written with, or six.

    Args:
        needles: The strings.
        several: What single characters become, where that is several.
    """
    known = set().union(*needles)
    parts = {part for part in several if known.issuperset(part)}
    lengths = sorted({1, *map(len, parts)})
    begun = {needle[:_BEGUN] for needle in needles}
    return max(1, min((_fewest(one, parts, lengths) for one in begun), default=_SHORT))


def _fewest(begun: str, parts: Collection[str], lengths: Sequence[int]) -> int:
    """The same of what begins so; the last of its characters may be part of a longer one."""
    fewest = [0]
    for end in range(1, len(begun) + 1):
        least = fewest[-1]
        for length in lengths[1:]:
            if begun[max(0, end - length) : end] in parts:
                least = min(least, fewest[max(0, end - length)])
        fewest.append(least + 1)
    ends = fewest[-lengths[-1] :] if len(begun) == _BEGUN else fewest[-1:]
    return min(_SHORT, *ends, _SHORT)


def joined(starts: NDArray[np.int64], ends: NDArray[np.int64], near: int) -> list[tuple[int, int]]:
    """Stretches, in their order, of which those are made one that are near each other."""
    if not len(starts):
        return []
    apart = np.flatnonzero(starts[1:] - ends[:-1] > near)
    firsts = starts[np.concatenate(([0], apart + 1))]
    lasts = ends[np.concatenate((apart, [len(ends) - 1]))]
    return list(zip(map(int, firsts), map(int, lasts), strict=True))


def _text(units: Units) -> str:
    return units.astype("<u2", copy=False).tobytes().decode("utf-16-le", "surrogatepass")


def _begun(char: str) -> set[str]:
    """What a character is composed of, and what becomes of the first of that."""
    parts = unicodedata.normalize("NFD", char)
    begun = (unicodedata.normalize("NFC", parts[:end]) for end in range(1, len(parts)))
    return {*parts, *(one for one in begun if len(one) == 1)}
