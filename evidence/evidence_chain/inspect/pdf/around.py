"""What stands around the pages of a PDF: annotations, forms, bookmarks, signatures, files in it."""

from __future__ import annotations

from ctypes import byref, c_long, create_string_buffer
from itertools import islice
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, Display
from evidence_chain.extract.pdf.drawn.objects import annotation_box
from evidence_chain.extract.pdf.fields.annotations import notes
from evidence_chain.extract.pdf.file import Handle, attachments, pages, wide
from evidence_chain.extract.pdf.revisions import history
from evidence_chain.extract.stream import MarkKind
from evidence_chain.inspect.finding import Finding, listing
from evidence_chain.inspect.patterns import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

_MOST_BOOKMARKS = 10_000
_MOST_DESTINATIONS = 1_000
_SHORTEST_WORDS = 4
_SILENT = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP)


def around(document: pdfium.PdfDocument, hidden: list[str]) -> list[Finding]:
    """What stands around the pages.

    Args:
        document: the open PDF.
        hidden: words that are hidden on its pages, which bookmarks may repeat.
    """
    return [
        *_on_pages(document),
        *_bookmarks(document, hidden),
        *_destinations(document),
        *(Finding("embedded-file", "embedded", part.name) for part in attachments(document)),
        *_signatures(document),
        *_scripts(document),
    ]


def _on_pages(document: pdfium.PdfDocument) -> Iterator[Finding]:
    for number, page in pages(document):
        if page is None:
            continue
        display = Display(page)
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            if annotation:
                yield from _annotation(annotation, page, number, display)
                raw.FPDFPage_CloseAnnot(annotation)
        for note in notes(page):
            if note.kind == MarkKind.FIELD:
                box = display.place(note.box, 100)
                place = f"page {number}, field {note.detail or 'without a name'}"
                kind = "hidden-value" if note.hidden else "form-value"
                yield Finding(kind, place, note.text, number, box)


def _annotation(
    annotation: Handle, page: pdfium.PdfPage, number: int, display: Display
) -> Iterator[Finding]:
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    if subtype in _SILENT:
        return
    area = annotation_box(annotation)
    box = display.place(area, 100)
    author, said = (
        wide(raw.FPDFAnnot_GetStringValue, annotation, key) for key in (b"T", b"Contents")
    )
    place = f"page {number}, annotation"
    if subtype == raw.FPDF_ANNOT_REDACT:
        under = _text_in(page, area)
        yield Finding("unapplied-redaction", f"page {number}", under, number, box)
    elif said.strip() or author.strip():
        told = f"{author}: {said}" if author else said
        yield Finding("comment", place, told, number, box)
    elif not raw.FPDFAnnot_GetFlags(annotation) & raw.FPDF_ANNOT_FLAG_HIDDEN:
        yield Finding("annotation", place, "an annotation without words", number, box)


def _text_in(page: pdfium.PdfPage, area: Box) -> str:
    text: str = page.get_textpage().get_text_bounded(*area)
    return text


def _bookmarks(document: pdfium.PdfDocument, hidden: list[str]) -> Iterator[Finding]:
    unseen = " ".join(" ".join(hidden).split()).lower()
    titles = []
    for entry in islice(document.get_toc(max_depth=15), _MOST_BOOKMARKS):
        title = " ".join(wide(raw.FPDFBookmark_GetTitle, entry.raw).split())
        titles.append(title)
        if len(title) >= _SHORTEST_WORDS and title.lower() in unseen:
            yield Finding("bookmark-words", "bookmark", title)
    if titles:
        yield Finding("bookmark", "bookmarks", listing(titles))


def _destinations(document: pdfium.PdfDocument) -> Iterator[Finding]:
    count = min(_MOST_DESTINATIONS, raw.FPDF_CountNamedDests(document.raw))
    if names := list(filter(None, (_destination(document, index) for index in range(count)))):
        yield Finding("destination", "named destinations", listing(names))


def _destination(document: pdfium.PdfDocument, index: int) -> str:
    size = c_long(0)
    raw.FPDF_GetNamedDest(document.raw, index, None, byref(size))
    if not 0 < size.value < 1 << 16:
        return ""
    buffer = create_string_buffer(size.value)
    raw.FPDF_GetNamedDest(document.raw, index, buffer, byref(size))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _signatures(document: pdfium.PdfDocument) -> Iterator[Finding]:
    _, signatures = history(document, b"")
    for each in signatures:
        if isinstance(each, dict):
            yield Finding("signature", "signature", str(each["by"]))


def _scripts(document: pdfium.PdfDocument) -> Iterator[Finding]:
    for index in range(max(0, raw.FPDFDoc_GetJavaScriptActionCount(document.raw))):
        action = raw.FPDFDoc_GetJavaScriptAction(document.raw, index)
        if action:
            script = wide(raw.FPDFJavaScriptAction_GetScript, action)
            yield Finding("javascript", "script of the document", script)
            yield from paths(script, "script of the document")
            raw.FPDFDoc_CloseJavaScriptAction(action)
