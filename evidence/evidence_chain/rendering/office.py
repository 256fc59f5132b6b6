"""Whether a passage of a DOCX is what somebody sees who opens it in LibreOffice."""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import MarkKind, extract
from evidence_chain.rendering.confined import LIMITS, NotShownError, program, started
from evidence_chain.rendering.look import Look, Sight
from evidence_chain.text import STANDS, match

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import Popen
    from typing import BinaryIO

    from evidence_chain.extract import TextStream

BY = "LibreOffice"
_NAMES = ("soffice", "libreoffice")
_LARGEST = 256 << 20
"""Bytes of the PDF that is made."""
_UNSEEN = {
    MarkKind.HIDDEN: "a reader of the pages does not see it",
    MarkKind.DELETED: "it is struck out on the page",
}


def looks(file: BinaryIO, passages: Sequence[str]) -> list[Look]:
    """What is seen of each passage in the pages that are made of a document.

    Raises:
        NotShownError: there is no LibreOffice, it can't be confined, or makes no pages of it.
    """
    pages = _pages(file)
    return [_look(pages, passage) for passage in passages]


def _pages(file: BinaryIO) -> TextStream:
    """The text of the PDF that is made of a document."""
    command = [
        *(program(_NAMES, BY), "--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("-env:UserInstallation=file:///tmp/profile", "--convert-to", "pdf:writer_pdf_Export"),
        *("--outdir", "/tmp", "/tmp/shown.docx"),  # noqa: S108 - in memory of its own
    ]
    with started(command, stdin=file.fileno(), files=("shown.docx", "shown.pdf")) as process:
        made = _read(process)
    if not made.startswith(b"%PDF"):
        raise NotShownError("LibreOffice makes no pages of it, or can't be confined")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        pdf.write(made)
        pdf.flush()
        try:
            return extract(pdf.name, "application/pdf")
        except ExtractionError as error:
            raise NotShownError(
                f"the pages that LibreOffice makes can't be read: {error}"
            ) from error


def _read(process: Popen[bytes]) -> bytes:
    """What the process writes until it ends, within its limits."""
    from os import read
    from select import select
    from time import monotonic

    end, made = monotonic() + LIMITS.clock, io.BytesIO()
    output = process.stdout.fileno() if process.stdout else -1
    while select([output], [], [], max(0.0, end - monotonic()))[0]:
        block = read(output, 1 << 20)
        if not block:
            return made.getvalue()
        if made.tell() + len(block) > _LARGEST:
            raise NotShownError("the pages that LibreOffice makes of it are too large")
        made.write(block)
    raise NotShownError("LibreOffice took too long to show it")


def _look(pages: TextStream, passage: str) -> Look:
    found = match(passage, pages.text)
    if found.status not in STANDS:
        unread = pages.left_open(found.fragments)
        if unread:
            return Look(Sight.NOT_CHECKED, BY, f"the pages could not all be read ({unread[:200]})")
        return Look(Sight.DIFFERS, BY, "these words do not stand so on the pages")
    for mark in pages.marked(found.fragments):
        if mark.kind in _UNSEEN:
            detail = f" ({mark.detail})" if mark.detail else ""
            return Look(Sight.DIFFERS, BY, _UNSEEN[MarkKind(mark.kind)] + detail)
    return Look(Sight.SEEN, BY)
