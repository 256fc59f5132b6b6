"""A whole page of a PDF, as it is displayed: its size, and a picture of it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.pages.page import PagePicture, PageSize, scale_of
from evidence_chain.extract.pdf.file import page_of
from evidence_chain.extract.pdf.places import HUNDREDTHS

_MOST_SCALE = 300 / 72


def size(document: pdfium.PdfDocument, number: int) -> PageSize:
    """How large a page is, without reading what stands on it; see `PageSize`."""
    if not 0 < number <= len(document):
        return PageSize(len(document), 0, 0)
    try:
        width, height = document.get_page_size(number - 1)
    except pdfium.PdfiumError as error:
        raise _damaged(number) from error
    return PageSize(len(document), round(width * HUNDREDTHS), round(height * HUNDREDTHS))


def picture(document: pdfium.PdfDocument, number: int) -> PagePicture:
    """A picture of a page with its annotations and filled fields; see `PagePicture`."""
    if not 0 < number <= len(document):
        return PagePicture(len(document), b"")
    page = page_of(document, number)
    if page is None:
        raise _damaged(number)
    width, height = page.get_size()
    scale = scale_of(width, height, _MOST_SCALE)
    data = BytesIO()
    page.render(scale=scale, rev_byteorder=True).to_pil().save(data, "PNG")
    return PagePicture(len(document), data.getvalue())


def _damaged(number: int) -> ExtractionError:
    return ExtractionError(
        f"Page {number} of this PDF is too damaged to be drawn. Look at it in a PDF viewer."
    )
