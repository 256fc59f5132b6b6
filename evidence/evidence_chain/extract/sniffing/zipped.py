"""What the files in a ZIP are called, by its beginning and its end; nothing is unpacked.

The list at the end counts, wherever the files themselves lie (APPNOTE 6.3.10, 4.3.12). Where it is
longer than what is there of the end, what is there of it is read.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE, DIRECTORY_END = b"PK\x03\x04", b"PK\x05\x06"
_FILE_LENGTH = 30
_LISTED, _LISTED_LENGTH = b"PK\x01\x02", 46
_ENDS = (DIRECTORY_END, b"PK\x06\x06")
_MOST_NAMES = 20_000
_MOST_CONTENT = 1 << 16


def names(head: bytes, tail: bytes) -> list[str]:
    """The names of the files that begin in the head, and of those in the list at the end."""
    return [*_begun(head), *_listed(tail)]


def content(head: bytes, tail: bytes, name: str) -> bytes:
    """The first 64 KiB of a file in it that begins in the head or tail; nothing where none does."""
    wanted = name.encode()
    for part in (head, tail):
        for at in _found(part, FILE):
            start = at + _FILE_LENGTH
            length = _number(part, start - 4)
            if part[start : start + length] != wanted:
                continue
            begin = start + length + _number(part, start - 2)
            if _number(part, at + 8) == 0:
                return part[begin : begin + min(_MOST_CONTENT, _number(part, at + 18, 4))]
            try:
                return zlib.decompressobj(-15).decompress(part[begin:], _MOST_CONTENT)
            except zlib.error:
                return b""
    return b""


def _begun(head: bytes) -> Iterator[str]:
    for at in _found(head, FILE):
        start = at + _FILE_LENGTH
        yield head[start : start + _number(head, start - 4)].decode("utf-8", "replace")


def _listed(tail: bytes) -> list[str]:
    """The names in the list that ends where its end is told, as far back as it is there."""
    end = tail.rfind(DIRECTORY_END)
    if end < 0:
        return []
    begin = max(0, end - _number(tail, end + 12, 4))
    for at in _found(tail[:end], _LISTED, begin):
        found, there = list[str](), at
        while tail.startswith(_LISTED, there) and len(found) < _MOST_NAMES:
            start = there + _LISTED_LENGTH
            length = _number(tail, there + 28)
            found.append(tail[start : start + length].decode("utf-8", "replace"))
            there = start + length + _number(tail, there + 30) + _number(tail, there + 32)
        if tail.startswith(_ENDS, there):
            return found
    return []


def _found(data: bytes, signature: bytes, at: int = 0) -> Iterator[int]:
    at = data.find(signature, at)
    while at >= 0:
        yield at
        at = data.find(signature, at + 1)


def _number(data: bytes, at: int, size: int = 2) -> int:
    return int.from_bytes(data[at : at + size], "little")
