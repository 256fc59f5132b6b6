"""Under which name a preserved file is sent."""

from __future__ import annotations

import os.path
import re
import unicodedata
from pathlib import PurePosixPath

from evidence_datasette.words.shown_text import is_hostile

LONGEST = 120
"""Characters of a file name."""
_UNFIT = re.compile(r'[\\/:*?"<>|%;]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def file_name(name: str, digest: str) -> str:
    """A name under which nothing but a file can be meant, from whatever a record calls it.

    Characters that reorder a line, so that `cod.exe` reads `exe.doc`, or that are not seen are left
    out, as are folders, devices, and points at either end.
    """
    seen = "".join(
        char
        for char in name
        if char == " " or not (unicodedata.category(char)[0] in "CZ" or is_hostile(char))
    )
    last = _UNFIT.sub("_", PurePosixPath(seen.replace("\\", "/")).name).strip(" .")
    if not last or _RESERVED.fullmatch(last):
        last = f"{digest[:8]}-{last}".rstrip("-")
    stem, suffix = os.path.splitext(last)
    return last if len(last) <= LONGEST else stem[: LONGEST - len(suffix[:20])] + suffix[:20]
