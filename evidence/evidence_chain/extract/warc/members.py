"""One member of gzip, or one frame of Zstandard, unpacked piece by piece."""

from __future__ import annotations

import zlib
from typing import Protocol

from evidence_chain.extract.warc.codings import WINDOW_LOG

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
"""How each begins."""
PIECE = 1 << 16
"""Bytes that are unpacked at a time."""


class Member(Protocol):
    """One member or frame as it is unpacked."""

    @property
    def hungry(self) -> bool:
        """Whether it needs more bytes to go on."""
        ...

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def feed(self, data: bytes) -> bytes:
        """The next piece, of at most `PIECE` bytes.

        Raises:
            DamagedError: it is damaged.
        """
        ...


class DamagedError(Exception):
    """Packed bytes that can't be unpacked."""


class Gzip:
    """A member of gzip (RFC 1952)."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(31)
        self.hungry = True

    def feed(self, data: bytes) -> bytes:
        try:
            found = self._stream.decompress(self._stream.unconsumed_tail + data, PIECE)
        except zlib.error as error:
            raise DamagedError from error
        self.hungry = not self._stream.unconsumed_tail
        return found

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data.lstrip(b"\0")


class Zstd:
    """A frame of Zstandard (RFC 8878), by a dictionary if there is one."""

    def __init__(self, dictionary: bytes) -> None:
        from backports import zstd

        self._failure = zstd.ZstdError
        options = {int(zstd.DecompressionParameter.window_log_max): WINDOW_LOG}
        try:
            known = zstd.ZstdDict(dictionary) if dictionary else None
            self._stream = zstd.ZstdDecompressor(known, options)
        except (ValueError, zstd.ZstdError) as error:
            raise DamagedError from error

    def feed(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, PIECE)
        except self._failure as error:
            raise DamagedError from error

    @property
    def hungry(self) -> bool:
        return self._stream.needs_input

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data


def unpacked(packed: bytes, most: int) -> bytes:
    """What one frame of Zstandard holds.

    Raises:
        DamagedError: it is damaged, or holds more than `most` bytes.
    """
    frame, pieces, size = Zstd(b""), list[bytes](), 0
    while not frame.eof and size <= most:
        piece = frame.feed(packed)
        packed = b""
        if not piece and frame.hungry:
            raise DamagedError
        pieces.append(piece)
        size += len(piece)
    if size > most:
        raise DamagedError
    return b"".join(pieces)
