"""A stretch of bytes read as text in every charset in which a leak is looked for."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.publishing.leaks.folding import BARRIER, fold, fold_utf8, folded_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    rb"|[0-9A-Za-z](?:\xa1\xa1|\xa1\x40|\x81\x40)[0-9A-Za-z]"
)
"""Wide Latin letters, which are folded to ASCII, and a wide space between others."""
_NEAR = 1024
"""Bytes around what is not ASCII that are read in other charsets."""
_ASCII = re.compile(rb"[\x00-\x7f]{4096,}")
_HIGH = re.compile(rb"[\x80-\xff]([\x80-\xff]*)")
_RUN = 3
"""Characters of UTF-16 in a row, from which on they may be what is looked for."""
_ROWS = frozenset(
    {0x00, *range(0x20, 0x28), 0x2C, 0x2D, *range(0x30, 0x34), *range(0x01, 0x04)}
    | {*range(0x1C, 0x20), 0xA6, 0xA7, 0xAB, *range(0xD8, 0xE0), *range(0xF9, 0x100)}
)
"""First halves of characters that may be folded to those of any script."""


class View(NamedTuple):
    """Bytes as text that is folded, or what they become of a beginning of them."""

    charset: str
    folded: bytes
    parts: list[tuple[int, int]]
    """The stretches that were read, of the bytes."""
    read: Callable[[bytes], bytes]
    """What one stretch becomes."""


class Alphabet(NamedTuple):
    """What the needles are written in."""

    rows: frozenset[int]
    """First halves of their characters in UTF-16."""
    charsets: frozenset[str]
    """Those of several bytes that have a character of a needle beyond ASCII."""


def alphabet(needles: Iterable[str]) -> Alphabet:
    """What folded needles are written in."""
    chars = set().union(*map(set, needles))
    beyond = ["’" if char in "'-" else char for char in chars if char in "'-" or char > "\x7f"]
    wanted = {name for name, codec in MULTIPLE.items() if any(_has(codec, c) for c in beyond)}
    return Alphabet(_ROWS | {ord(c) >> 8 for c in chars if c < "\U00010000"}, frozenset(wanted))


def _has(codec: str, char: str) -> bool:
    try:
        return len(char.encode(codec)) > 0
    except UnicodeEncodeError:
        return False


def views(data: bytes, known: Alphabet) -> Iterator[View]:
    """Bytes as folded text, in each charset in which they may hold a needle."""
    yield View("UTF-8", fold_utf8(data), [(0, len(data))], fold_utf8)
    for order in ("little", "big"):
        yield from _utf16(data, order, known.rows)
    if b"\x1b$" in data:
        yield View(JAPANESE_7, _japanese(data), [(0, len(data))], _japanese)
    if data.isascii():
        return
    parts = _beyond_ascii(data)
    there = _joined(data, parts)
    for name in SINGLE:
        reads = _single(name)
        yield View(name, reads(there), parts, reads)
    is_wide = _WIDE.search(there) is not None
    for name, codec in MULTIPLE.items():
        if is_wide or name in known.charsets:
            reads = _multiple(codec)
            yield View(name, reads(there), parts, reads)
            shifted = _shifted(codec)
            yield View(name, shifted(there), parts, shifted)


def _joined(data: bytes, parts: list[tuple[int, int]]) -> bytes:
    return BARRIER.join(data[start:end] for start, end in parts)


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


@cache
def _multiple(codec: str) -> Callable[[bytes], bytes]:
    return lambda data: folded_bytes(data.decode(codec, "replace"))


@cache
def _shifted(codec: str) -> Callable[[bytes], bytes]:
    """The same, where a stray byte before a text is taken for the first half of a character."""
    return lambda data: folded_bytes(_HIGH.sub(rb"\1", data).decode(codec, "replace"))


def _japanese(data: bytes) -> bytes:
    return folded_bytes(data.decode("iso2022_jp_2", "replace"))


def _utf16(data: bytes, order: str, rows: frozenset[int]) -> Iterator[View]:
    """UTF-16 from even and from odd offsets, where several characters are of rows in question."""
    codec = "utf-16-le" if order == "little" else "utf-16-be"

    def read(part: bytes) -> bytes:
        return folded_bytes(part.decode(codec, "replace"))

    likely = _rows_pattern(rows)
    for offset in (0, 1):
        firsts = data[offset + (order == "little") :: 2]
        parts: list[tuple[int, int]] = []
        for run in likely.finditer(firsts):
            start, end = offset + 2 * run.start(), offset + 2 * run.end()
            if parts and start - parts[-1][1] < _NEAR:
                parts[-1] = parts[-1][0], end
            else:
                parts.append((start, end))
        if parts:
            folded = BARRIER.join(read(data[start:end]) for start, end in parts)
            yield View(f"UTF-16 ({order}-endian)", folded, parts, read)


@cache
def _rows_pattern(rows: frozenset[int]) -> re.Pattern[bytes]:
    return re.compile(b"[" + b"".join(b"\\x%02x" % row for row in sorted(rows)) + b"]{%d,}" % _RUN)
