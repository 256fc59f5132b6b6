"""PDF: the text of each page as it is read, then annotations and what forms were filled with.

Here lies all that calls pdfium: in `drawn/` what it says is on a page, in `order/` how that is
read, in `hidden/` what of it isn't seen, in `fields/` what stands on it besides. What formats share
lies one folder up, OCR among it.

Pages end with a form feed. What a reader doesn't see is in the stream, too, and marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Drawn, Mark, MarkKind, Parts, Regions

if TYPE_CHECKING:
    from typing import BinaryIO

    import pypdfium2 as pdfium

    from evidence_chain.canonical import Json
    from evidence_chain.extract.pages.page import PagePicture, PageSize, PageWords
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText
    from evidence_chain.extract.pdf.fields.annotations import Note
    from evidence_chain.extract.pdf.hidden.watch import Watch
    from evidence_chain.extract.pdf.order.running import Running
    from evidence_chain.extract.pdf.reading import PageReading
    from evidence_chain.extract.stream import Shown

NAME = "evidence-chain/pdf"
VERSION = "4"
MEDIA_TYPES = ("application/pdf",)
GUARDED = True
PROGRAMS = dict.fromkeys(("extract", "regions", "page_words"), ("tesseract",))


def extract(file: BinaryIO) -> Drawn:
    """Return the text of all pages in order, and after it each annotation and form field.

    Marks say where each page is, what is hidden and why, what was read by OCR, annotations,
    fields, clauses named by bookmarks, and whether the file was changed after it was made.

    Raises:
        ExtractionError: it needs a password, can't be opened, or has no text at all.
    """
    from evidence_chain.extract.pdf.file import open_pdf
    from evidence_chain.extract.pdf.hidden.watch import Watch
    from evidence_chain.extract.pdf.outline import outline
    from evidence_chain.extract.pdf.reading import PageReader
    from evidence_chain.extract.pdf.revisions import history

    data = file.read()
    with open_pdf(data) as document:
        drawing, watch = _Drawing(), Watch()
        for reading in PageReader(document, data):
            drawing.add_page(reading, watch)
        clauses = outline(document, drawing.text, drawing.pages)
        drawing.add_notes()
        count, signatures = history(document, data)
    marks = [*drawing.marks, *clauses]
    if count > 1:
        marks.append(Mark(0, len(drawing.text), MarkKind.REVISIONS, str(count)))
    signed: dict[str, Json] = {"signatures": signatures} if signatures else {}
    return Drawn(drawing.text, drawing.options() | signed, sorted(marks))


def parts(file: BinaryIO) -> Parts:
    """Return the files attached to the PDF, and to its pages.

    Raises:
        ExtractionError: it needs a password, or can't be opened.
    """
    from evidence_chain.extract.pdf.file import attachments, open_pdf

    with open_pdf(file.read()) as document:
        return Parts(list(attachments(document)))


def regions(
    file: BinaryIO, slices: list[list[int]], pages: list[int], shown: Shown = "column"
) -> Regions:
    """Return where slices of the stream are seen, with a picture of each.

    Args:
        file: the PDF.
        slices: pairs of start and end in the stream.
        pages: where each page begins in the stream, and where the last one ends.
        shown: what pictures show, as `evidence_chain.extract.regions` has it.

    Raises:
        ExtractionError: the file needs a password, or can't be opened.
    """
    from evidence_chain.extract.pdf.file import open_pdf
    from evidence_chain.extract.pdf.places import find_regions
    from evidence_chain.extract.pdf.reading import PageReader

    data = file.read()
    with open_pdf(data) as document:
        reader = PageReader(document, data)
        return Regions([*find_regions(reader, document, slices, pages, shown)])


def page_size(file: BinaryIO, page: int, blake3: str) -> PageSize:
    """Return how large a page is.

    Args:
        file: the PDF.
        page: the number of the page, from 1.
        blake3: the hex digest that its content must have.

    Raises:
        ExtractionError: it has another content, needs a password, or can't be opened.
    """
    from evidence_chain.extract.pages.page import intact
    from evidence_chain.extract.pdf import picture
    from evidence_chain.extract.pdf.file import open_pdf

    with open_pdf(intact(file, blake3)) as document:
        return picture.size(document, page)


def page_picture(file: BinaryIO, page: int, blake3: str) -> PagePicture:
    """Return a picture of a page; otherwise as `page_size`."""
    from evidence_chain.extract.pages.page import intact
    from evidence_chain.extract.pdf import picture
    from evidence_chain.extract.pdf.file import open_pdf

    with open_pdf(intact(file, blake3)) as document:
        return picture.picture(document, page)


def page_words(file: BinaryIO, page: int, blake3: str) -> PageWords:
    """Return where the words of a page are seen; otherwise as `page_size`."""
    from evidence_chain.extract.pages.page import intact
    from evidence_chain.extract.pdf import words
    from evidence_chain.extract.pdf.file import open_pdf

    with open_pdf(data := intact(file, blake3)) as document:
        return words.page_words(document, data, page)


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
        self._footer_before = False
        self._pictures: list[int] = []
        self._by_ocr: list[int] = []
        self._damaged: list[int] = []
        self._unsure: list[int] = []
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
        notes = list(reading.notes)
        if reading.page and reading.drawn and reading.scene:
            notes += self._add_marks(
                reading.page, reading.drawn, reading.scene, reading.running, watch
            )
            self._no_character += reading.drawn.dropped + text.count("\ufffd")
        self._count(reading, text)
        self._append(text + PAGE_END)
        self.pages.append((start, self._length))
        self._notes += [(number, note) for note in notes]

    def _add_marks(
        self,
        page: pdfium.PdfPage,
        drawn: PageText,
        scene: Scene,
        running: tuple[Running, ...],
        watch: Watch,
    ) -> list[Note]:
        """Mark what is drawn on the next page; its headers and footers as notes."""
        from evidence_chain.extract.pdf.fields.annotations import running_note
        from evidence_chain.extract.pdf.hidden.struck import struck
        from evidence_chain.extract.pdf.hidden.watch import runs
        from evidence_chain.extract.pdf.order.joined import joints
        from evidence_chain.extract.pdf.order.rebuild import UNSURE, unsure
        from evidence_chain.extract.pdf.order.running import FOOTER, HEADER

        start = self._length
        reasons = watch.reasons(page, drawn, scene)
        found = [(MarkKind.HIDDEN, *run) for run in runs(drawn, reasons)]
        found += [(MarkKind.JOINED, *joint) for joint in joints(drawn, scene)]
        found += [(MarkKind.DELETED, *each) for each in struck(page, drawn, scene)]
        unsures = unsure(drawn.text, drawn.doubtful)
        found += [(MarkKind.UNSURE, *slice_, UNSURE) for slice_ in unsures]
        for kind, begin, end, detail in found:
            self._mark(start + begin, end - begin, kind, detail)
        kinds = {one.kind for one in running}
        if start and (HEADER in kinds or self._footer_before):
            self._mark(start - 1, 1, MarkKind.PART, "page break, with a header or footer")
        self._footer_before = FOOTER in kinds
        self._unsure += [len(self.pages) + 1] * bool(unsures)
        return [
            running_note(one, next((run.reason for run in runs(one, reasons)), ""))
            for one in running
        ]

    def add_notes(self) -> None:
        """Append annotations and fields, after the last page so that sentences can run on."""
        for number, note in self._notes:
            start, length = self._length, len(note.text)
            self._mark(start, length, MarkKind.PAGE, str(number))
            self._mark(start, length, note.kind, note.detail)
            if note.hidden:
                self._mark(start, length, MarkKind.HIDDEN, note.hidden)
            self._append(note.text + "\n")

    def options(self) -> dict[str, Json]:
        """What was read and what wasn't.

        Raises:
            ExtractionError: there is no text, and what could be done about it.
        """
        from evidence_chain.extract.pages import ocr
        from evidence_chain.extract.pdf.file import PARSER

        if not any(map(str.isalnum, self.text)):
            raise self._no_text()
        said = {
            "pages_without_text": self._without_text,
            "pages_read_by_ocr": self._by_ocr,
            "pages_not_read_by_ocr": self._unread,
            "pages_damaged": self._damaged,
            "pages_with_pictures_not_read": self._pictures,
            "pages_unsure": self._unsure,
            "glyphs_without_character": self._no_character,
        }
        by_ocr = ocr.described() if self._by_ocr else {}
        found: dict[str, Json] = {name: value for name, value in said.items() if value}
        return {"parser": PARSER, "pages": len(self.pages), **by_ocr, **found}

    def _count(self, reading: PageReading, text: str) -> None:
        number = [reading.number]
        self._without_text += number * (not any(map(str.isalnum, text)))
        self._unread += number * reading.unread
        self._pictures += number * reading.partly_unread
        by_ocr = reading.ocr or any(note.kind == MarkKind.OCR for note in reading.notes)
        self._by_ocr += number * bool(by_ocr)
        self._damaged += number * (reading.page is None)

    def _no_text(self) -> ExtractionError:
        from evidence_chain.extract.pages import ocr

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
