"""A PDF file: opening it, its strings, and the files attached to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.stream import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARSER = f"pdfium {pdfium.PDFIUM_INFO.build}"

Handle = Any
"""Whatever pdfium gives a pointer to; it has no types."""


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF, with the empty password if it is encrypted.

    Raises:
        ExtractionError: it needs a password, or nothing in it can be read.
    """
    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ExtractionError(
                "This PDF is encrypted and needs a password. Preserve it as it is, and beside it "
                "a copy that was saved without the password."
            ) from error
        raise ExtractionError(
            f"This PDF can't be opened: {error}. The file may be damaged; look at it in a PDF "
            "viewer and preserve a copy that was saved anew as well."
        ) from error
    return document


def pages(document: pdfium.PdfDocument) -> Iterator[tuple[int, pdfium.PdfPage | None]]:
    """Each page with its number, from 1; `None` for one that is too damaged to be read."""
    for number in range(1, len(document) + 1):
        page = page_of(document, number)
        try:
            yield number, page
        finally:
            if page:
                page.close()


def page_of(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage | None:
    """The page with this number, from 1; `None` if it is too damaged to be read."""
    try:
        return document[number - 1]
    except pdfium.PdfiumError:
        return None


def attachments(document: pdfium.PdfDocument) -> Iterator[Part]:
    """The files attached to the document as a whole, and those pinned to a page."""
    for index in range(document.count_attachments()):
        yield from _part(raw.FPDFDoc_GetAttachment(document, index))
    for _, page in pages(document):
        for index in range(raw.FPDFPage_GetAnnotCount(page) if page else 0):
            annotation = raw.FPDFPage_GetAnnot(page, index)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
                yield from _part(raw.FPDFAnnot_GetFileAttachment(annotation))
            raw.FPDFPage_CloseAnnot(annotation)


def _part(attachment: Handle) -> Iterator[Part]:
    if not attachment:
        return
    try:
        content = bytes(pdfium.PdfAttachment(attachment, None).get_data())
    except pdfium.PdfiumError:
        content = b""
    yield Part(wide(raw.FPDFAttachment_GetName, attachment) or "unnamed", content)


def wide(function: Callable[..., int], *arguments: Handle) -> str:
    """What a function of pdfium answers that writes UTF-16 into a buffer."""
    size = function(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    function(*arguments, buffer, size)
    return whole(bytes(buffer).decode("utf-16-le", "surrogatepass").rstrip("\0"))


def text_string(data: bytes) -> str:
    """What bytes of a text string of PDF say (ISO 32000-2, 7.9.2.2)."""
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")


def joined_units(units: str) -> str:
    """Text of UTF-16 units, with U+FFFD for halves of surrogate pairs that stand alone."""
    return (
        units
        if units.isascii()
        else units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def whole(text: str) -> str:
    """Text with U+FFFD for each half of a surrogate pair that stands alone."""
    return text if text.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", text)
