"""Rectangles on a page of a PDF, and where they are as the page is displayed."""

from __future__ import annotations

from ctypes import byref, c_int
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

if TYPE_CHECKING:
    import pypdfium2 as pdfium


class Box(NamedTuple):
    """A rectangle in points, from the bottom left of the page before it is rotated."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Display:
    """A page as it is displayed: cropped and rotated."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page.raw
        self.width, self.height = page.get_size()
        """In points."""

    def place(self, box: Box, scale: float) -> tuple[int, int, int, int]:
        """`(left, top, right, bottom)` of a box where a point is `scale` units."""
        corners = [self._point(*box[:2], scale), self._point(*box[2:], scale)]
        (left, right), (top, bottom) = map(sorted, zip(*corners, strict=True))
        return left, top, right, bottom

    def _point(self, x: float, y: float, scale: float) -> tuple[int, int]:
        width, height = round(self.width * scale), round(self.height * scale)
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        return across.value, down.value
