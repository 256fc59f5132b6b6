"""JPEG, PNG, WebP without metadata: pieces are left out, the picture's own bytes stay."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from evidence_chain.errors import ExtractionError
from evidence_chain.inspect.cleaning import Cleaned
from evidence_chain.inspect.picture.segments import (
    PNG_BEGIN,
    READERS,
    DamagedPictureError,
    Piece,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ORIENTATION = 0x0112
_UPRIGHT = 1
_JPEG_KEPT = ("E0", "E2", "EE")
"""JFIF, colour profiles, Adobe's colour transform: without them the picture looks otherwise."""
_PROFILE = b"ICC_PROFILE\0"
_JPEG_LEFT_OUT = (*(f"E{digit:X}" for digit in range(16)), "FE")
_PNG_KEPT = (
    *("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP"),
    *("mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"),
)
_RIFF_LEFT_OUT = ("EXIF", "XMP ", "C2PA")
_RIFF_KEPT = ("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP")
_FLAGS_OF_METADATA = 0x08 | 0x04
_LEFT = ("What the picture shows stays, and with it watermarks and the sensor's noise.",)


def clean(data: bytes, media_type: str) -> Cleaned:
    """Return the copy.

    Raises:
        ExtractionError: it is damaged.
    """
    try:
        content = CLEANERS[media_type](data, READERS[media_type](data), _orientation(data))
        _compare(data, content)
    except (DamagedPictureError, OSError, SyntaxError) as error:
        raise ExtractionError(
            f"This picture can't be written without its metadata: {error}. It is damaged; save it "
            "anew in a program for pictures, and inspect that."
        ) from error
    return Cleaned(content, list(_LEFT))


def _orientation(data: bytes) -> int:
    """How the picture is turned when it is shown, 1 to 8: it stays, since that is seen."""
    return int(Image.open(BytesIO(data)).getexif().get(_ORIENTATION, _UPRIGHT))


def _compare(before: bytes, after: bytes) -> None:
    """Refuse a copy whose picture has another size or mode."""
    one, other = Image.open(BytesIO(before)), Image.open(BytesIO(after))
    if (one.size, one.mode) != (other.size, other.mode):
        raise DamagedPictureError("the copy would look otherwise")


def _turned(orientation: int) -> bytes:
    """EXIF that says nothing but how the picture is turned."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _jpeg(data: bytes, pieces: list[Piece], orientation: int) -> bytes:
    kept = [data[:2]]
    if orientation != _UPRIGHT:
        exif = b"Exif\0\0" + _turned(orientation)
        kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    for piece in pieces[1:]:
        profile = data.startswith(_PROFILE, piece.content)
        needed = piece.name in _JPEG_KEPT and (piece.name != "E2" or profile)
        if needed or piece.name not in _JPEG_LEFT_OUT:
            kept.append(data[piece.start : piece.end])
    return b"".join(kept)


def _png(data: bytes, pieces: list[Piece], orientation: int) -> bytes:
    kept = [PNG_BEGIN]
    for piece in pieces:
        if piece.name in _PNG_KEPT:
            kept.append(data[piece.start : piece.end])
        if piece.name == "IHDR" and orientation != _UPRIGHT:
            kept.append(_chunk(b"eXIf", _turned(orientation)))
    return b"".join(kept)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def _webp(data: bytes, pieces: list[Piece], orientation: int) -> bytes:
    kept = [data[one.start : one.end] for one in pieces if one.name in _RIFF_KEPT]
    turned = b""
    if orientation != _UPRIGHT:
        exif = _turned(orientation)
        turned = b"EXIF" + struct.pack("<I", len(exif)) + exif
    if kept and kept[0].startswith(b"VP8X"):
        flags = kept[0][8] & ~_FLAGS_OF_METADATA | (0x08 if turned else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
    else:
        turned = b""
    body = b"WEBP" + b"".join(kept) + turned
    return b"RIFF" + struct.pack("<I", len(body)) + body


CLEANERS: dict[str, Callable[[bytes, list[Piece], int], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
"""What writes the copy, by media type."""
