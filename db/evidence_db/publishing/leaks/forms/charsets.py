"""A stretch of bytes read as text in every charset in which a leak is looked for."""

from __future__ import annotations

import codecs
import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evidence_db.publishing.leaks.forms.alphabet import Alphabet
from evidence_db.publishing.leaks.forms.folding import BARRIER, fold, fold_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

SINGLE = {
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "ISO 8859-15": "iso8859_15",
    "KOI8-R": "koi8_r",
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
_WIDE = re.compile(
    rb"(?:\xa3[\xa1-\xfe]){3}|(?:[\xa1-\xa3][\x40-\xfe]){3}|(?:[\x81\x82][\x40-\x9a]){3}"
    rb"|[0-9A-Za-z](?:\xa1\xa1|\xa1\x40|\x81\x40|[\x81-\x84][0-9][\x81-\xfe][0-9])[0-9A-Za-z]"
)
"""Wide Latin letters, which are folded to ASCII, and spaces or unseen signs between others."""
_NEAR = 1024
"""Bytes around what is not ASCII that are read in other charsets."""
_ASCII = re.compile(rb"(?<![\x00-\x7f])[\x00-\x7f]{4096,}")
_UNSEEN = bytes({*range(2, 0x1B), *range(0x1C, 0x21), 0x7F, 0})
"""ASCII that no charset of several bytes has within a character, and that is taken out."""
_JAPANESE = re.compile(rb"\x1b\$[@B]([\t-\r -~]*)")
_TO_ASCII = re.compile(rb"\x1b\([BJ]")
_EIGHT = bytes(code | 0x80 if 0x21 <= code <= 0x7E else code for code in range(256))
_ASCII_CHARS = frozenset(map(chr, range(128)))
_AS_WRITTEN = {"'": "’", "-": "–"}
"""What is folded to these is not ASCII everywhere."""


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
        beyond = {_AS_WRITTEN.get(char, char) for char in self._alphabet.chars} - _ASCII_CHARS
        self._multiple = [
            name for name, codec in MULTIPLE.items() if any(_has(codec, char) for char in beyond)
        ]

    def views(self, data: bytes) -> Iterator[View]:
        """Bytes as folded text, in one charset after the other."""
        if self._is_idle:
            return
        yield View("UTF-8", self._utf8(data), [(0, len(data))], self._utf8)
        yield from self._utf16(data)
        if b"\x1b$" in data:
            yield View(JAPANESE_7, self._japanese(data), [(0, len(data))], self._japanese)
        if data.isascii():
            return
        parts = _beyond_ascii(data)
        there = BARRIER.join(data[start:end] for start, end in parts)
        for name in SINGLE:
            reads = _single(name)
            yield View(name, reads(there), parts, reads)
        names = MULTIPLE if _WIDE.search(there) else self._multiple
        there = there.translate(None, _UNSEEN)
        shifted = _shifted(there) if names else b""
        for name in names:
            reads = partial(self._multi, MULTIPLE[name])
            yield View(name, reads(there), parts, reads)
            yield View(name, reads(shifted), parts, partial(self._late, MULTIPLE[name]))

    def _utf8(self, data: bytes) -> bytes:
        return fold_utf8(data, self._alphabet.fold)

    def _multi(self, codec: str, data: bytes) -> bytes:
        return self._alphabet.fold(data.decode(codec, "replace"))

    def _late(self, codec: str, data: bytes) -> bytes:
        return self._multi(codec, _shifted(data))

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


def _has(codec: str, char: str) -> bool:
    try:
        return len(char.encode(codec)) > 0
    except UnicodeEncodeError:
        return False


def _beyond_ascii(data: bytes) -> list[tuple[int, int]]:
    """The stretches that are not ASCII, with what is near them."""
    runs = [run.span() for run in _ASCII.finditer(data)]
    starts, ends = [0, *(end for _, end in runs)], [*(start for start, _ in runs), len(data)]
    gaps = zip(starts, ends, strict=True)
    return [(max(0, start - _NEAR), end + _NEAR) for start, end in gaps if start < end]


@cache
def _single(name: str) -> Callable[[bytes], bytes]:
    """How a charset of single bytes is read and folded, which is faster byte by byte."""
    chars = [bytes([code]).decode(SINGLE[name], "replace") for code in range(256)]
    folds = [fold(char) for char in chars]
    unseen = bytes(code for code, to in enumerate(folds) if not to)
    table = "".join(to if len(to) == 1 else chr(0xE000 + code) for code, to in enumerate(folds))
    longer = [(chr(0xE000 + code), to) for code, to in enumerate(folds) if len(to) > 1]

    def read(data: bytes) -> bytes:
        text, _ = codecs.charmap_decode(data.translate(None, unseen), "strict", table)
        for char, to in longer:
            text = text.replace(char, to)
        return text.encode()

    return read
