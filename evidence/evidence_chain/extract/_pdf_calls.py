"""The calls of pdfium that are made for every object of every page.

They take addresses as plain numbers, which costs a fifth of what pointers cost.
"""

from __future__ import annotations

from ctypes import CFUNCTYPE, addressof, c_float, c_int, c_uint, c_void_p, cast
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract._pdf_text import Box

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract._pdf_file import Handle

Colour = tuple[int, ...]


def _address(function: Handle) -> int:
    return cast(function, c_void_p).value or 0


def _of_pointers(function: Handle, count: int) -> Callable[..., int]:
    """A function of so many pointers that gives an integer."""
    return CFUNCTYPE(c_int, *[c_void_p] * count)(_address(function))


object_at: Callable[[int, int], int] = CFUNCTYPE(c_void_p, c_void_p, c_int)(
    _address(raw.FPDFPage_GetObject)
)
object_type = _of_pointers(raw.FPDFPageObj_GetType, 1)
render_mode = _of_pointers(raw.FPDFTextObj_GetTextRenderMode, 1)
count_marks = _of_pointers(raw.FPDFPageObj_CountMarks, 1)
has_transparency = _of_pointers(raw.FPDFPageObj_HasTransparency, 1)
clip_path: Callable[[int], int] = CFUNCTYPE(c_void_p, c_void_p)(
    _address(raw.FPDFPageObj_GetClipPath)
)
count_clips = _of_pointers(raw.FPDFClipPath_CountPaths, 1)

_get_bounds = _of_pointers(raw.FPDFPageObj_GetBounds, 5)
_get_fill = _of_pointers(raw.FPDFPageObj_GetFillColor, 5)
_sides, _parts = (c_float * 4)(), (c_uint * 4)()
_SIDES = [addressof(_sides) + 4 * side for side in range(4)]
_PARTS = [addressof(_parts) + 4 * part for part in range(4)]


def box_of(handle: int) -> Box:
    """The box of an object; an empty one where it has none."""
    return Box(*_sides[:]) if _get_bounds(handle, *_SIDES) else Box(0, 0, 0, 0)


def fill_of(handle: int) -> Colour | None:
    """Red, green, blue and alpha, of 255, or `None` for a pattern."""
    return tuple(_parts[:]) if _get_fill(handle, *_PARTS) else None


def pointer(handle: int) -> Handle:
    """An object as all other functions of pdfium take it."""
    return cast(handle, raw.FPDF_PAGEOBJECT)
