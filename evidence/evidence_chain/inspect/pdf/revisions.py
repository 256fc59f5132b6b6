"""What a PDF said before it was changed, which it still holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.pdf.fields.annotations import notes
from evidence_chain.extract.pdf.file import open_pdf, pages
from evidence_chain.extract.pdf.revisions import revisions
from evidence_chain.inspect.finding import Finding

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MOST_COMPARED = 6
"""Earlier states that are compared: the oldest ones and the newest."""
_MOST_PAGES = 2_000

Line = tuple[int, str]
"""A page, and a line on it."""


def earlier(document: pdfium.PdfDocument, data: bytes) -> tuple[list[Finding], list[str]]:
    """The lines that earlier states of a file had and this one hasn't; and what wasn't read."""
    states = revisions(data)
    if len(states) < 2:
        return [], []
    found, unread = list[Finding](), list[str]()
    now = Counter(line for _, line in _lines(document))
    numbers = range(1, len(states))
    chosen = sorted({*numbers[: MOST_COMPARED // 2], *numbers[-MOST_COMPARED // 2 :]})
    if len(chosen) < len(numbers):
        unread.append(f"{len(numbers) - len(chosen)} of {len(numbers)} earlier revisions")
    for number in chosen:
        try:
            with open_pdf(data[: states[number - 1].end]) as older:
                lost = _lost(_lines(older), now)
        except ExtractionError:
            unread.append(f"revision {number} can't be opened")
            continue
        found.append(_finding(number, len(states), lost))
    return found, unread


def _finding(number: int, count: int, lost: list[Line]) -> Finding:
    place = f"revision {number} of {count}"
    if not lost:
        return Finding("same-revision", place, "the same text")
    page = lost[0][0]
    return Finding("earlier-revision", f"{place}, page {page}", "\n".join(line for _, line in lost))


def _lost(lines: list[Line], now: Counter[str]) -> list[Line]:
    left, lost = Counter(now), []
    for page, line in lines:
        if left[line] > 0:
            left[line] -= 1
        else:
            lost.append((page, line))
    return lost


def _lines(document: pdfium.PdfDocument) -> list[Line]:
    """What stands on the pages, line by line, and in their annotations and fields."""
    found = []
    for number, page in pages(document):
        if page is None or number > _MOST_PAGES:
            continue
        text = page.get_textpage().get_text_range()
        said = [*text.splitlines(), *(note.text for note in notes(page))]
        found += [(number, " ".join(line.split())) for line in said if line.strip()]
    return found
