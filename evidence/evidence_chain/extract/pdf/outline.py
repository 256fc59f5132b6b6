"""The numbered clauses that a PDF's own bookmarks name."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.file import wide
from evidence_chain.extract.stream import Mark, MarkKind
from evidence_chain.text.clauses import clauses

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_MOST = 10_000


class _Bookmark(NamedTuple):
    level: int
    start: int
    title: str


def outline(document: pdfium.PdfDocument, text: str, pages: list[tuple[int, int]]) -> list[Mark]:
    """Return a mark for each bookmark whose title begins with a clause's number.

    Args:
        document: the PDF.
        text: its text stream.
        pages: the slice of the stream that each page takes.

    A clause goes from where its title stands on the page, or else the page's beginning, to the
    next bookmark of the same level or a higher one.
    """
    end = pages[-1][1] if pages else 0
    marks: list[Mark] = []
    open_: list[tuple[_Bookmark, str]] = []
    for bookmark in [*_bookmarks(document, text, pages), _Bookmark(-1, end, "")]:
        while open_ and open_[-1][0].level >= bookmark.level:
            begun, number = open_.pop()
            if number and begun.start < bookmark.start:
                marks.append(Mark(begun.start, bookmark.start, MarkKind.CLAUSE, number))
        open_.append((bookmark, _number(bookmark.title)))
    return sorted(marks)


def _bookmarks(
    document: pdfium.PdfDocument, text: str, pages: list[tuple[int, int]]
) -> list[_Bookmark]:
    """The bookmarks that lead to a page, in the order of the outline."""
    found = []
    for entry in islice(document.get_toc(), _MOST):
        title = wide(raw.FPDFBookmark_GetTitle, entry.raw)
        target = entry.get_dest()
        index = target.get_index() if target else None
        if index is not None and index < len(pages):
            found.append(_Bookmark(entry.level, _place(title, text, *pages[index]), title))
    return found


def _place(title: str, text: str, start: int, end: int) -> int:
    """Where a title stands on a page, whatever white space is in it; else the page's beginning."""
    letters = [re.escape(char) for char in "".join(title.split())]
    found = re.search(r"\s*".join(letters), text[start:end]) if letters else None
    return start + found.start() if found else start


def _number(title: str) -> str:
    """The number of a clause that a title begins with, or nothing."""
    found = clauses(title.strip())
    return found[0][0] if found and found[0][1] == 0 else ""
