"""What a file is whose words are not all shown, though they can be read in its bytes."""

from __future__ import annotations

_BEGINS = (b"<", b"%", b"{")
_BEFORE = b"\xef\xbb\xbf \t\r\n\f\v"
BEGINNING = 8192
"""Bytes of a file that are enough to tell."""


def coded_as(beginning: bytes) -> str | None:
    """The type of a file by its first bytes, if it is HTML, PDF or RTF; else `None`."""
    if not beginning.lstrip(_BEFORE).startswith(_BEGINS):
        return None
    from evidence_chain.extract.sniffing import HTML, PDF, RTF, sniff

    found = sniff(beginning, "")
    return found if found in (HTML, PDF, RTF) else None
