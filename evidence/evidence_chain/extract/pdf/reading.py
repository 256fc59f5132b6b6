"""What a page of a PDF says: the text that is drawn on it, and what OCR reads off it."""

from __future__ import annotations

from math import sqrt
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract import ocr
from evidence_chain.extract.pdf.annotations import Note, notes
from evidence_chain.extract.pdf.file import page_of, pages
from evidence_chain.extract.pdf.objects import objects
from evidence_chain.extract.pdf.possibly_hidden import is_scan
from evidence_chain.extract.pdf.text import Box, Display, PageText

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

PAGE_END = "\f"
"""Ends each page in the stream; it is white space, so that a sentence can run on."""

MOST_PAGES = 12
"""So many pages of a file are read by OCR at most, which takes seconds for each."""
_SECONDS = 70
"""By the clock, after which no other page is begun."""
_RESOLUTION = 250 / 72
"""Pixels to a point."""
_MOST_PIXELS = 12_000_000
_FEW = 200
"""A scan with fewer letters of text than this is read by OCR too: they may be a stamp."""


class PageReading(NamedTuple):
    """A page and its text: what is drawn, then what was read by OCR."""

    number: int
    page: pdfium.PdfPage | None
    """`None` if it is too damaged to be read."""
    drawn: PageText | None = None
    ocr: ocr.Reading | None = None
    notes: tuple[Note, ...] = ()
    unread: bool = False
    """Whether there are pictures on it that should have been read."""

    @property
    def text(self) -> str:
        """Its part of the stream, without the end of the page."""
        return "\n".join(filter(None, self.layers))

    @property
    def layers(self) -> tuple[str, str]:
        """The drawn text, and that of OCR."""
        return self.drawn.text if self.drawn else "", self.ocr.text if self.ocr else ""


class PageReader:
    """Reads page after page, as many of them by OCR as its limits allow."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._read = 0
        self._end = monotonic() + _SECONDS

    def __iter__(self) -> Iterator[PageReading]:
        for number, page in pages(self._document):
            yield self._reading(number, page) if page else PageReading(number, None)

    def read(self, number: int) -> PageReading:
        """Read one page, counted from 1."""
        page = page_of(self._document, number)
        return self._reading(number, page) if page else PageReading(number, None)

    def _reading(self, number: int, page: pdfium.PdfPage) -> PageReading:
        drawn = PageText(page)
        pictured = _needs_ocr(page, drawn.text)
        ocr = self._ocr(page) if pictured else None
        return PageReading(number, page, drawn, ocr, tuple(notes(page)), pictured and not ocr)

    def _ocr(self, page: pdfium.PdfPage) -> ocr.Reading | None:
        if self._read >= MOST_PAGES or monotonic() > self._end or not ocr.available():
            return None
        self._read += 1
        try:
            return ocr.read(page.render(scale=ocr_scale(page), grayscale=True).to_pil())
        except ExtractionError:
            return None


def ocr_scale(page: pdfium.PdfPage) -> float:
    """Pixels to a point of the picture that OCR reads: fewer for a huge page."""
    display = Display(page)
    return min(_RESOLUTION, sqrt(_MOST_PIXELS / max(1.0, display.width * display.height)))


def _needs_ocr(page: pdfium.PdfPage, text: str) -> bool:
    """Whether things are drawn on a page but no text, or hardly any beside a large picture."""
    letters = sum(map(str.isalnum, text[: 3 * _FEW]))
    if letters >= _FEW:
        return False
    texts, painted = objects(page)
    if letters:
        return is_scan(painted, Box(*page.get_bbox()))
    return bool(painted or texts)
