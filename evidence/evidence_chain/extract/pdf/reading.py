"""What a page of a PDF says: the text that is drawn on it, and what OCR reads off it."""

from __future__ import annotations

from math import sqrt
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.pages import ocr
from evidence_chain.extract.pdf.drawn.boxes import Box, Display
from evidence_chain.extract.pdf.drawn.objects import objects
from evidence_chain.extract.pdf.drawn.text import PageText
from evidence_chain.extract.pdf.fields.annotations import Note, notes, replaced_note
from evidence_chain.extract.pdf.fields.shown import Appearances
from evidence_chain.extract.pdf.file import page_of
from evidence_chain.extract.pdf.hidden.possibly_hidden import is_scan
from evidence_chain.extract.pdf.order.columns import untangle
from evidence_chain.extract.pdf.order.raised import set_apart
from evidence_chain.extract.pdf.order.rebuild import is_needed, rebuild
from evidence_chain.extract.pdf.order.running import REACH, Edge, Running, edges, take_out
from evidence_chain.extract.pdf.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.objects import Scene

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


_NEAR = [away for away in range(-REACH, REACH + 1) if away]


class PageReading(NamedTuple):
    """A page and its text: what is drawn, then what was read by OCR."""

    number: int
    page: pdfium.PdfPage | None
    """`None` if it is too damaged to be read."""
    drawn: PageText | None = None
    scene: Scene | None = None
    """What is drawn on it; as `drawn` there where `page` is."""
    ocr: ocr.Reading | None = None
    notes: tuple[Note, ...] = ()
    unread: bool = False
    """Whether it is a picture that should have been read."""
    partly_unread: bool = False
    """Whether there are pictures beside its text that should have been read."""
    running: tuple[Running, ...] = ()
    """Its headers and footers, which are not in its text."""

    @property
    def text(self) -> str:
        """Its part of the stream, without the end of the page."""
        return "\n".join(filter(None, self.layers))

    @property
    def layers(self) -> tuple[str, str]:
        """The drawn text, and that of OCR."""
        return self.drawn.text if self.drawn else "", self.ocr.text if self.ocr else ""


class _Prepared(NamedTuple):
    """A page with its text put in order."""

    page: pdfium.PdfPage
    drawn: PageText
    scene: Scene
    replaced: list[Note]


class PageReader:
    """Reads page after page, as many of them by OCR as its limits allow."""

    def __init__(self, document: pdfium.PdfDocument, data: bytes) -> None:
        self._document = document
        self._appearances = Appearances(data)
        self._pictures = Pictures()
        self._prepared: dict[int, _Prepared | None] = {}
        self._edges: dict[int, list[Edge]] = {}
        self._read = 0
        self._end = monotonic() + _SECONDS

    def __iter__(self) -> Iterator[PageReading]:
        for number in range(1, len(self._document) + 1):
            reading = self.read(number)
            try:
                yield reading
            finally:
                if reading.page:
                    reading.page.close()

    def read(self, number: int) -> PageReading:
        """Read one page, counted from 1, which the caller closes."""
        others = [self._edges_of(number + away) for away in _NEAR]
        if number not in self._prepared:
            self._prepare(number)
        prepared = self._prepared.pop(number)
        if prepared is None:
            return PageReading(number, None)
        running = take_out(prepared.drawn, self._edges[number], others)
        return self._reading(number, prepared, running)

    def _edges_of(self, number: int) -> list[Edge]:
        """The first and last lines of a page, which is prepared if it wasn't."""
        if not 0 < number <= len(self._document):
            return []
        if number not in self._edges:
            self._prepare(number)
        return self._edges[number]

    def _prepare(self, number: int) -> None:
        page = page_of(self._document, number)
        if page is None:
            self._prepared[number], self._edges[number] = None, []
            return
        drawn, scene, found = PageText(page), objects(page), list[Note]()
        if is_needed(scene, drawn.text):
            drawn, replaced = rebuild(page, scene)
            found = [replaced_note(one) for one in replaced]
        set_apart(drawn, scene)
        untangle(drawn, scene)
        self._prepared[number] = _Prepared(page, drawn, scene, found)
        self._edges[number] = edges(page, drawn)

    def _reading(self, number: int, prepared: _Prepared, running: list[Running]) -> PageReading:
        page, drawn, scene, replaced = prepared
        found = [*self._notes(number, page), *replaced]
        pictured = _needs_ocr(page, scene, drawn.text)
        ocr, partly = self._ocr(page) if pictured else None, False
        if not pictured and not is_scan(scene.painted, Box(*page.get_bbox())):
            in_pictures, partly = self._pictures.read(page, scene)
            found += in_pictures
        unread = pictured and not ocr
        return PageReading(
            number, page, drawn, scene, ocr, tuple(found), unread, partly, tuple(running)
        )

    def _notes(self, number: int, page: pdfium.PdfPage) -> list[Note]:
        found = notes(page)
        if not any(note.written for note in found):
            return found
        shown = self._appearances.shown(number, [note for note in found if note.written])
        return [one for note in found for one in (next(shown) if note.written else [note])]

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


def _needs_ocr(page: pdfium.PdfPage, scene: Scene, text: str) -> bool:
    """Whether things are drawn on a page but no text, or hardly any beside a large picture."""
    letters = sum(map(str.isalnum, text[: 3 * _FEW]))
    if letters >= _FEW:
        return False
    if letters:
        return is_scan(scene.painted, Box(*page.get_bbox()))
    return bool(scene.painted or scene.tops.handles)
