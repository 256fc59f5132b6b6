"""What is seen of a passage when a program shows its document: a second net under the first.

The extractors (`extract`) know of many ways to hide words, and no list of them ends. Here a page is
shown in Chromium, a DOCX in LibreOffice, and a picture of a page is read by tesseract, and what is
seen is compared with the passage. `boot` and `confined` start those programs so that they reach and
keep nothing. No passage is looked for in a text stream here, and nothing is recorded.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.sniffing import DOCX
from evidence_chain.regular import regular_descriptor
from evidence_chain.rendering.confined import NotShownError
from evidence_chain.rendering.look import Look, Sight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from evidence_chain.extract import TextStream

__all__ = ["SHOWN", "Look", "Sight", "look", "show", "worst"]

PAGES = ("text/html", "application/xhtml+xml")
SHOWN = (*PAGES, DOCX)
"""The types of what is shown by a program."""


def look(
    path: Path | str, media_type: str, stream: TextStream, slices: Sequence[tuple[int, int]]
) -> list[Look]:
    """Return what is seen of each slice of a file's stream, where it is shown or pictured.

    Args:
        path: the file.
        media_type: its type.
        stream: what `extract` drew from it.
        slices: pairs of start and end in the stream, in code points.

    Where a file can't be shown nothing is raised: then nothing was checked, and why is said.
    """
    passages = [stream.text[start:end] for start, end in slices]
    if media_type in SHOWN:
        return show(path, media_type, passages)
    try:
        return _pictured(path, media_type, stream, slices)
    except ExtractionError as error:
        return [Look(Sight.NOT_CHECKED, "", str(error))] * len(passages)


def show(path: Path | str, media_type: str, passages: Sequence[str]) -> list[Look]:
    """Return what is seen of each passage of a file of one of the types `SHOWN`."""
    from evidence_chain.extract.guard.guard import LIMITS
    from evidence_chain.rendering import html, office

    try:
        with os.fdopen(regular_descriptor(path, follow=True), "rb") as file:
            if media_type == DOCX:
                return office.looks(file, passages)
            return html.looks(file.read(LIMITS.size), media_type, passages)
    except ExtractionError as error:
        return [Look(Sight.NOT_CHECKED, "", str(error))] * len(passages)
    except OSError as error:
        unread = f"the file can't be read: {error.strerror}"
        return [Look(Sight.NOT_CHECKED, "", unread)] * len(passages)


def worst(looks: Sequence[Look]) -> Look:
    """What is to be said of a passage in several pieces."""
    return max(looks, key=lambda one: list(Sight).index(one.sight))


def _pictured(
    path: Path | str, media_type: str, stream: TextStream, slices: Sequence[tuple[int, int]]
) -> list[Look]:
    if not stream.pages:
        raise NotShownError(f"{media_type} is not shown by a program here")
    from evidence_chain.rendering import pictures

    return pictures.looks(path, media_type, stream, slices)
