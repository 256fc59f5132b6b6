"""Whether a direction that markup forces on text turns letters or numbers round."""

from __future__ import annotations

import re
import unicodedata

_RIGHTWARD = ("R", "AL")
_NUMBERS = re.compile(r"\d\W*\s\W*\d")


def against(text: str, direction: str) -> bool:
    """Whether letters that are forced into this direction (`ltr`, `rtl`) run against their own."""
    if len(text.strip()) < 2:
        return False
    if direction == "rtl":
        return any(unicodedata.bidirectional(char) in ("L", "EN", "AN") for char in text)
    return any(unicodedata.bidirectional(char) in _RIGHTWARD for char in text)


def reads_otherwise(text: str) -> bool:
    """Whether numbers change places in a text that is said to run from right to left.

    They do where nothing else in it runs so; then nobody reads it from its right end.
    """
    if not _NUMBERS.search(text):
        return False
    return not any(unicodedata.bidirectional(char) in _RIGHTWARD for char in text)
