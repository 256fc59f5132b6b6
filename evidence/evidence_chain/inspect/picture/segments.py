"""The pieces that picture files are made of: segments of JPEG, chunks of PNG and of RIFF (WebP)."""

from __future__ import annotations

from typing import NamedTuple

PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
_MARKS_ALONE = (0x01, *range(0xD0, 0xD8))
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


class Piece(NamedTuple):
    """A piece of a picture's file."""

    name: str
    """The marker in hexadecimal digits, or a chunk's four letters."""
    start: int
    end: int
    """Where it ends, with all that belongs to it."""
    content: int
    """Where what it holds begins."""


class DamagedPictureError(ValueError):
    """The file is not made as its format has it."""


def jpeg(data: bytes) -> list[Piece]:
    """The segments of a JPEG up to its end (ITU T.81, B.1).

    Raises:
        DamagedPictureError: the file is cut, or is no JPEG.
    """
    if not data.startswith(b"\xff\xd8"):
        raise DamagedPictureError("it doesn't begin as a JPEG does")
    pieces, at = [Piece("D8", 0, 2, 2)], 2
    while True:
        if at + 2 > len(data) or data[at] != 0xFF:
            raise DamagedPictureError("its segments are cut or out of step")
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _END_OF_IMAGE:
            return [*pieces, Piece("D9", at, at + 2, at + 2)]
        size = 0 if marker in _MARKS_ALONE else int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if marker == _START_OF_SCAN:
            end = _end_of_scan(data, end)
        if end > len(data) or (size < 2 and marker not in _MARKS_ALONE):
            raise DamagedPictureError("a segment is longer than the file")
        pieces.append(Piece(f"{marker:02X}", at, end, at + 4))
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the entropy-coded data end: at a marker that is neither stuffing nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
    raise DamagedPictureError("its picture is cut")


def png(data: bytes) -> list[Piece]:
    """The chunks of a PNG up to its end (ISO 15948, 5.3).

    Raises:
        DamagedPictureError: the file is cut, or is no PNG.
    """
    pieces, at = list[Piece](), len(PNG_BEGIN)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8].decode("latin-1")
        if end > len(data):
            break
        pieces.append(Piece(name, at, end, at + 8))
        if name == "IEND":
            return pieces
        at = end
    raise DamagedPictureError("its chunks are cut")


def riff(data: bytes) -> list[Piece]:
    """The chunks of a WebP file, as far as it says that it reaches (RFC 9649, 2.3).

    Raises:
        DamagedPictureError: the file is cut, or is no WebP.
    """
    whole = 8 + int.from_bytes(data[4:8], "little")
    if not data.startswith(b"RIFF") or data[8:12] != b"WEBP" or whole > len(data):
        raise DamagedPictureError("its chunks are cut")
    pieces, at = list[Piece](), 12
    while at + 8 <= whole:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if end > whole:
            raise DamagedPictureError("a chunk is longer than the file")
        pieces.append(Piece(data[at : at + 4].decode("latin-1"), at, end, at + 8))
        at = end
    return pieces


READERS = {"image/jpeg": jpeg, "image/png": png, "image/webp": riff}
"""What reads the pieces, by media type."""
