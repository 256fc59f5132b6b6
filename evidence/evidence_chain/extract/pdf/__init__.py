"""PDF: the text of each page as pdfium puts it, then annotations and what forms were filled with.

Here lies all that calls pdfium. What formats share lies one folder up, OCR among it.

Pages end with a form feed. What a reader doesn't see is in the stream, too, and marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Drawn, Mark, MarkKind, Parts, Regions

if TYPE_CHECKING:
    from typing import BinaryIO

    from evidence_chain.canonical import Json
    from evidence_chain.extract.page import PagePicture, PageSize
    from evidence_chain.extract.pdf.annotations import Note
    from evidence_chain.extract.pdf.hidden import Watch
    from evidence_chain.extract.pdf.reading import PageReading

NAME = "evidence-chain/pdf"
VERSION = "1"
MEDIA_TYPES = ("application/pdf",)
GUARDED = True
PROGRAMS = {"extract": ("tesseract",), "regions": ("tesseract",)}


def extract(file: BinaryIO) -> Drawn:
    """Return the text of all pages in order, and after it each annotation and form field.

    Marks say where each page is, what is hidden and why, what was read by OCR, annotations,
    fields, clauses named by bookmarks, and whether the file was changed after it was made.

    Raises:
        ExtractionError: it needs a password, can't be opened, or has no text at all.
    """
    from evidence_chain.extract.pdf.file import open_pdf, revisions
    from evidence_chain.extract.pdf.hidden import Watch
    from evidence_chain.extract.pdf.outline import outline
    from evidence_chain.extract.pdf.reading import PageReader

    data = file.read()
    with open_pdf(data) as document:
        drawing, watch = _Drawing(), Watch()
        for reading in PageReader(document):
            drawing.add_page(reading, watch)
        clauses = outline(document, drawing.text, drawing.pages)
        drawing.add_notes()
    marks = [*drawing.marks, *clauses]
    count = revisions(data)
    if count > 1:
        marks.append(Mark(0, len(drawing.text), MarkKind.REVISIONS, str(count)))
    return Drawn(drawing.text, drawing.options(), sorted(marks))


def parts(file: BinaryIO) -> Parts:
    """Return the files attached to the PDF, and to its pages.

    Raises:
        ExtractionError: it needs a password, or can't be opened.
    """
    from evidence_chain.extract.pdf.file import attachments, open_pdf

    with open_pdf(file.read()) as document:
        return Parts(list(attachments(document)))


def regions(file: BinaryIO, slices: list[list[int]], pages: list[int]) -> Regions:
    """Return where slices of the stream are seen, with a picture of each.

    Args:
        file: the PDF.
        slices: pairs of start and end in the stream.
        pages: where each page begins in the stream, and where the last one ends.

    Raises:
        ExtractionError: the file needs a password, or can't be opened.
    """
    from evidence_chain.extract.pdf.file import open_pdf
    from evidence_chain.extract.pdf.places import find_regions

    with open_pdf(file.read()) as document:
        return Regions(list(find_regions(document, slices, pages)))


def page_size(file: BinaryIO, page: int, blake3: str) -> PageSize:
    """Return how large a page is.

    Args:
        file: the PDF.
        page: the number of the page, from 1.
        blake3: the hex digest that its content must have.

    Raises:
        ExtractionError: it has another content, needs a password, or can't be opened.
    """
    from evidence_chain.extract.page import intact
    from evidence_chain.extract.pdf import picture
    from evidence_chain.extract.pdf.file import open_pdf

    with open_pdf(intact(file, blake3)) as document:
        return picture.size(document, page)


def page_picture(file: BinaryIO, page: int, blake3: str) -> PagePicture:
    """Return a picture of a page; otherwise as `page_size`."""
    from evidence_chain.extract.page import intact
    from evidence_chain.extract.pdf import picture
    from evidence_chain.extract.pdf.file import open_pdf

    with open_pdf(intact(file, blake3)) as document:
        return picture.picture(document, page)


class _Drawing:
    """The stream as it grows, page by page."""

    def __init__(self) -> None:
        self.pages: list[tuple[int, int]] = []
        """The slice of each page, with the form feed that ends it."""
        self.marks: list[Mark] = []
        self._pieces: list[str] = []
        self._length = 0
        self._notes: list[tuple[int, Note]] = []
        self._without_text: list[int] = []
        self._unread: list[int] = []
        self._by_ocr: list[int] = []
        self._damaged: list[int] = []
        self._no_character = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add_page(self, reading: PageReading, watch: Watch) -> None:
        """Append the text of the next page."""
        from evidence_chain.extract.pdf.reading import PAGE_END

        number, text, start = reading.number, reading.text, self._length
        self._mark(start, len(text) + 1, MarkKind.PAGE, str(number))
        if reading.ocr:
            read = len(reading.ocr.text)
            self._mark(start + len(text) - read, read, MarkKind.OCR)
        if reading.page and reading.drawn:
            for run in watch.hidden(reading.page, reading.drawn):
                self._mark(start + run.start, run.end - run.start, MarkKind.HIDDEN, run.reason)
            self._no_character += reading.drawn.dropped + text.count("\ufffd")
        self._count(reading, text)
        self._append(text + PAGE_END)
        self.pages.append((start, self._length))
        self._notes += [(number, note) for note in reading.notes]

    def add_notes(self) -> None:
        """Append annotations and fields, after the last page so that sentences can run on."""
        for number, note in self._notes:
            start, length = self._length, len(note.text)
            self._mark(start, length, MarkKind.PAGE, str(number))
            self._mark(start, length, note.kind, note.detail)
            if note.hidden:
                self._mark(start, length, MarkKind.HIDDEN, f"{note.kind} that isn't shown")
            self._append(note.text + "\n")

    def options(self) -> dict[str, Json]:
        """What was read and what wasn't.

        Raises:
            ExtractionError: there is no text, and what could be done about it.
        """
        from evidence_chain.extract import ocr
        from evidence_chain.extract.pdf.file import PARSER

        if not any(map(str.isalnum, self.text)):
            raise self._no_text()
        said = {
            "pages_without_text": self._without_text,
            "pages_read_by_ocr": self._by_ocr,
            "pages_not_read_by_ocr": self._unread,
            "pages_damaged": self._damaged,
            "glyphs_without_character": self._no_character,
        }
        by_ocr = ocr.described() if self._by_ocr else {}
        found: dict[str, Json] = {name: value for name, value in said.items() if value}
        return {"parser": PARSER, "pages": len(self.pages), **by_ocr, **found}

    def _count(self, reading: PageReading, text: str) -> None:
        number = [reading.number]
        self._without_text += number * (not any(map(str.isalnum, text)))
        self._unread += number * reading.unread
        self._by_ocr += number * bool(reading.ocr)
        self._damaged += number * (reading.page is None)

    def _no_text(self) -> ExtractionError:
        from evidence_chain.extract import ocr

        count = len(self.pages)
        if self._unread and not ocr.available():
            return ExtractionError(
                f"None of the {count} pages of this PDF has text; they are pictures, as of a "
                f"scan. Install tesseract ({ocr.INSTALL}) and try again, or preserve a text "
                "version too."
            )
        return ExtractionError(
            f"None of the {count} pages of this PDF has text that could be read. Look at it in a "
            "PDF viewer, and preserve the document in another form too."
        )

    def _mark(self, start: int, length: int, kind: MarkKind, detail: str = "") -> None:
        if length:
            self.marks.append(Mark(start, start + length, kind, detail))

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
