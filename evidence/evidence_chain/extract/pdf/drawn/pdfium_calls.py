"""The calls of pdfium that are made for every object of every page.

They take addresses as plain numbers, which costs a fifth of what pointers cost.
"""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    addressof,
    c_double,
    c_float,
    c_int,
    c_uint,
    c_ulong,
    c_void_p,
    cast,
    create_string_buffer,
)
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.extract.pdf.file import Handle

Colour = tuple[int, ...]
Matrix = tuple[float, ...]
"""Six numbers, as in PDF."""


ACTUAL_TEXT = b"ActualText"


def _address(function: Handle) -> int:
    return cast(function, c_void_p).value or 0


def _of_pointers(function: Handle, count: int) -> Callable[..., int]:
    """A function of so many pointers that gives an integer."""
    return CFUNCTYPE(c_int, *[c_void_p] * count)(_address(function))


def _to_address(function: Handle, *others: type) -> Callable[..., int]:
    """A function of a pointer, and of others, that gives a pointer."""
    return CFUNCTYPE(c_void_p, c_void_p, *others)(_address(function))


object_of_char = _to_address(raw.FPDFText_GetTextObject, c_int)
object_at = _to_address(raw.FPDFPage_GetObject, c_int)
object_type = _of_pointers(raw.FPDFPageObj_GetType, 1)
render_mode = _of_pointers(raw.FPDFTextObj_GetTextRenderMode, 1)
count_marks = _of_pointers(raw.FPDFPageObj_CountMarks, 1)
has_transparency = _of_pointers(raw.FPDFPageObj_HasTransparency, 1)
clip_path = _to_address(raw.FPDFPageObj_GetClipPath)
count_clips = _of_pointers(raw.FPDFClipPath_CountPaths, 1)

_clip_size = CFUNCTYPE(c_int, c_void_p, c_int)(_address(raw.FPDFClipPath_CountPathSegments))
_clip_segment = _to_address(raw.FPDFClipPath_GetPathSegment, c_int, c_int)
_get_point = _of_pointers(raw.FPDFPathSegment_GetPoint, 3)
_mark_at = _to_address(raw.FPDFPageObj_GetMark, c_ulong)
_get_name = CFUNCTYPE(c_int, c_void_p, c_void_p, c_ulong, c_void_p)(
    _address(raw.FPDFPageObjMark_GetName)
)
_value_type = _of_pointers(raw.FPDFPageObjMark_GetParamValueType, 2)
_get_bounds = _of_pointers(raw.FPDFPageObj_GetBounds, 5)
_get_fill = _of_pointers(raw.FPDFPageObj_GetFillColor, 5)
_get_origin = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p, c_void_p)(
    _address(raw.FPDFText_GetCharOrigin)
)
_get_matrix = _of_pointers(raw.FPDFPageObj_GetMatrix, 2)
_get_size = _of_pointers(raw.FPDFTextObj_GetFontSize, 2)
_sides, _parts, _cells = (c_float * 4)(), (c_uint * 4)(), (c_float * 6)()
_CELLS = addressof(_cells)
_origin = (c_double * 2)()
_ORIGIN = addressof(_origin)
_SIDES = [addressof(_sides) + 4 * side for side in range(4)]
_PARTS = [addressof(_parts) + 4 * part for part in range(4)]
_OPTIONAL_CONTENT = "OC\0".encode("utf-16-le")
_name, _length = create_string_buffer(len(_OPTIONAL_CONTENT)), c_ulong()
_key = create_string_buffer(ACTUAL_TEXT)
_ACTUAL_TEXT = addressof(_key)
_NAME, _LENGTH = addressof(_name), addressof(_length)


def box_of(handle: int) -> Box:
    """The box of an object; an empty one where it has none."""
    return Box(*_sides[:]) if _get_bounds(handle, *_SIDES) else Box(0, 0, 0, 0)


def origin_of(page: int, char: int) -> tuple[float, float]:
    """Where a character of a page's text begins on its baseline."""
    _get_origin(page, char, _ORIGIN, _ORIGIN + 8)
    return _origin[0], _origin[1]


def fill_of(handle: int) -> Colour | None:
    """Red, green, blue and alpha, of 255, or `None` for a pattern."""
    return tuple(_parts[:]) if _get_fill(handle, *_PARTS) else None


def matrix_of(handle: int) -> Matrix:
    """Where an object is put, turned and scaled to."""
    _get_matrix(handle, _CELLS)
    return tuple(_cells[:])


def font_size(handle: int) -> float:
    """The size of the font of a text, before its matrix scales it."""
    _get_size(handle, _CELLS)
    return _cells[0]


def is_in_layer(handle: int) -> bool:
    """Whether an object belongs to a layer (optional content), which may be switched off."""
    for index in range(max(0, count_marks(handle))):
        _get_name(_mark_at(handle, index), _NAME, len(_OPTIONAL_CONTENT), _LENGTH)
        if _length.value == len(_OPTIONAL_CONTENT) and _name.raw == _OPTIONAL_CONTENT:
            return True
    return False


def actual_text_mark(handle: int) -> int:
    """The address of the mark that gives /ActualText for an object, or 0."""
    for index in range(max(0, count_marks(handle))):
        mark = _mark_at(handle, index)
        if _value_type(mark, _ACTUAL_TEXT) == raw.FPDF_OBJECT_STRING:
            return mark
    return 0


def clip_points(clip: int, index: int) -> list[tuple[float, float]]:
    """The points of one of the paths that something is clipped to."""
    found = []
    for segment in range(max(0, _clip_size(clip, index))):
        _get_point(_clip_segment(clip, index, segment), *_SIDES[:2])
        found.append((_sides[0], _sides[1]))
    return found


def pointer(handle: int) -> Handle:
    """An object as all other functions of pdfium take it."""
    return cast(handle, raw.FPDF_PAGEOBJECT)
