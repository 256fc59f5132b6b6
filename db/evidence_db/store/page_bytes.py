"""The bytes of a published SQLite file: nothing in them that no row accounts for.

SQLite's file format (https://sqlite.org/fileformat2.html) leaves room in which old contents stay:
free pages, the reserved parts of its header, and whatever lies between the cells of a page.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"SQLite format 3\0"
_HEADER = 100
_BTREES = {0x0D: 8, 0x0A: 8, 0x05: 12, 0x02: 12}
"""Bytes of a b-tree page's header, by the type of page."""
_TABLE_LEAF, _TABLE, _INDEX = 0x0D, 0x05, 0x02
_PAGE = struct.Struct(">HHHB")
"""Of a b-tree page: its first free block, its cells, where they begin, bytes of fragments."""
_AT_ONCE = 32
"""Pages that are read at once."""
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


def are_plain(file: BinaryIO, size: int) -> bool:
    """Whether each page has its cells without room between them, as `pack` leaves it.

    Quick, since it looks at no cell: that no page has more room than it says, SQLite's
    `integrity_check` tells. What is not plain may still be without problems.

    Args:
        file: The database, open at its beginning.
        size: Its length in bytes.
    """
    header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(MAGIC):
        return False
    page_size = int.from_bytes(header[16:18])
    if any(_header_problems(header, page_size, size)) or page_size < 512 or size % page_size:
        return False
    file.seek(0)
    read = 0
    while pages := file.read(page_size * _AT_ONCE):
        if not _have_no_room(pages, page_size, is_first=not read):
            return False
        read += len(pages)
    return read == size


def _have_no_room(pages: bytes, page_size: int, *, is_first: bool) -> bool:
    """Whether nothing but zeros lies before the cells of each page, and nothing between them."""
    zeros = bytes(page_size)
    for start in range(0, len(pages), page_size):
        begin = start if start or not is_first else _HEADER
        length = _BTREES.get(pages[begin])
        if length is None:
            continue
        free, count, content, fragments = _PAGE.unpack_from(pages, begin + 1)
        cells, content = begin + length + 2 * count, start + (content or 65_536)
        between = pages[cells:content]
        if free or fragments or cells > content or between != zeros[: len(between)]:
            return False
    return True


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


def pack(path: Path) -> None:
    """Take out the room between cells, in a database that nobody has open."""
    with path.open("r+b") as file:
        header = file.read(_HEADER)
        page_size = int.from_bytes(header[16:18])
        page_size = 65_536 if page_size == 1 else page_size
        at = 0
        file.seek(at)
        while pages := file.read(page_size * _AT_ONCE):
            if not _have_no_room(pages, page_size, is_first=not at):
                file.seek(at)
                for start in range(0, len(pages), page_size):
                    number = (at + start) // page_size + 1
                    page = pages[start : start + page_size]
                    file.write(_packed(page, number, page_size - header[20]))
            at += len(pages)
            file.seek(at)


def _packed(page: bytes, number: int, usable: int) -> bytes:
    """A b-tree page with its cells at its end, and zeros before them; any other as it is."""
    begin = _HEADER if number == 1 else 0
    length = _BTREES.get(page[begin])
    if length is None:
        return page
    free, count, content, fragments = struct.unpack_from(">HHHB", page, begin + 1)
    cells = begin + length + 2 * count
    if not free and not fragments and not page[cells : content or 65_536].strip(b"\0"):
        return page
    at, pointers = usable, []
    found = bytearray(page[: begin + length]) + bytearray(len(page) - begin - length)
    for (start,) in struct.iter_unpack(">H", page[begin + length : begin + length + 2 * count]):
        size = max(4, _cell_size(page, start, page[begin], usable))
        at -= size
        found[at : at + size] = page[start : start + size]
        pointers.append(at)
    struct.pack_into(f">{count}H", found, begin + length, *pointers)
    struct.pack_into(">H", found, begin + 1, 0)
    struct.pack_into(">HB", found, begin + 5, at % 65_536, 0)
    return bytes(found)


def _has_leftovers(page: bytes, number: int, usable: int) -> bool:
    """Whether a b-tree page has something between its cells; others have no cells."""
    try:
        gaps = _gaps(page, number, usable)
    except (IndexError, struct.error, ValueError):
        return True
    return any(page[start:end].strip(b"\0") for start, end in gaps)


def _gaps(page: bytes, number: int, usable: int) -> list[tuple[int, int]]:
    """What of a b-tree page neither its header nor its pointers nor a cell needs.

    Pages that hold the rest of long cells are told from b-tree pages by their first byte, which is
    part of the number of a page: 0 in any database of fewer than 2**25 pages.
    """
    begin = _HEADER if number == 1 else 0
    length = _BTREES.get(page[begin])
    if length is None:
        return []
    (count,) = struct.unpack_from(">H", page, begin + 3)
    at = begin + length + 2 * count
    gaps = []
    for (start,) in sorted(struct.iter_unpack(">H", page[begin + length : at])):
        if start < at:
            raise ValueError("cells overlap")
        gaps.append((at, start))
        at = start + max(4, _cell_size(page, start, page[begin], usable))
    if at > len(page):
        raise ValueError("a cell goes beyond its page")
    return [*gaps, (at, len(page))]


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
