"""Rectangles on a page of a PDF, and where they are as the page is displayed."""

from __future__ import annotations

from ctypes import PYFUNCTYPE, addressof, c_double, c_int, c_void_p, cast
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pypdfium2 as pdfium

Matrix = tuple[float, ...]
"""Six numbers, as in PDF."""


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


new_box: Callable[[Iterable[float]], Box] = partial(tuple.__new__, Box)
"""Makes a box of its four sides, in less time than its class does."""

_to_device = PYFUNCTYPE(c_int, c_void_p, *[c_int] * 5, *[c_double] * 2, *[c_void_p] * 2)(
    cast(raw.FPDF_PageToDevice, c_void_p).value or 0
)
_across, _down = c_int(), c_int()
_PLACES = addressof(_across), addressof(_down)


class Display:
    """A page as it is displayed: cropped and rotated."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = addressof(page.raw.contents)
        self.width, self.height = page.get_size()
        """In points."""

    def place(self, box: Box, scale: float) -> tuple[int, int, int, int]:
        """`(left, top, right, bottom)` of a box where a point is `scale` units."""
        width, height = round(self.width * scale), round(self.height * scale)
        _to_device(self._page, 0, 0, width, height, 0, box[0], box[1], *_PLACES)
        left, top = _across.value, _down.value
        _to_device(self._page, 0, 0, width, height, 0, box[2], box[3], *_PLACES)
        right, bottom = _across.value, _down.value
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def outline(points: list[tuple[float, float]]) -> Box:
    """The box around points; an empty one around none."""
    if not points:
        return Box(0, 0, 0, 0)
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """What moves a point by one matrix, and then by another."""
    a, b, c, d, e, f = inner
    x, y = _transformed(e, f, outer)
    return (
        *(a * outer[0] + b * outer[2], a * outer[1] + b * outer[3]),
        *(c * outer[0] + d * outer[2], c * outer[1] + d * outer[3]),
        *(x, y),
    )


def moved(box: Box, by: Matrix) -> Box:
    """What is around a box after it was moved."""
    left, bottom, right, top = box
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    return outline([_transformed(*corner, by) for corner in corners])


def _transformed(x: float, y: float, by: Matrix) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]
