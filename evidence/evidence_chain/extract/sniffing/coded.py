"""What a file is whose words are not all shown, though they can be read in its bytes."""

from __future__ import annotations

from evidence_chain.extract.sniffing import HEAD, HTML, PDF, RTF, sniff

_BEGINS = (b"<", b"%", b"{")
_BEFORE = b"\xef\xbb\xbf \t\r\n\f\v"


def coded_as(head: bytes) -> str | None:
    """The type of a file whose first `HEAD` bytes are given, if it is such a one; else `None`."""
    if not head.lstrip(_BEFORE).startswith(_BEGINS):
        return None
    found = sniff(head[:HEAD], "")
    return found if found in (HTML, PDF, RTF) else None
