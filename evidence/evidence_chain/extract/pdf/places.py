"""Where a slice of a PDF's stream is seen, with a picture of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from evidence_chain.extract.pages.columns import column
from evidence_chain.extract.pages.ocr import line_boxes, union
from evidence_chain.extract.pdf.cropping import cropped, within
from evidence_chain.extract.pdf.drawn.boxes import Display
from evidence_chain.extract.pdf.reading import ocr_scale
from evidence_chain.extract.stream import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.text import PageText
    from evidence_chain.extract.pdf.reading import PageReader, PageReading
    from evidence_chain.extract.stream import Shown

HUNDREDTHS = 100
"""Units of boxes to a point."""

_SCALE = 150 / 72
_MOST_PIXELS = 6_000_000
_WIDEST = 1200.0
"""A page of more points than this is not shown in its full width."""

_LINE = re.compile("[^\n\ufffe]+\ufffe?")

Sides = list[int]
"""Left, top, right, bottom."""


def find_regions(
    reader: PageReader,
    document: pdfium.PdfDocument,
    slices: list[list[int]],
    pages: list[int],
    shown: Shown,
) -> Iterator[Region]:
    """Where slices `[start, end)` are seen: page by page, then among the annotations.

    Args:
        reader: reads its pages.
        document: the open PDF.
        slices: pairs of start and end in the stream.
        pages: where each page begins in the stream, and where the last one ends.
        shown: what pictures show.
    """
    touched = _touched(slices, pages)
    for index in sorted(touched):
        reading = reader.read(index + 1)
        if reading.page:
            lines = _lines(reading, reading.page) if shown == "column" else []
            for number in touched[index]:
                start, end = (at - pages[index] for at in slices[number])
                if boxes := _boxes(reading, reading.page, start, end):
                    found = Region(number, reading.number, boxes, b"")
                    yield found if shown == "nothing" else _pictured(document, found, lines)
            reading.page.close()
    if any(end > pages[-1] for _, end in slices):
        yield from _noted(reader, document, slices, pages[-1], shown)


def _touched(slices: list[list[int]], pages: list[int]) -> dict[int, list[int]]:
    """The slices that stand on each page, by their numbers; pages are counted from 0."""
    touched: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(slices):
        first, last = bisect_right(pages, start) - 1, bisect_left(pages, end)
        for index in range(max(0, first), min(last, len(pages) - 1)):
            touched.setdefault(index, []).append(number)
    return touched


def _noted(
    reader: PageReader,
    document: pdfium.PdfDocument,
    slices: list[list[int]],
    at: int,
    shown: Shown,
) -> Iterator[Region]:
    """Slices that stand among the notes, which follow the last page in the stream."""
    for reading in reader:
        if reading.page is None:
            continue
        display = Display(reading.page)
        for note in reading.notes:
            for number, (start, end) in enumerate(slices):
                if start < at + len(note.text) and at < end:
                    box = [*display.place(note.box, HUNDREDTHS)]
                    found = Region(number, reading.number, [box], b"")
                    yield found if shown == "nothing" else _pictured(document, found)
            at += len(note.text) + 1


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


def _lines(reading: PageReading, page: pdfium.PdfPage) -> list[Sides]:
    """A box for each line of a page."""
    return _boxes(reading, page, 0, len(reading.text))


def _pictured(document: pdfium.PdfDocument, region: Region, lines: Sequence[Sides] = ()) -> Region:
    """A region with its picture, which stops at the column if the page's `lines` are given."""
    page = document[region.page - 1]
    try:
        width, height = page.get_size()
        picture = cropped(page, _cut(region.boxes, lines, width, height), _SCALE, _MOST_PIXELS)
    finally:
        page.close()
    return region._replace(picture=picture)


def _cut(
    boxes: list[Sides], lines: Sequence[Sides], width: float, height: float
) -> tuple[float, float, float, float]:
    """What of a page is shown: the passage with a margin, as wide as its column, if not huge.

    Boxes that lie outside the page give the part of the page that is next to them.
    """
    left, top, right, bottom = (side / HUNDREDTHS for side in union(boxes))
    above, below = within(top, bottom, height)
    if width <= _WIDEST:
        band = above * HUNDREDTHS, below * HUNDREDTHS
        left, right = column(boxes, lines, band, width * HUNDREDTHS)
        left, right = max(0.0, left / HUNDREDTHS), min(width, right / HUNDREDTHS)
        if left == 0.0 and right == width:
            return left, above, right, below
        return left, above, max(right, left + 1), below
    left, right = within(left, right, width)
    return left, above, right, below
