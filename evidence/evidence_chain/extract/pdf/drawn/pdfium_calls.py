"""The calls of pdfium that are made for every object of every page.

They take addresses as plain numbers, which costs a fifth of what pointers cost. What is asked of
each object of a page is asked of all of them at once, without a line of Python for each. None of
these calls takes long enough to let other threads run.
"""

from __future__ import annotations

from collections import deque
from ctypes import (
    PYFUNCTYPE,
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
from struct import iter_unpack
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, Matrix, new_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from evidence_chain.extract.pdf.file import Handle

Colour = tuple[int, ...]

ACTUAL_TEXT = b"ActualText"


def _address(function: Handle) -> int:
    return cast(function, c_void_p).value or 0


def _of_pointers(function: Handle, count: int) -> Callable[..., int]:
    """A function of so many pointers that gives an integer."""
    return PYFUNCTYPE(c_int, *[c_void_p] * count)(_address(function))


def _to_address(function: Handle, *others: type) -> Callable[..., int]:
    """A function of a pointer, and of others, that gives a pointer."""
    return PYFUNCTYPE(c_void_p, c_void_p, *others)(_address(function))


object_of_char = _to_address(raw.FPDFText_GetTextObject, c_int)
object_at = _to_address(raw.FPDFPage_GetObject, c_int)
object_type = _of_pointers(raw.FPDFPageObj_GetType, 1)
render_mode = _of_pointers(raw.FPDFTextObj_GetTextRenderMode, 1)
count_marks = _of_pointers(raw.FPDFPageObj_CountMarks, 1)
has_transparency = _of_pointers(raw.FPDFPageObj_HasTransparency, 1)
clip_path = _to_address(raw.FPDFPageObj_GetClipPath)
count_clips = _of_pointers(raw.FPDFClipPath_CountPaths, 1)

_clip_size = PYFUNCTYPE(c_int, c_void_p, c_int)(_address(raw.FPDFClipPath_CountPathSegments))
_clip_segment = _to_address(raw.FPDFClipPath_GetPathSegment, c_int, c_int)
_get_point = _of_pointers(raw.FPDFPathSegment_GetPoint, 3)
_mark_at = _to_address(raw.FPDFPageObj_GetMark, c_ulong)
_get_modes = _of_pointers(raw.FPDFPath_GetDrawMode, 3)
size_of_path = _of_pointers(raw.FPDFPath_CountSegments, 1)
_segment_at = _to_address(raw.FPDFPath_GetPathSegment, c_int)
_segment_type = _of_pointers(raw.FPDFPathSegment_GetType, 1)
_get_stroke = _of_pointers(raw.FPDFPageObj_GetStrokeWidth, 2)
_get_name = PYFUNCTYPE(c_int, c_void_p, c_void_p, c_ulong, c_void_p)(
    _address(raw.FPDFPageObjMark_GetName)
)
_value_type = _of_pointers(raw.FPDFPageObjMark_GetParamValueType, 2)
_get_bounds = _of_pointers(raw.FPDFPageObj_GetBounds, 5)
_get_fill = _of_pointers(raw.FPDFPageObj_GetFillColor, 5)
_get_origin = PYFUNCTYPE(c_int, c_void_p, c_int, c_void_p, c_void_p)(
    _address(raw.FPDFText_GetCharOrigin)
)
_get_matrix = _of_pointers(raw.FPDFPageObj_GetMatrix, 2)
_get_size = _of_pointers(raw.FPDFTextObj_GetFontSize, 2)
_get_char_box = PYFUNCTYPE(c_int, c_void_p, c_int, *[c_void_p] * 4)(
    _address(raw.FPDFText_GetCharBox)
)
_get_cell = PYFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(_address(raw.FPDFText_GetLooseCharBox))
unit_of_char = PYFUNCTYPE(c_uint, c_void_p, c_int)(_address(raw.FPDFText_GetUnicode))
_sides, _parts, _cells = (c_float * 4)(), (c_uint * 4)(), (c_float * 6)()
_CELLS = addressof(_cells)
_origin, _ink = (c_double * 2)(), (c_double * 4)()
_ORIGIN = addressof(_origin)
_INK = [addressof(_ink) + 8 * side for side in (0, 2, 1, 3)]
"""In the order in which pdfium gives them: left, right, bottom, top."""
_SIDES = [addressof(_sides) + 4 * side for side in range(4)]
_PARTS = [addressof(_parts) + 4 * part for part in range(4)]
_OPTIONAL_CONTENT = "OC\0".encode("utf-16-le")
_name, _length = create_string_buffer(len(_OPTIONAL_CONTENT)), c_ulong()
_key = create_string_buffer(ACTUAL_TEXT)
_ACTUAL_TEXT = addressof(_key)
_NAME, _LENGTH = addressof(_name), addressof(_length)


def box_of(handle: int) -> Box:
    """The box of an object; an empty one where it has none."""
    return new_box(_sides) if _get_bounds(handle, *_SIDES) else Box(0, 0, 0, 0)


def boxes_of(handles: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """The sides of the box of each object; zeros where it has none."""
    return _written(handles, _get_bounds, "ffff", apart=True)


def matrices_of(handles: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """As `matrix_of` of each object."""
    return _written(handles, _get_matrix, "ffffff")


def font_sizes(handles: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """As `font_size` of each text, each in a tuple of its own."""
    return _written(handles, _get_size, "f")


def fills_of(handles: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """As `fill_of` of each object, but zeros for a pattern."""
    return _written(handles, _get_fill, "IIII", apart=True)


def _written(
    handles: Sequence[int], get: Callable[..., int], form: str, *, apart: bool = False
) -> Iterator[Any]:
    """What a function of pdfium writes for each object: numbers of four bytes, as in `struct`.

    It takes where to write them: one address, or one for each number, `apart`.
    """
    step = 4 * len(form)
    written = create_string_buffer(step * len(handles))
    first = addressof(written)
    places = [
        range(first + at, first + at + len(written), step)
        for at in (range(0, step, 4) if apart else [0])
    ]
    deque(map(get, handles, *places), 0)
    return iter_unpack(form, written)


def origin_of(page: int, char: int) -> tuple[float, float]:
    """Where a character of a page's text begins on its baseline."""
    _get_origin(page, char, _ORIGIN, _ORIGIN + 8)
    return _origin[0], _origin[1]


def ink_of(page: int, char: int) -> Box:
    """The box of a character's ink: left, bottom, right and top."""
    _get_char_box(page, char, *_INK)
    return new_box(_ink)


def cell_of(page: int, char: int) -> Box:
    """The box of a character's cell."""
    _get_cell(page, char, _SIDES[0])
    left, top, right, bottom = _sides
    return Box(left, bottom, right, top)


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


class Segment(NamedTuple):
    """A point of a path, and how it is reached from the one before; three make a curve."""

    x: float
    y: float
    kind: int


def segments_of(path: int) -> Iterator[Segment]:
    """The segments of a path, in its own space."""
    for index in range(size_of_path(path)):
        segment = _segment_at(path, index)
        _get_point(segment, *_SIDES[:2])
        yield Segment(_sides[0], _sides[1], _segment_type(segment))


def ways_of_drawing(path: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    _get_modes(path, *_PARTS[:2])
    return bool(_parts[0]), bool(_parts[1])


def stroke_width(path: int) -> float:
    """How wide the lines of a path are, before its matrix scales them."""
    _get_stroke(path, _CELLS)
    return _cells[0]


def first_point(clip: int, index: int) -> int:
    """The address of the first point of one of these paths, or `None` if it has none."""
    return _clip_segment(clip, index, 0)


def pointer(handle: int) -> Handle:
    """An object as all other functions of pdfium take it."""
    return cast(handle, raw.FPDF_PAGEOBJECT)
