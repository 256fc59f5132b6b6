"""Where each word of a page of a PDF is seen, so that it can be picked on the page's picture."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from evidence_chain.extract.pages.ocr import union
from evidence_chain.extract.pages.page import MOST_WORDS, WORD, PageWords, Word
from evidence_chain.extract.pdf.drawn.boxes import Display
from evidence_chain.extract.pdf.places import HUNDREDTHS
from evidence_chain.extract.pdf.reading import PageReader, ocr_scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.text import PageText
    from evidence_chain.extract.pdf.reading import PageReading


def page_words(document: pdfium.PdfDocument, data: bytes, number: int) -> PageWords:
    """The words of a page, by the same reading as its text is drawn by; see `PageWords`."""
    if not 0 < number <= len(document):
        return PageWords(len(document), "", [])
    reading = PageReader(document, data).read(number)
    if reading.page is None:
        return PageWords(len(document), "", [])
    try:
        words = list(islice(_words(reading, reading.page), MOST_WORDS))
        return PageWords(len(document), reading.text, words)
    finally:
        reading.page.close()


def _words(reading: PageReading, page: pdfium.PdfPage) -> Iterator[Word]:
    if reading.drawn:
        yield from _drawn(reading.drawn, Display(page))
    if reading.ocr:
        before = len(reading.text) - len(reading.ocr.text)
        unit = HUNDREDTHS / ocr_scale(page)
        for start, end, box in reading.ocr.words:
            yield Word(before + start, before + end, *(round(side * unit) for side in box))


def _drawn(text: PageText, display: Display) -> Iterator[Word]:
    for word in WORD.finditer(text.text):
        chars = [text.origins[at] for at in range(*word.span())]
        boxes = [display.place(box, HUNDREDTHS) for box in map(text.box, chars) if any(box)]
        if boxes:
            yield Word(*word.span(), *union(boxes))
