"""Pictures on a page that has other text: read by OCR, or said not to be read."""

from __future__ import annotations

from ctypes import byref, c_uint
from math import sqrt
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.pages import ocr
from evidence_chain.extract.pdf.drawn.boxes import Box, Display
from evidence_chain.extract.pdf.drawn.pdfium_calls import pointer
from evidence_chain.extract.pdf.fields.annotations import Note
from evidence_chain.extract.pdf.hidden.areas import overlap
from evidence_chain.extract.stream import MarkKind

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from PIL.Image import Image

    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.painted import Painted

MOST_PICTURES = 6
"""So many pictures beside text are read in a file, which takes a second or so for each."""
_SECONDS = 30
"""By the clock, after which no other picture is begun."""
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 9.0
"""In points: smaller ones hold no sentence."""
_RESOLUTION = 250 / 72
_MOST_PIXELS = 6_000_000


class _Kind(NamedTuple):
    """What makes two pictures the same, as a logo on each page is."""

    width: int
    height: int
    bytes: int
    box: tuple[int, int]


class Pictures:
    """Reads the pictures of page after page, each once, as many as its limits allow."""

    def __init__(self) -> None:
        self._known: set[_Kind] = set()
        self._left = MOST_PICTURES
        self._end = monotonic() + _SECONDS

    def read(self, page: pdfium.PdfPage, scene: Scene) -> tuple[list[Note], bool]:
        """What stands in the pictures of a page, and whether some could not be read."""
        found: list[Note] = []
        area, unread = Box(*page.get_bbox()), False
        for picture in scene.painted:
            if not picture.image or not _is_large(picture, area):
                continue
            kind = _kind(picture)
            if kind in self._known:
                continue
            note = self._note(page, scene, picture.box)
            unread |= note is None
            if note:
                self._known.add(kind)
                found += [note] * any(map(str.isalnum, note.text))
        return found, unread

    def _note(self, page: pdfium.PdfPage, scene: Scene, box: Box) -> Note | None:
        if self._left <= 0 or monotonic() > self._end or not ocr.available():
            return None
        self._left -= 1
        try:
            read = ocr.read(_drawn(page, scene, box)).text
        except ExtractionError:
            return None
        return Note(read, MarkKind.OCR, "", "", box)


def _is_large(picture: Painted, page: Box) -> bool:
    across, down = overlap(picture.box, page)
    return across >= _LEAST_WIDTH and down >= _LEAST_HEIGHT


def _kind(picture: Painted) -> _Kind:
    handle, width, height, size = pointer(picture.handle), c_uint(), c_uint(), 0
    if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_IMAGE:
        raw.FPDFImageObj_GetImagePixelSize(handle, byref(width), byref(height))
        size = raw.FPDFImageObj_GetImageDataRaw(handle, None, 0)
    return _Kind(
        width.value, height.value, size, (round(picture.box.width), round(picture.box.height))
    )


def _drawn(page: pdfium.PdfPage, scene: Scene, box: Box) -> Image:
    """A picture of a part of a page without the texts that are drawn on it."""
    texts = [pointer(text.handle) for text in scene.texts]
    display = Display(page)
    left, top, right, bottom = (side / 100 for side in display.place(box, 100))
    left, top = max(0.0, left), max(0.0, top)
    right, bottom = min(display.width, right), min(display.height, bottom)
    pixels = max(1.0, (right - left) * (bottom - top))
    crop = left, display.height - bottom, display.width - right, top
    for text in texts:
        raw.FPDFPageObj_SetIsActive(text, False)
    try:
        scale = min(_RESOLUTION, sqrt(_MOST_PIXELS / pixels))
        picture: Image = page.render(scale=scale, crop=crop, grayscale=True).to_pil()
        return picture
    finally:
        for text in texts:
            raw.FPDFPageObj_SetIsActive(text, True)
