"""Where a slice of a PDF's stream is seen, with a picture of it."""

from __future__ import annotations

import re
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

from evidence_chain.extract._ocr import line_boxes, union
from evidence_chain.extract._pdf_reading import PageReader, ocr_scale
from evidence_chain.extract._pdf_text import Display
from evidence_chain.extract.stream import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract._pdf_reading import PageReading
    from evidence_chain.extract._pdf_text import PageText

HUNDREDTHS = 100
"""Units of boxes to a point."""

_SCALE = 150 / 72
_MOST_PIXELS = 6_000_000
_MARGIN = 18.0
"""Points around the boxes in the picture."""
_WIDEST = 1200.0
"""A page of more points than this is not shown in its full width."""

_LINE = re.compile("[^\n\ufffe]+\ufffe?")

Sides = list[int]
"""Left, top, right, bottom."""


def find_regions(document: pdfium.PdfDocument, start: int, end: int) -> list[Region]:
    """The regions of the slice `[start, end)`, page by page, then those of annotations."""
    found: list[tuple[int, list[Sides]]] = []
    notes: list[tuple[int, int, Sides]] = []
    at = 0
    for reading in PageReader(document):
        if reading.page:
            found.append((reading.number, _boxes(reading, reading.page, start - at, end - at)))
            notes += _note_boxes(reading, reading.page)
        at += len(reading.text) + 1
        if at >= end:
            break
    for number, length, box in notes:
        if start < at + length and at < end:
            found.append((number, [box]))
        at += length + 1
    return [_pictured(document, number, boxes) for number, boxes in found if boxes]


def _boxes(reading: PageReading, page: pdfium.PdfPage, start: int, end: int) -> list[Sides]:
    """A box for each line of a slice of a page's text."""
    drawn, read = reading.layers
    boxes: list[Sides] = []
    if reading.drawn:
        display = Display(page)
        boxes += _drawn_boxes(reading.drawn, display, max(0, start), min(end, len(drawn)))
    if reading.ocr:
        before = len(reading.text) - len(read)
        boxes += [
            [round(side * HUNDREDTHS / ocr_scale(page)) for side in box]
            for box in line_boxes(reading.ocr, start - before, end - before)
        ]
    return boxes


def _drawn_boxes(text: PageText, display: Display, start: int, end: int) -> Iterator[Sides]:
    for line in _LINE.finditer(text.text, start, max(start, end)):
        chars = [text.origins[at] for at in range(*line.span()) if not text.text[at].isspace()]
        boxes = [display.place(box, HUNDREDTHS) for box in map(text.box, chars) if any(box)]
        if boxes:
            yield union(boxes)


def _note_boxes(reading: PageReading, page: pdfium.PdfPage) -> Iterator[tuple[int, int, Sides]]:
    """Page, length of the text, and box of each annotation."""
    display = Display(page)
    for note in reading.notes:
        yield reading.number, len(note.text), [*display.place(note.box, HUNDREDTHS)]


def _pictured(document: pdfium.PdfDocument, number: int, boxes: list[Sides]) -> Region:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        left, top, right, bottom = _cut(union(boxes), width, height)
        scale = min(_SCALE, sqrt(_MOST_PIXELS / ((right - left) * (bottom - top))))
        around = left, height - bottom, width - right, top
        picture = page.render(scale=scale, crop=around, rev_byteorder=True).to_pil()
    finally:
        page.close()
    data = BytesIO()
    picture.save(data, "PNG")
    return Region(number, boxes, data.getvalue())


def _cut(around: Sides, width: float, height: float) -> tuple[float, float, float, float]:
    """What of a page is shown: the lines with a margin, in the page's full width if it isn't huge.

    Boxes that lie outside the page give the part of the page that is next to them.
    """
    left, top, right, bottom = (side / HUNDREDTHS for side in around)
    if width <= _WIDEST:
        left, right = 0.0, width
    left, right = _within(left, right, width)
    top, bottom = _within(top, bottom, height)
    return left, top, right, bottom


def _within(low: float, high: float, size: float) -> tuple[float, float]:
    """A stretch with its margins, but no more than there is from 0 to `size`, and not nothing."""
    low = min(max(0.0, low - _MARGIN), max(0.0, size - 2 * _MARGIN))
    return low, max(min(size, high + _MARGIN), min(size, low + 2 * _MARGIN))
