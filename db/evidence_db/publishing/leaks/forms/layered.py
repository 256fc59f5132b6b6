"""Text that a format cuts into parts: overflowing cells of SQLite, pictures, streams of PDFs."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import TYPE_CHECKING

from evidence_db.publishing.leaks.forms.places import Pieces
from evidence_db.publishing.leaks.forms.undoing import is_escape
from evidence_db.publishing.leaks.forms.windows import is_in, matches, windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.publishing.leaks.forms.packed import Opened
    from evidence_db.publishing.leaks.forms.places import Stretch

SQLITE = b"SQLite format 3\0"
_PNG = re.compile(rb"\x89PNG\r\n\x1a\n")
_JPEG = re.compile(rb"\xff\xd8\xff")
_PDF = re.compile(rb"%PDF-[12]\.")
_CODED = re.compile(rb"(?<!end)stream\r?\n(?:<~)?([!-uz\s]{10,})~>")
_ENCRYPTED = re.compile(rb"/Encrypt[ \r\n]*(?:[0-9]+ [0-9]+ R|<<)")
_LZW = re.compile(rb"/(?:LZWDecode|LZW)\b")
_XMP = re.compile(rb"\Ahttp://ns\.adobe\.com/xmp/extension/\0.{40}", re.DOTALL)
"""What stands before each part of a long XMP."""
_TABLE_LEAF = 13
_CHAIN = 1 << 16
"""Pages that one cell may go on over."""


def joined(of: Stretch, opened: Opened) -> Iterator[Stretch]:
    """What formats have cut, put together again."""
    for pieces in (_cells(of), _pictures(of), _streams(of, opened)):
        if pieces.size:
            yield pieces.stretch()


def _cells(of: Stretch) -> Pieces:
    """The cells of an SQLite database that go on over other pages (its file format, 1.6)."""
    pieces, data = Pieces(of, "SQLite", inside=True), of.data
    if data[: len(SQLITE)] != SQLITE:
        return pieces
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    if size < 512:
        return pieces
    usable = size - data[20]
    for begin, end in windows(data, size):
        for start in range(begin, end - size + 1, size):
            head = start + (100 if start == 0 else 0)
            if data[head] == _TABLE_LEAF:
                for at in _cells_of(data, head, start, size):
                    if cell := _whole_cell(data, at, size, usable):
                        pieces.add(cell, at)
    return pieces


def _cells_of(data: bytes, head: int, start: int, size: int) -> Iterator[int]:
    count = int.from_bytes(data[head + 3 : head + 5], "big")
    for index in range(min(count, size // 2)):
        pointer = head + 8 + 2 * index
        yield start + int.from_bytes(data[pointer : pointer + 2], "big")


def _whole_cell(data: bytes, at: int, size: int, usable: int) -> bytes:
    """The payload of a cell of a table, if it goes on over other pages."""
    length, at = _varint(data, at)
    _, at = _varint(data, at)
    if length <= usable - 35:
        return b""
    least = (usable - 12) * 32 // 255 - 23
    local = least + (length - least) % (usable - 4)
    local = local if local <= usable - 35 else least
    parts, at = [data[at : at + local]], at + local
    for _ in range(min(_CHAIN, length // (usable - 4) + 1)):
        page = int.from_bytes(data[at : at + 4], "big")
        at = (page - 1) * size
        if page == 0 or at + size > len(data):
            break
        parts.append(data[at + 4 : at + usable])
    return b"".join(parts)[:length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(9):
        byte = data[at + index] if at + index < len(data) else 0
        if index == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 127
        if byte < 128:
            return value, at + index + 1
    return value, at + 9


def _pictures(of: Stretch) -> Pieces:
    pieces = Pieces(of, "picture", inside=True)
    for head in matches(_PNG, of.data):
        packed = [data for sort, data in _chunks(of.data, head.end()) if sort == b"IDAT"]
        if len(packed) > 1:  # else it is found as zlib
            pieces.add(_unpacked(b"".join(packed)), head.start())
    for head in matches(_JPEG, of.data):
        if segments := b"".join(_segments(of.data, head.start() + 2)):
            pieces.add(segments, head.start())
    return pieces


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, 64 << 20)
    except zlib.error:
        return b""


def _chunks(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each chunk of a PNG."""
    while at + 8 <= len(data):
        length, sort = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if not sort.isalpha():
            return
        yield sort, data[at + 8 : at + 8 + length]
        at += length + 12


def _segments(data: bytes, at: int) -> Iterator[bytes]:
    """What applications and people wrote into a JPEG, which is cut every 64 KiB."""
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE:
            content = data[at + 4 : at + 2 + length]
            yield re.sub(
                rb"\Ahttp://ns\.adobe\.com/xmp/extension/\0.{40}", b"", content, flags=re.DOTALL
            )
        at += 2 + max(2, length)


def _streams(of: Stretch, opened: Opened) -> Pieces:
    """The streams of a PDF that are written in ASCII 85; those of Deflate are found as such."""
    pieces = Pieces(of, "PDF", inside=True)
    if not is_in(_PDF, of.data):
        return pieces
    if is_in(_ENCRYPTED, of.data):
        opened.refuse("a PDF is encrypted")
    if is_in(_LZW, of.data):
        opened.refuse("a stream of a PDF is packed by LZW")
    for stream in _CODED.finditer(of.data):
        try:
            pieces.add(base64.a85decode(re.sub(rb"\s", b"", stream[1])), stream.start())
        except (ValueError, binascii.Error):
            if not _was_damaged(of):
                opened.refuse("a stream of a PDF is no ASCII 85")
    return pieces


def _was_damaged(of: Stretch) -> bool:
    """Whether undoing escapes made of streams what can't be read, which were there before it.

    What looks like an escape stands in ASCII 85 by chance, as `%` and `+` may in any of it.
    """
    if of.source is None or not is_escape(of) or not is_in(_PDF, of.source.data):
        return False
    coded = sum(1 for _ in _CODED.finditer(of.data))
    return coded <= sum(1 for _ in _CODED.finditer(of.source.data))
