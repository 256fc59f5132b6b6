"""What is packed by Deflate within a file: gzip, zlib, members of a ZIP, streams of a PDF or PNG.

Found by how it begins, wherever it stands, and unpacked within limits by zlib alone; whatever is
damaged is searched as far as it goes. Lists of members are believed nowhere.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from evidence_db.publishing.leaks.forms.places import Pieces, Stretch
from evidence_db.publishing.leaks.forms.windows import matches, windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LARGEST = 64 << 20
"""Bytes that one stream may unpack to."""
MOST = 1 << 30
"""Bytes that all that begins in one file may unpack to."""
DEPTH = 3
_SMALL = 1 << 16
"""Bytes up to which what was unpacked is searched with others."""
_STEP = 1 << 16
_SHORTEST = 6
_LOOKED_AT = 1 << 20
_HEAD = 1 << 12
"""Bytes that are tried before a stream is unpacked."""
_ZIP = re.compile(rb"PK\x03\x04.{2}(.{2})(.{2}).{16}(.{2})(.{2})", re.DOTALL)
_OTHERS = {
    "bzip2": re.compile(rb"BZh[1-9]1AY&SY"),
    "xz": re.compile(rb"\xfd7zXZ\0"),
    "7-Zip": re.compile(rb"7z\xbc\xaf\x27\x1c"),
    "RAR": re.compile(rb"Rar!\x1a\x07"),
    "Zstandard": re.compile(rb"\x28\xb5\x2f\xfd"),
    "Brotli": re.compile(rb"\n[cC](?i:ontent-encoding:[^\n]{0,100}\bbr\b)"),
}
"""What is not unpacked here, by how it begins; Brotli by what an answer of the web says.

One pattern for each: `re` finds one by the byte that it begins with, and all in one a hundred
times slower.
"""
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_DEFLATED, _STORED = 8, 0
_AUTOMATIC, _RAW, _GZIPPED = 15, -15, 31


@cache
def _zlib_heads() -> NDArray[np.bool_]:
    """Which two bytes zlib begins with, by RFC 1950, section 2.2, without a dictionary."""
    heads = np.arange(1 << 16)
    of_deflate = (heads >> 8 & 0x8F) == _DEFLATED
    found: NDArray[np.bool_] = of_deflate & (heads % 31 == 0) & (heads & 0x20 == 0)
    return found


def _zlib_begins(data: bytes) -> Iterator[int]:
    """Where zlib may begin."""
    for begin, end in windows(data):
        for start in range(begin, end, _LOOKED_AT):
            yield from _zlib_begins_in(data[start : start + _LOOKED_AT + 1], start)


def _zlib_begins_in(data: bytes, start: int) -> list[int]:
    units = np.frombuffer(data, dtype=np.uint8)
    at = np.flatnonzero((units[:-1] & np.uint8(0x8F)) == _DEFLATED)
    heads = units[at].astype(np.uint16) << np.uint16(8) | units[at + 1]
    found: list[int] = (at[_zlib_heads()[heads]] + start).tolist()
    return found


def _until_damaged(unpacking: zlib._Decompress, fed: bytes, most: int) -> bytes:
    """What comes before the damage, to the byte; its sum need not be right."""
    parts, step, size = [], _STEP, 0
    while step > 1:
        step //= 16
        while fed and size < most:
            before = unpacking.copy()
            try:
                parts.append(unpacking.decompress(fed[:step]))
            except zlib.error:
                unpacking = before
                break
            fed, size = fed[step:], size + len(parts[-1])
    return b"".join(parts)


def _begins_well(head: bytes, window: int) -> bool:
    """Whether more comes of a beginning than is looked at; most that look like one are none."""
    try:
        zlib.decompressobj(window).decompress(head, _SHORTEST)
    except zlib.error:
        return False
    return True


class Opened:
    """Unpacks what is in one file, and remembers what it could not."""

    def __init__(self) -> None:
        self.unopened: dict[str, int] = {}
        """Why something was not searched inside, and how often."""
        self._left = MOST

    def refuse(self, why: str) -> None:
        """Remember that something was not searched inside."""
        self.unopened[why] = self.unopened.get(why, 0) + 1

    @property
    def refusals(self) -> int:
        """How often something was not searched inside."""
        return sum(self.unopened.values())

    def inside(self, of: Stretch) -> Iterator[Stretch]:
        """What is packed in a stretch."""
        for name, begun in _OTHERS.items():
            for _ in matches(begun, of.data):
                self.refuse(f"something is packed by {name}")
        yield from self._streams(of, "zlib", self._zlib(of.data))
        yield from self._streams(of, "gzip", self._gzip(of.data))
        yield from self._streams(of, "ZIP", self._zip(of.data))

    def _zlib(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        for at in _zlib_begins(data):
            yield at, self._inflated(data, at, _AUTOMATIC)

    def _gzip(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        for head in matches(_GZIP, data):
            yield head.start(), self._inflated(data, head.start(), _GZIPPED)

    def _zip(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        for head in matches(_ZIP, data):
            flags, method, name, extra = (int.from_bytes(one, "little") for one in head.groups())
            if flags & 1:
                self.refuse("a member of a ZIP is encrypted")
            elif method == _DEFLATED:
                start = head.end() + name + extra
                yield start, self._inflated(data, start, _RAW)
            elif method != _STORED:
                self.refuse(f"a member of a ZIP is packed by method {method}")

    def _inflated(self, data: bytes, start: int, window: int) -> bytes:
        """What a stream unpacks to, as far as it can be."""
        if not _begins_well(data[start : start + _HEAD], window):
            return b""
        unpacking, parts, size, tail = zlib.decompressobj(window), [], 0, b""
        most = min(LARGEST, self._left)
        while not unpacking.eof and size <= most:
            fed = tail or data[start : start + _STEP]
            start += 0 if tail else len(fed)
            if not fed:
                break
            before = unpacking.copy()
            try:
                part = unpacking.decompress(fed, most + 1 - size)
            except zlib.error:
                parts.append(_until_damaged(before, fed, most + 1 - size))
                size += len(parts[-1])
                break
            tail = unpacking.unconsumed_tail
            parts.append(part)
            size += len(part)
        if size > most:
            self.refuse("something unpacks to more than is unpacked of one file")
        self._left -= min(size, self._left)
        return b"".join(parts)

    def _streams(
        self, of: Stretch, form: str, streams: Iterator[tuple[int, bytes]]
    ) -> Iterator[Stretch]:
        """What was unpacked: small streams together, each large one by itself."""
        together = Pieces(of, form, inside=True)
        for start, data in streams:
            if len(data) < _SHORTEST:
                continue
            if len(data) <= _SMALL:
                together.add(data, start)
                continue
            alone = Pieces(of, form, inside=True)
            alone.add(data, start)
            yield alone.stretch()
        if together.size:
            yield together.stretch()
