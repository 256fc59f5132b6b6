"""What a web server sent, taken apart: its headers, and the content without its encodings.

Stricter than a browser: content that can't be decoded to its end is said to be unread, since half
a page looks like a whole one.
"""

from __future__ import annotations

import zlib
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CONTENT = 32 << 20
"""Bytes of one response, once decoded, that are read."""


class Unread(Exception):  # noqa: N818 - it is what is said, and no failure of the archive
    """Why the content of a response can't be read."""


class Response(NamedTuple):
    """The answer of a web server as it was captured."""

    status: str
    headers: dict[str, str]
    """The first value of each, by its name in lower case."""
    payload: bytes
    """What follows the headers, as it was sent."""

    @property
    def chunked(self) -> bool:
        """Whether the payload was sent in chunks, as some archives keep it."""
        return "chunked" in self.headers.get("transfer-encoding", "").lower()


def parse(block: bytes) -> Response:
    """Take the block of a response record apart."""
    from warcio.statusandheaders import StatusAndHeadersParser

    stream = BytesIO(block)
    found = StatusAndHeadersParser([], verify=False).parse(stream)
    headers: dict[str, str] = {}
    for name, value in found.headers:
        headers.setdefault(name.lower(), value.strip())
    return Response(found.get_statuscode(), headers, stream.read())


def content(response: Response) -> bytes:
    """The content, after undoing the transfer encoding and the content encodings.

    Raises:
        Unread: an encoding isn't known here, is damaged, or the content is too long.
    """
    data = dechunk(response.payload) if response.chunked else None
    data = response.payload if data is None else data
    encodings = response.headers.get("content-encoding", "").lower().split(",")
    for encoding in filter(None, map(str.strip, reversed(encodings))):
        data = _decode(encoding, data)
    if len(data) > MAX_CONTENT:
        raise _too_long()
    return data


def dechunk(data: bytes) -> bytes | None:
    """The chunks put together, or `None` if there are none: many archives store them so."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 1000)
        size = _size(data[at:end]) if end > 0 else None
        if size is None or end + 2 + size > len(data):
            return None
        if not size:
            return b"".join(pieces)
        pieces.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _size(line: bytes) -> int | None:
    digits = line.split(b";")[0].strip()
    return int(digits, 16) if digits.isalnum() and len(digits) < 16 and _is_hex(digits) else None


def _is_hex(digits: bytes) -> bool:
    return not digits.strip(b"0123456789abcdefABCDEF")


def _decode(encoding: str, data: bytes) -> bytes:
    if encoding == "identity" or not data:
        return data
    try:
        return _DECODERS[encoding](data)
    except KeyError:
        raise Unread(f"its encoding {encoding!r} is not known here") from None
    except ImportError:
        raise Unread(f"its encoding {encoding!r} needs a package that isn't installed") from None
    except zlib.error:
        raise Unread(f"its encoding {encoding!r} is damaged") from None


def _gunzip(data: bytes) -> bytes:
    """Undo gzip, of which there may be several members; content that never was is left as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    pieces, left = [], MAX_CONTENT + 1
    while data.startswith(b"\x1f\x8b"):
        piece, data = _inflate(data, 31, left)
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _undeflate(data: bytes) -> bytes:
    """Undo `deflate`, which servers send with and without the wrapping that is prescribed."""
    try:
        return _inflate(data, 15, MAX_CONTENT + 1)[0]
    except zlib.error:
        return _inflate(data, -15, MAX_CONTENT + 1)[0]


def _inflate(data: bytes, window: int, left: int) -> tuple[bytes, bytes]:
    """What `data` inflates to, and what follows it.

    Raises:
        Unread: it is longer than what is left.
        zlib.error: it is damaged or ends too early.
    """
    stream = zlib.decompressobj(window)
    found = stream.decompress(data, max(left, 1))
    if len(found) >= left or stream.unconsumed_tail:
        raise _too_long()
    if not stream.eof:
        raise zlib.error
    return found, stream.unused_data


def _unbrotli(data: bytes) -> bytes:
    brotli = import_module("brotli")
    stream, pieces, size = brotli.Decompressor(), [], 0
    try:
        for at in range(0, len(data), 4096):
            pieces.append(stream.process(data[at : at + 4096]))
            size += len(pieces[-1])
            if size > MAX_CONTENT:
                raise _too_long()
    except brotli.error as error:
        raise zlib.error from error
    if not stream.is_finished():
        raise zlib.error
    return b"".join(pieces)


def _too_long() -> Unread:
    return Unread(f"it has more than {MAX_CONTENT >> 20} MB")


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
}
