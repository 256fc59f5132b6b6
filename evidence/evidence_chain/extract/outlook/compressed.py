"""Rich Text as Outlook keeps it: compressed by what was said before (MS-OXRTFCP)."""

from __future__ import annotations

import struct
import zlib

_BEFORE = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What is taken to have been said before (section 2.1.2.1)."""
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
_MOST = 16 << 20


def decompressed(data: bytes) -> tuple[bytes, bool]:
    """The Rich Text, and whether it is whole: its length and check sum are those that it says."""
    if len(data) < 16:
        return b"", False
    _, length, kind, check = struct.unpack_from("<II4sI", data)
    if kind == _PLAIN:
        return data[16 : 16 + length], len(data) >= 16 + length
    if kind != _COMPRESSED:
        return b"", False
    text = _expanded(data[16:], min(length, _MOST))
    sum_ = zlib.crc32(data[16:], 0xFFFFFFFF) ^ 0xFFFFFFFF
    return text, len(text) == length and sum_ == check


def _expanded(data: bytes, most: int) -> bytes:
    window = bytearray(_BEFORE.ljust(_WINDOW, b"\0"))
    out, write, at = bytearray(), len(_BEFORE), 0

    def say(byte: int) -> None:
        nonlocal write
        out.append(byte)
        window[write] = byte
        write = (write + 1) % _WINDOW

    while at < len(data) and len(out) < most:
        flags, at = data[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                if at >= len(data):
                    return bytes(out)
                say(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return bytes(out)
            token, at = int.from_bytes(data[at : at + 2], "big"), at + 2
            place = token >> 4
            if place == write:
                return bytes(out[:most])
            for step in range((token & 15) + 2):
                say(window[(place + step) % _WINDOW])
    return bytes(out[:most])
