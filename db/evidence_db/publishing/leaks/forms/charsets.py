"""A stretch of bytes read as text in every charset in which a leak is looked for."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evidence_db.publishing.leaks.forms.alphabet import Alphabet, joined
from evidence_db.publishing.leaks.forms.folding import BARRIER, lower_ascii
from evidence_db.publishing.leaks.forms.tables import Pairs, SingleBytes, Singles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

SINGLE = {
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "ISO 8859-15": "iso8859_15",
    "KOI8-R": "koi8_r",
    "ISO 8859-5": "iso8859_5",
    "IBM 866": "cp866",
    "Mac Cyrillic": "mac_cyrillic",
    "Mac Roman": "mac_roman",
    "windows-1258": "cp1258",
}
"""Charsets of one byte a character, by the names that Python has for them."""
MULTIPLE = {
    "GB 18030": "gb18030",
    "Big5": "big5",
    "Big5-HKSCS": "big5hkscs",
    "Shift_JIS": "cp932",
    "EUC-JP": "euc_jp",
    "EUC-KR": "cp949",
}
JAPANESE_7 = "ISO-2022-JP"
_NEAR = 1024
"""Bytes around what is not ASCII that are read in other charsets."""
_FAR = 4096
"""Bytes of ASCII from which on those in the middle aren't read in other charsets."""
_UNSEEN = bytes({*range(2, 0x1B), *range(0x1C, 0x21), 0x7F, 0})
"""ASCII that no charset of several bytes has within a character, and that is taken out."""
_JAPANESE = re.compile(rb"\x1b\$[@B]([\t-\r -~]*)")
_TO_ASCII = re.compile(rb"\x1b\([BJ]")
_EIGHT = bytes(code | 0x80 if 0x21 <= code <= 0x7E else code for code in range(256))


class View(NamedTuple):
    """Bytes as text that is folded, or what they become of a beginning of them."""

    charset: str
    folded: bytes
    parts: list[tuple[int, int]]
    """The stretches that were read, of the bytes."""
    read: Callable[[bytes], bytes]
    """What one stretch becomes."""


class Reader:
    """Reads bytes in every charset in which they may hold a needle.

    Args:
        needles: Folded strings.
    """

    def __init__(self, needles: Collection[str]) -> None:
        self._alphabet = Alphabet(needles)
        self._is_idle = not needles
        self._single = [SingleBytes(codec, self._alphabet.chars) for codec in SINGLE.values()]
        self._singles = Singles(self._single, needles)
        self._pairs = Pairs(self._alphabet, MULTIPLE.values())

    def views(self, data: bytes) -> Iterator[View]:
        """Bytes as folded text, in one charset after the other."""
        if self._is_idle:
            return
        yield View("UTF-8", self._utf8(data), [(0, len(data))], self._utf8)
        if self._alphabet.has_rows(np.frombuffer(data, dtype=np.uint8)):
            yield from self._utf16(data)
        if b"\x1b$" in data:
            yield View(JAPANESE_7, self._japanese(data), [(0, len(data))], self._japanese)
        if not data.isascii():
            yield from self._beyond_ascii(data)

    def _beyond_ascii(self, data: bytes) -> Iterator[View]:
        parts = _beyond_ascii(data)
        yield from self._in_single(data, parts)
        there = BARRIER.join(data[start:end] for start, end in parts)
        there = there.translate(None, _UNSEEN)
        if not (codecs := self._pairs.in_which(there)):
            return
        there = self._pairs.where(there)
        shifted = _shifted(there)
        for name, codec in MULTIPLE.items():
            if codec in codecs:
                yield View(name, self._multi(codec, there), parts, partial(self._part, codec))
                late = self._multi(codec, shifted)
                yield View(name, late, parts, partial(self._part, codec, late=True))

    def _in_single(self, data: bytes, parts: list[tuple[int, int]]) -> Iterator[View]:
        likely, numbers = self._singles.where(data, parts)
        there = BARRIER.join(data[start:end] for start, end in likely)
        present = np.zeros(256, dtype=np.bool_)
        present[np.frombuffer(there, dtype=np.uint8)] = True
        names = list(SINGLE)
        for number in numbers:
            single = self._single[number]
            if present[single.wanted].any():
                yield View(names[number], single.read(there), likely, single.read)

    def _utf8(self, data: bytes) -> bytes:
        lowered = lower_ascii(data)
        if lowered.isascii():
            return lowered
        return self._alphabet.fold(lowered.decode("utf-8", "ignore"))

    def _multi(self, codec: str, data: bytes) -> bytes:
        return self._alphabet.fold(data.decode(codec, "replace"))

    def _part(self, codec: str, data: bytes, *, late: bool = False) -> bytes:
        there = self._pairs.where(data.translate(None, _UNSEEN))
        return self._multi(codec, _shifted(there) if late else there)

    def _japanese(self, data: bytes) -> bytes:
        """ISO-2022-JP (RFC 1468), read as EUC-JP: Python's own codec fails on what is damaged."""
        eight = _JAPANESE.sub(lambda run: run[1].translate(_EIGHT), data)
        return self._multi("euc_jp", _TO_ASCII.sub(b"", eight))

    def _utf16(self, data: bytes) -> Iterator[View]:
        """UTF-16 of both orders, from even and from odd offsets."""
        for order, sort in (("little", "<u2"), ("big", ">u2")):
            reads = partial(self._multi, f"utf-16-{order[0]}e")
            for offset in (0, 1):
                count = (len(data) - offset) // 2
                if count <= 0:
                    continue
                units = np.frombuffer(data, dtype=sort, offset=offset, count=count)
                parts = [
                    (offset + 2 * start, offset + 2 * end)
                    for start, end in self._alphabet.stretches(units, _NEAR)
                ]
                if parts:
                    folded = BARRIER.join(reads(data[start:end]) for start, end in parts)
                    yield View(f"UTF-16 ({order}-endian)", folded, parts, reads)


def _shifted(data: bytes) -> bytes:
    """Bytes without the first of each run that isn't ASCII.

    A stray byte before a text may be taken for the first half of its first character.
    """
    high = np.frombuffer(data, dtype=np.uint8) > 127
    first = high.copy()
    first[1:] &= ~high[:-1]
    return np.frombuffer(data, dtype=np.uint8)[~first].tobytes()


def _beyond_ascii(data: bytes) -> list[tuple[int, int]]:
    """The stretches that are not ASCII, with what is near them."""
    at = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) > 127)
    return [(max(0, start - _NEAR), end + _NEAR) for start, end in joined(at, at + 1, _FAR)]
