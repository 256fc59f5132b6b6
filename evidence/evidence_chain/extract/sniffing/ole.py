"""What a compound file (MS-CFB) is: an e-mail of Outlook, or something else of Microsoft's."""

from __future__ import annotations

import struct

from evidence_chain.extract.sniffing.media_types import OLE, OUTLOOK

BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every compound file begins."""
_SECTOR_SHIFT, _DIRECTORY = 30, 48
"""Where the header says how large sectors are, and in which the directory begins."""
_CLASS = 80
"""Where an entry of the directory says which program it is of."""
_MESSAGE = bytes.fromhex("0b0d020000000000c000000000000046")
_NAME = "__properties_version1.0".encode("utf-16-le")
_OTHERS = tuple(
    name.encode("utf-16-le")
    for name in ("WordDocument", "Workbook", "PowerPoint Document", "EncryptedPackage")
)


def ole_type(head: bytes, tail: bytes, name: str) -> str:
    """The type of a compound file: by its class, else by what lies in it, else by its name.

    Args:
        head: its first bytes.
        tail: its last ones.
        name: its name.
    """
    if len(head) >= _DIRECTORY + 4:
        (shift,) = struct.unpack_from("<H", head, _SECTOR_SHIFT)
        (sector,) = struct.unpack_from("<I", head, _DIRECTORY)
        at = ((sector + 1) << min(shift, 16)) + _CLASS
        if head[at : at + 16] == _MESSAGE:
            return OUTLOOK
    parts = head, tail
    if any(other in part for other in _OTHERS for part in parts):
        return OLE
    holds = any(_NAME in part for part in parts)
    return OUTLOOK if holds or name.lower().endswith((".msg", ".oft")) else OLE
