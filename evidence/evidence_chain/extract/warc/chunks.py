"""The chunks in which HTTP/1.1 sends a body (RFC 9112, section 7.1).

The size of a chunk is no word of the page, so it never becomes one: what isn't whole is left out,
and it is said why (section 8).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?(?:\r?\n|\r)")
"""The line before a chunk. A bare line feed ends it too, since some archivers write so."""
_CUT_SIZE = re.compile(rb"[ \t]*[0-9A-Fa-f]{1,15}[ \t]*(?:;[^\r\n]*)?\r?")
_CHUNK_END = re.compile(rb"\r?\n|\r|\Z")
_LAST = re.compile(rb"[\r\n]0+(?:\r?\n|\r){1,2}\Z")
"""The last chunk, which shows what a body is whose first size is broken."""
_TRAILER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n)*(?:\r?\n)?")


class Body(NamedTuple):
    """What came of a body."""

    data: bytes
    lacks: str = ""
    """Why that is only a part of it, if so."""


def dechunk(data: bytes) -> Body | None:
    """The whole chunks put together, or `None` if these are no chunks: many archives undo them."""
    pieces: list[bytes] = []
    begun = at = len(data) - len(data.lstrip(b"\r\n"))
    while line := _SIZE.match(data, at):
        size, start = int(line[1], 16), line.end()
        if not size:
            return Body(b"".join(pieces))
        if start + size > len(data):
            return Body(b"".join(pieces), f"it ends within a chunk of {size:,} bytes")
        end = _CHUNK_END.match(data, start + size)
        if not end:
            return Body(b"".join(pieces), f"a chunk of {size:,} bytes doesn't end where it says")
        pieces.append(data[start : start + size])
        at = end.end()
    if at == begun and not (_CUT_SIZE.fullmatch(data, at) or _LAST.search(data, len(data) - 40)):
        return None
    broken = "its last chunk is missing" if at == len(data) else "the size of a chunk is broken"
    return Body(b"".join(pieces), broken)


def are_chunks(data: bytes) -> bool:
    """Whether a body is chunks, though nobody calls it chunked.

    It is if the last one is there, or else if some of it is markup, which begins with no number.
    """
    at = 0
    while line := _SIZE.match(data, at):
        size = int(line[1], 16)
        if not size and at and _TRAILER.fullmatch(data, line.end()):
            return True
        end = _CHUNK_END.match(data, line.end() + size)
        if not end or not 0 < size <= len(data) - line.end():
            break
        at = end.end()
    first = _SIZE.match(data) if at else None
    return first is not None and data[first.end() : first.end() + 1] == b"<"
