"""The bytes of a published SQLite file: nothing in them that no row accounts for.

SQLite's file format (https://sqlite.org/fileformat2.html) leaves room in which old contents stay:
free pages, the reserved parts of its header, and whatever lies between the cells of a page.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"SQLite format 3\0"
_HEADER = 100
_LEAVES = (0x0D, 0x0A)
_BTREES = {0x0D: 8, 0x0A: 8, 0x05: 12, 0x02: 12}
"""Bytes of a b-tree page's header, by the type of page."""
_TABLE_LEAF, _INDEX_LEAF, _TABLE, _INDEX = 0x0D, 0x0A, 0x05, 0x02
MOST = 20
"""Pages that are named where many are wrong."""


def problems(file: BinaryIO, size: int) -> Iterator[str]:
    """Yield what a published database must not have.

    Args:
        file: The database, open at its beginning.
        size: Its length in bytes.
    """
    header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(MAGIC):
        yield "It is no SQLite database."
        return
    page_size = int.from_bytes(header[16:18]) or 0
    page_size = 65_536 if page_size == 1 else page_size
    yield from _header_problems(header, page_size, size)
    if page_size < 512 or page_size & (page_size - 1) or size % page_size:
        return
    file.seek(0)
    found = 0
    for number in range(1, size // page_size + 1):
        page = file.read(page_size)
        if _has_leftovers(page, number, page_size - header[20]):
            found += 1
            if found <= MOST:
                yield f"Page {number} has bytes that belong to no cell and are not zero."


def _header_problems(header: bytes, page_size: int, size: int) -> Iterator[str]:
    pages, first_free, free = (int.from_bytes(header[at : at + 4]) for at in (28, 32, 36))
    if header[18:20] != b"\x01\x01":
        yield "Its header says that it has a write-ahead log."
    if int.from_bytes(header[56:60]) != 1:
        yield "Its text is not in UTF-8."
    if int.from_bytes(header[52:56]):
        yield "It has auto-vacuum on."
    if first_free or free:
        yield "It has free pages, in which deleted rows may stay."
    if not page_size or pages * page_size != size:
        yield f"It says that it has {pages:,} pages of {page_size:,} bytes, and has {size:,} bytes."
    if any(header[20:21] + header[48:52] + header[60:92]):
        yield "Parts of its header that are reserved, or free to use, are not zero."


def _has_leftovers(page: bytes, number: int, usable: int) -> bool:
    """Whether a b-tree page has something between its cells; others have no cells."""
    start = _HEADER if number == 1 else 0
    length = _BTREES.get(page[start])
    if length is None:
        return False
    try:
        used = bytearray(b"\1" * (start + length)) + bytearray(len(page) - start - length)
        (count,) = struct.unpack_from(">H", page, start + 3)
        pointers = start + length
        used[pointers : pointers + 2 * count] = b"\1" * (2 * count)
        for (at,) in struct.iter_unpack(">H", page[pointers : pointers + 2 * count]):
            end = at + max(4, _cell_size(page, at, page[start], usable))
            if end > len(page):
                return True
            used[at:end] = b"\1" * (end - at)
    except (IndexError, struct.error):
        return True
    return any(byte for byte, is_used in zip(page, used, strict=False) if not is_used and byte)


def _cell_size(page: bytes, at: int, kind: int, usable: int) -> int:
    """Bytes of a cell on its page, without what overflows (section 1.6 of the format)."""
    if kind == _TABLE:
        _, key = _varint(page, at + 4)
        return 4 + key
    before = 4 if kind == _INDEX else 0
    payload, length = _varint(page, at + before)
    before += length
    if kind == _TABLE_LEAF:
        before += _varint(page, at + before)[1]
    most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    if payload <= most:
        return before + payload
    least = (usable - 12) * 32 // 255 - 23
    kept = least + (payload - least) % (usable - 4)
    return before + (kept if kept <= most else least) + 4


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer, and how many bytes it has."""
    value = 0
    for length in range(1, 9):
        byte = page[at + length - 1]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, length
    return value << 8 | page[at + 8], 9
