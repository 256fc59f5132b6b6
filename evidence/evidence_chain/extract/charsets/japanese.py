"""Japanese as its mail programs write it, which Python's charsets read in part.

ISO-2022-JP and EUC-JP hold rows of JIS X 0208. Programs put NEC's signs (①) and IBM's into rows
that the standard leaves empty, and half-width letters beside them. The code page 932 has them all,
and the three are one set of characters, written otherwise.
"""

from __future__ import annotations

from evidence_chain.pattern import pattern

_SHIFT = pattern(rb"\x1b(?:\(([BJI])|\$(@|B)|\$\(([BD])|&@\x1b\$B)|[\x0e\x0f]")
_ROW_13_UP = range(0x21, 0x7F)


def decode_iso_2022_jp(data: bytes) -> str:
    """The text of ISO-2022-JP with what the code pages 50220 to 50222 put into it.

    Raises:
        UnicodeDecodeError: it is damaged, or has a set of characters that isn't known here.
    """
    pieces, at, wide, half, out = [], 0, False, False, False
    for found in _SHIFT.finditer(data):
        pieces.append(_stretch(data[at : found.start()], wide=wide, half=half or out))
        if found[0] in (b"\x0e", b"\x0f"):
            out = found[0] == b"\x0e"
        elif found[3] == b"D":
            raise _damaged(data, found.start(), "JIS X 0212 is not read here")
        else:
            wide, half = found[1] is None, found[1] == b"I"
        at = found.end()
    pieces.append(_stretch(data[at:], wide=wide, half=half or out))
    if b"\x1b" in b"".join(pieces):
        raise _damaged(data, data.find(b"\x1b"), "an escape sequence is not known")
    return b"".join(pieces).decode("cp932")


def decode_euc_jp(data: bytes) -> str:
    """The text of EUC-JP with NEC's and IBM's signs.

    Raises:
        UnicodeDecodeError: it is damaged, or has characters of JIS X 0212.
    """
    out, at = bytearray(), 0
    while at < len(data):
        lead, trail = data[at], data[at + 1] if at + 1 < len(data) else 0
        if lead < 0x80:
            out.append(lead)
            at += 1
        elif lead == 0x8E and 0xA1 <= trail <= 0xDF:
            out.append(trail)
            at += 2
        elif 0xA1 <= lead <= 0xFE and 0xA1 <= trail <= 0xFE:
            out += _shifted(lead & 0x7F, trail & 0x7F)
            at += 2
        else:
            raise _damaged(data, at, "no character of EUC-JP")
    return bytes(out).decode("cp932")


def _stretch(data: bytes, *, wide: bool, half: bool) -> bytes:
    """A stretch of one set of characters, as the code page 932 writes it."""
    if half:
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in data)
    if not wide:
        if not data.isascii() and not _is_half(data):
            raise _damaged(data, 0, "bytes of eight bits in a charset of seven")
        return data
    out, at = bytearray(), 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] in b"\r\n\t ":
            out.append(pair[0])
            at += 1
        elif len(pair) == 2 and pair[0] in _ROW_13_UP and pair[1] in _ROW_13_UP:
            out += _shifted(*pair)
            at += 2
        else:
            raise _damaged(data, at, "half a character")
    return bytes(out)


def _is_half(data: bytes) -> bool:
    return all(byte < 0x80 or 0xA1 <= byte <= 0xDF for byte in data)


def _shifted(row: int, cell: int) -> bytes:
    """A character of JIS X 0208 by row and cell, in the bytes of Shift_JIS."""
    lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
    odd = 0x1F if cell < 0x60 else 0x20
    return bytes((lead, cell + (odd if row % 2 else 0x7E)))


def _damaged(data: bytes, at: int, why: str) -> UnicodeDecodeError:
    return UnicodeDecodeError("cp932", data or b" ", max(at, 0), max(at, 0) + 1, why)
