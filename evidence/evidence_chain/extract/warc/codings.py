"""The codings in which a server sends a body (RFC 9110, section 8.4.1), undone within bounds.

What the content is goes before what it is called: archives keep the name of a coding that they
have undone, and servers name codings that they didn't use.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from evidence_chain.extract.sniffing import HEAD, UNKNOWN, sniff

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CONTENT = 32 << 20
"""Bytes of one response, once decoded, that are read."""
WINDOW_LOG = 27
"""The largest window of Zstandard that is given memory, as a power of two: 128 MB."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
"""Frames of Zstandard that hold nothing of the content (RFC 8878, section 3.1.2)."""
_PIECE = 1 << 16
_NEEDS_MORE = ("aes128gcm", "compress", "dcb", "dcz", "exi", "pack200-gzip", "x-compress")
"""Registered codings that nothing here undoes; any other name is none."""


class Unread(Exception):  # noqa: N818 - it is what is said, and no failure of the archive
    """Why the content of a response can't be read."""


class _DamagedError(Exception):
    pass


def undo(name: str, data: bytes) -> bytes:
    """The content without one coding; what isn't in that coding is left as it is.

    Args:
        name: as the server said, in small letters, such as `gzip`.
        data: what came.

    Raises:
        Unread: the coding can't be undone here, it is damaged, or the content is too long.
    """
    if not data or name == "identity":
        return data
    try:
        if data.startswith((_GZIP, _ZSTD)) and name in _DECODERS:
            return unpacked(data)
        if name in _DECODERS:
            return _DECODERS[name](data)
    except (_DamagedError, zlib.error):
        raise Unread(f"its encoding {name!r} is damaged") from None
    if name in _NEEDS_MORE or not is_text(data):
        raise Unread(f"its encoding {name!r} is not known here")
    return data


def unpacked(data: bytes) -> bytes:
    """What gzip or Zstandard packed, by how it begins; anything else as it is.

    Raises:
        Unread: it is damaged, or too long.
    """
    try:
        if data.startswith(_GZIP):
            return _gunzip(data)
        return _unzstd(data) if data.startswith(_ZSTD) else data
    except (_DamagedError, zlib.error):
        name = "gzip" if data.startswith(_GZIP) else "zstd"
        raise Unread(f"its encoding {name!r} is damaged") from None


def is_text(data: bytes) -> bool:
    """Whether it may be a text, or anything else that can be told by how it begins."""
    return sniff(data[:HEAD], "") != UNKNOWN


def _gunzip(data: bytes) -> bytes:
    """Undo gzip, of which there may be several members."""
    pieces, left = [], MAX_CONTENT + 1
    while data.startswith(_GZIP):
        piece, data = _inflate(data, 31, left)
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _undeflate(data: bytes) -> bytes:
    """Undo `deflate`, which servers send with and without the wrapping that is prescribed."""
    try:
        return _inflate(data, 15, MAX_CONTENT + 1)[0]
    except zlib.error:
        pass
    try:
        found, rest = _inflate(data, -15, MAX_CONTENT + 1)
    except zlib.error:
        found, rest = b"", data
    return found if not rest else _text_or_damaged(data)


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
    """Undo `br` (RFC 7932), which has no mark to be known by."""
    import brotlicffi

    stream, pieces, size, rest = brotlicffi.Decompressor(), list[bytes](), 0, data
    try:
        while not stream.is_finished():
            piece = stream.process(rest, output_buffer_limit=_PIECE)
            rest = b""
            if not piece:
                break
            pieces.append(piece)
            size += len(piece)
            if size > MAX_CONTENT:
                raise _too_long()
    except brotlicffi.error:
        return _text_or_damaged(data)
    if not stream.is_finished():
        raise _DamagedError
    return b"".join(pieces)


def _unzstd(data: bytes) -> bytes:
    """Undo `zstd` (RFC 8878), frame by frame."""
    from backports import zstd

    pieces, size = list[bytes](), 0
    options = {int(zstd.DecompressionParameter.window_log_max): WINDOW_LOG}
    try:
        while data:
            if skipped := skippable(data):
                data = data[skipped:]
                continue
            frame, rest = zstd.ZstdDecompressor(options=options), data
            while not frame.eof:
                pieces.append(frame.decompress(rest, _PIECE))
                rest = b""
                size += len(pieces[-1])
                if size > MAX_CONTENT:
                    raise _too_long()
                if frame.needs_input and not frame.eof:
                    raise _DamagedError
            data = frame.unused_data
    except zstd.ZstdError as error:
        raise _DamagedError from error
    return b"".join(pieces)


def skippable(data: bytes) -> int:
    """The length of the skippable frame of Zstandard that data begins with; 0 for none."""
    found = int.from_bytes(data[:4], "little") in _SKIPPABLE and len(data) >= 8
    return 8 + int.from_bytes(data[4:8], "little") if found else 0


def _text_or_damaged(data: bytes) -> bytes:
    """Content that never was in the coding it is said to be in, if that can be told."""
    if not is_text(data):
        raise _DamagedError
    return data


def _too_long() -> Unread:
    return Unread(f"it has more than {MAX_CONTENT >> 20} MB")


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _text_or_damaged,
    "x-gzip": _text_or_damaged,
    "zstd": lambda data: _unzstd(data) if skippable(data) else _text_or_damaged(data),
    "deflate": _undeflate,
    "br": _unbrotli,
}
