"""Tables that tell from bytes alone whether a charset may matter, and what single bytes become."""

from __future__ import annotations

import codecs
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from evidence_db.publishing.leaks.forms.alphabet import joined, shortest
from evidence_db.publishing.leaks.forms.folding import BARRIER, BARRIER_TEXT, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from evidence_db.publishing.leaks.forms.alphabet import Alphabet

_ASCII = frozenset(map(chr, range(128)))
_AS_WRITTEN = {"'": "’", "-": "–"}
"""What is folded to these is not ASCII everywhere."""
_WIDE, _WIDE_JIS, _GAP, _FOUR, _ENDS, _ALNUM = (1 << bit for bit in range(6))
_LONGER = ("gb18030", "euc_jp")
"""Charsets that have characters of more than two bytes."""
_BEYOND_FIRST = "gb18030"
"""The charset that has all of Unicode; what is beyond the first plane in four bytes."""
_LONG = 1 << 7
"""That a character goes on after two bytes."""
_SPAN = 60
"""A divisor of the 1,260 characters whose first two bytes are the same, in their order."""
_JOINED = 4
"""Bytes between two stretches that are read as one."""
_UNKNOWN = "\ufffd"


class SingleBytes:
    """A charset of one byte a character.

    Args:
        codec: Its name in Python.
        chars: The characters of all needles.
    """

    def __init__(self, codec: str, chars: Collection[str]) -> None:
        folds = [fold(bytes([code]).decode(codec, "replace")) for code in range(256)]
        known = set(chars)
        is_wanted = [known.issuperset(to) for to in folds]
        self.wanted = np.array([code for code in range(128, 256) if is_wanted[code]], np.int64)
        """Bytes beyond ASCII that may be a part of a needle."""
        self._unseen = bytes(code for code, to in enumerate(folds) if not to)
        self.may = np.array(is_wanted)
        """Bytes that may stand in a needle: those of its characters, and what isn't seen."""
        self.several = {to for to in folds if len(to) > 1}
        """What single bytes become, where that is several characters."""
        self._longer = [
            (chr(0xE000 + code), to)
            for code, to in enumerate(folds)
            if is_wanted[code] and len(to) > 1
        ]
        self._table = "".join(
            BARRIER_TEXT[0] if not is_wanted[code] else to if len(to) == 1 else chr(0xE000 + code)
            for code, to in enumerate(folds)
        )

    def read(self, data: bytes) -> bytes:
        """Bytes as folded text in UTF-8, with barriers where nothing can be found."""
        text, _ = codecs.charmap_decode(data.translate(None, self._unseen), "strict", self._table)
        for char, to in self._longer:
            text = text.replace(char, to)
        return text.encode()


class Singles:
    """Where in some bytes a needle may stand, in charsets of one byte a character.

    Args:
        charsets: Up to sixteen.
        needles: Folded strings.
    """

    def __init__(self, charsets: Sequence[SingleBytes], needles: Collection[str]) -> None:
        self._in = np.zeros(256, dtype=np.uint16)
        for number, one in enumerate(charsets):
            self._in[one.may] |= np.uint16(1 << number)
        self._run = shortest(needles, set().union(*(one.several for one in charsets)))
        self._charsets = charsets

    def where(
        self, data: bytes, parts: Iterable[tuple[int, int]]
    ) -> tuple[list[tuple[int, int]], list[int]]:
        """The stretches of these parts that may hold one, and in which of the charsets."""
        found: list[tuple[int, int]] = []
        every = 0
        for first, last in parts:
            which = self._in.take(np.frombuffer(data[first:last], dtype=np.uint8))
            count = len(which) - self._run + 1
            if count <= 0:
                continue
            runs = which[:count].copy()
            for shift in range(1, self._run):
                runs &= which[shift : shift + count]
            at = np.flatnonzero(runs)
            if len(at):
                every |= int(np.bitwise_or.reduce(runs[at]))
                found += joined(at + first, at + (first + self._run), _JOINED)
        return found, [number for number in range(len(self._charsets)) if every >> number & 1]


class Pairs:
    """Which two bytes in a row begin a character, in charsets of several bytes, that may matter.

    Args:
        alphabet: That of all needles.
        codecs: The names of the charsets in Python.
    """

    def __init__(self, alphabet: Alphabet, codecs: Iterable[str]) -> None:
        self._codecs = list(codecs)
        beyond = {_AS_WRITTEN.get(char, char) for char in alphabet.chars} - _ASCII
        self._first = np.zeros(1 << 16, dtype=np.uint8)
        self._always = 0
        for number, codec in enumerate(self._codecs):
            for begun, is_long in ((_begun(codec), False), (_begun_longer(codec), True)):
                pairs, chars = begun
                flags = 1 << number | (_LONG if is_long else 0)
                self._first[pairs[alphabet.has(chars)]] |= np.uint8(flags)
            if any(_written(codec, char) for char in beyond):
                self._always |= 1 << number
        self._ascii = np.zeros(256, dtype=np.bool_)
        self._ascii[:128] = alphabet.has(np.arange(128))
        self._enough = alphabet.run + 1
        self._wide = _wide().reshape(-1)

    def in_which(self, data: bytes) -> Collection[str]:
        """The charsets in which a needle may stand in some bytes."""
        pairs = _pairs(data)
        there = int(np.bitwise_or.reduce(self._first.take(pairs), initial=0)) & self._always
        if _has_wide(self._wide.take(pairs)):
            return self._codecs
        return [codec for number, codec in enumerate(self._codecs) if there >> number & 1]

    def where(self, data: bytes) -> bytes:
        """The parts of some bytes in which one may, from where a character surely begins."""
        units, first = np.frombuffer(data, dtype=np.uint8), self._first.take(_pairs(data))
        may = self._ascii.take(units) | (first != 0)
        may[1:] |= first[:-1] != 0
        for more in (2, 3):
            may[more:] |= first[:-more] >= _LONG
        others = np.concatenate(([-1], np.flatnonzero(~may), [len(may)]))
        place = np.searchsorted(others, np.flatnonzero(first))
        starts, ends = others[place - 1] + 1, others[place]
        is_enough = ends - starts >= self._enough
        starts, ends = starts[is_enough], ends[is_enough]
        is_ascii = units < 128  # of two in a row the second is no half of anything
        sure = np.concatenate(([0], np.flatnonzero(is_ascii[:-1] & is_ascii[1:]) + 2))
        starts = sure[np.searchsorted(sure, starts, side="right") - 1]
        return BARRIER.join(data[start:end] for start, end in joined(starts, ends + 3, 0))


def _pairs(data: bytes) -> NDArray[np.uint16]:
    """Each two bytes in a row, the last one with a zero."""
    units = np.frombuffer(data + b"\0", dtype=np.uint8)
    return units[:-1].astype(np.uint16) << np.uint16(8) | units[1:]


@cache
def _begun(codec: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first two bytes of all characters that aren't ASCII, and the characters."""
    found = []
    trails = [trail for trail in range(256) if trail != ord("\n")]
    for lead in range(128, 256):
        if single := bytes([lead]).decode(codec, "ignore"):
            found += [(lead << 8 | trail, single) for trail in range(256)]
        lines = b"".join(b"%c%c\n\n" % (lead, trail) for trail in trails)
        read = lines.decode(codec, "replace").split("\n\n")
        for trail, text in zip(trails, read, strict=False):
            if text[:1] != _UNKNOWN:
                found += [(lead << 8 | trail, char) for char in text]
    return _as_arrays(found)


@cache
def _begun_longer(codec: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first two bytes of all characters of three or four bytes, and the characters."""
    chars = [chr(code) for code in chain(range(128, 0xD800), range(0xE000, 0x10000))]
    if codec == _BEYOND_FIRST:
        chars += map(chr, range(0x10000, 0x110000, _SPAN))
    written = "\n".join(chars if codec in _LONGER else ()).encode(codec, "ignore").split(b"\n")
    begun = zip(written, chars, strict=False)
    return _as_arrays([(one[0] << 8 | one[1], char) for one, char in begun if len(one) > 2])


def _as_arrays(found: list[tuple[int, str]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    kept = [(pair, ord(char)) for pair, char in found if char not in _ASCII]
    pairs, chars = np.array(kept, dtype=np.int64).reshape(-1, 2).T
    return pairs, chars


def _written(codec: str, char: str) -> bytes:
    return char.encode(codec, "ignore")


def _wide() -> NDArray[np.uint8]:
    """What pairs of bytes are to wide Latin letters, and to wide spaces or unseen signs."""
    table = np.zeros((256, 256), dtype=np.uint8)
    table[0xA1:0xA4, 0x40:0xFF] |= _WIDE
    table[0x81:0x83, 0x40:0x9B] |= _WIDE_JIS
    for gap in (b"\xa1\xa1", b"\xa1\x40", b"\x81\x40"):
        table[gap[0], gap[1]] |= _GAP
    table[0x81:0x85, 0x30:0x3A] |= _FOUR
    table[0x81:0xFF, 0x30:0x3A] |= _ENDS
    for first, last in ("09", "AZ", "az"):
        table[ord(first) : ord(last) + 1] |= _ALNUM
    return table


def _has_wide(of: NDArray[np.uint8]) -> bool:
    """Whether three wide letters are in a row, or what isn't seen is between two of ASCII.

    They are folded to ASCII, or to nothing, whatever letters the needles have.
    """
    if len(of) < 6:
        of = np.concatenate((of, np.zeros(6, dtype=np.uint8)))
    letters = of[:-4] & of[2:-2] & of[4:] & np.uint8(_WIDE | _WIDE_JIS)
    gaps = of[:-3] >> 3 & of[1:-2] & of[3:] >> 3 & np.uint8(_GAP)
    fours = of[:-5] >> 2 & of[1:-4] & of[3:-2] >> 1 & of[5:] >> 2 & np.uint8(_FOUR)
    return bool(letters.any() or gaps.any() or fours.any())
