"""What a file gives away besides what it shows: one file or folder per media type.

inspection = inspect(path, name)
cleaned = clean(path, name)

All of it runs in the guarded process of parsers. What formats have in common lies in `finding`,
`kinds`, `patterns` and `xmp`. No file is changed here, and nothing is recorded.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from evidence_chain.errors import ExtractionError
from evidence_chain.inspect.finding import Finding, Inspection, Severity
from evidence_chain.inspect.kinds import KINDS
from evidence_chain.pattern import pattern
from evidence_chain.regular import regular_descriptor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Extractor
    from evidence_chain.inspect.cleaning import Cleaned

__all__ = ["KINDS", "LIMITS", "Finding", "Inspection", "Severity", "clean", "inspect"]

LIMITS = (
    "What no program here looks for: the yellow dots that printers leave on paper, watermarks in "
    "pictures and wording, and who can be recognised by what is seen or said."
)
Answer = TypeVar("Answer")
_OPEN = ("text/plain", "text/markdown")
"""Types in which a reader of the text sees all that there is."""
_TWO = "polyglot: "
"""How a warning begins that a file is of two types at once."""
_DRAWING = pattern(rb"<(?:\w+:)?svg[\s>]", re.IGNORECASE)


def inspect(path: Path | str, name: str) -> Inspection:
    """Look for what the file at `path` gives away.

    Args:
        path: the file.
        name: what it is called, which decides between kinds of text.

    Raises:
        ExtractionError: it can't be opened, or what looks into it failed or ran into its limits.
    """
    with _open(path) as file:
        media_type, unclear = _told(file, name)
        if media_type in _OPEN:
            return Inspection(media_type, [], unclear)
        file.seek(0)
        found = _answered(Inspection.unpack, _run(file, "inspect", name))
        return found._replace(unchecked=[*unclear, *found.unchecked])


def clean(path: Path | str, name: str) -> Cleaned:
    """Return a copy of the file at `path` without metadata, and what could not be removed.

    Args:
        path: the file, which stays as it is.
        name: what it is called.

    Raises:
        ExtractionError: nothing here cleans files of its type, or it could not be done.
    """
    from evidence_chain.inspect.cleaning import Cleaned

    with _open(path) as file:
        return _answered(Cleaned.unpack, _run(file, "clean", name))


def _told(file: BinaryIO, name: str) -> tuple[str, list[str]]:
    """The type of a file, and what keeps one from looking into all that it is."""
    from evidence_chain.extract.sniffing import HEAD, TAIL, sniff, warnings

    head = file.read(HEAD)
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
    tail = file.read(TAIL)
    media_type = sniff(head, name, tail)
    unclear = [
        f"it is of two types ({one.removeprefix(_TWO)}), and only the first was looked into"
        for one in warnings(head, tail, name)
        if one.startswith(_TWO)
    ]
    if media_type in _OPEN and _DRAWING.search(head):
        unclear.append("it is a drawing (SVG), which nothing here looks into")
    return media_type, unclear


def _run(file: BinaryIO, function: str, name: str) -> tuple[dict[str, Json], bytes]:
    from evidence_chain.extract.guard.guard import run
    from evidence_chain.inspect import looking

    return run(cast("Extractor", looking), file, function=function, arguments=(name,))


def _answered(
    unpack: Callable[[dict[str, Json], bytes], Answer], packed: tuple[dict[str, Json], bytes]
) -> Answer:
    """What the process answered, which may be in the hands of the file that it read."""
    try:
        return unpack(*packed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExtractionError(
            "What looked into this file gave an answer that can't be read. The file may be damaged "
            "or hostile; nothing is known of what it gives away."
        ) from error


def _open(path: Path | str) -> BinaryIO:
    try:
        return os.fdopen(regular_descriptor(path, follow=True), "rb")
    except OSError as error:
        problem = f"{os.fspath(path)!r} can't be inspected: {error.strerror}. Check the path."
        raise ExtractionError(problem) from error
