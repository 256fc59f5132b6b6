"""What is drawn on a page of a PDF, object by object, in the order in which it is drawn."""

from __future__ import annotations

from ctypes import addressof, byref, c_float, c_int
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box
from evidence_chain.extract.pdf.drawn.lines import Layout, Text, pieces
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    Colour,
    Matrix,
    box_of,
    clip_path,
    clip_points,
    count_clips,
    count_marks,
    fill_of,
    font_size,
    is_in_layer,
    matrix_of,
    object_at,
    object_type,
    pointer,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.file import Handle

WHITE: Colour = (255, 255, 255)
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)

_TEXT = raw.FPDF_PAGEOBJ_TEXT
_SEGMENTS = 8
"""A stroked path of more is taken for a picture."""
_NESTED = 12
_UNSEEN_ANNOTATIONS = (
    *(raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT),
    *(raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_FILEATTACHMENT),
)
"""Those that cover no text."""
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class Painted(NamedTuple):
    """A path, image or the like that may cover text or lie behind it."""

    order: int
    box: Box
    handle: int = 0
    """Its address, if it is a filled path, a picture or a form."""
    colour: Colour | None = None
    """`None` if it isn't one opaque colour."""
    image: bool = False


@dataclass
class Scene:
    """What is drawn on a page."""

    texts: list[Text]
    painted: list[Painted]
    """All else, annotations last."""

    @cached_property
    def layout(self) -> Layout:
        """The texts as they stand to one another."""
        return Layout(pieces(self.texts))


def objects(page: pdfium.PdfPage) -> Scene:
    """Return what is drawn on a page."""
    texts: list[Text] = []
    painted: list[Painted] = []
    count, of_page = raw.FPDFPage_CountObjects(page.raw), addressof(page.raw.contents)
    for order in range(count):
        handle = object_at(of_page, order)
        kind = object_type(handle)
        if kind == _TEXT:
            texts.append(_text(order, handle))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            painted += _path(order, handle)
        else:
            image = kind == raw.FPDF_PAGEOBJ_IMAGE or _holds_image(pointer(handle))
            painted.append(Painted(order, box_of(handle), handle, image=image))
            if kind == raw.FPDF_PAGEOBJ_FORM:
                texts += _nested_texts(order, pointer(handle), _UNMOVED)
    return Scene(texts, painted + list(_annotations(page, count)))


def _text(order: int, handle: int) -> Text:
    matrix = matrix_of(handle)
    size = font_size(handle) * (abs(matrix[2]) + abs(matrix[3]))
    return Text(order, handle, False, box_of(handle), matrix, size, count_marks(handle) > 0)


def _nested_texts(order: int, form: Handle, around: Matrix, depth: int = 0) -> Iterator[Text]:
    """The texts of a form and of the forms in it, given the matrix of what is around it."""
    if depth > _NESTED:
        return
    moved = _product(matrix_of(addressof(form.contents)), around)
    for index in range(max(0, raw.FPDFFormObj_CountObjects(form))):
        inner = raw.FPDFFormObj_GetObject(form, index)
        handle = addressof(inner.contents)
        kind = object_type(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _nested_texts(order, inner, moved, depth + 1)
        elif kind == _TEXT:
            matrix = _product(matrix_of(handle), moved)
            size = font_size(handle) * (abs(matrix[2]) + abs(matrix[3]))
            box, marked = _moved(box_of(handle), moved), count_marks(handle) > 0
            yield Text(order, handle, True, box, matrix, size, marked)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    x, y = _transformed(e, f, outer)
    return (
        *(a * outer[0] + b * outer[2], a * outer[1] + b * outer[3]),
        *(c * outer[0] + d * outer[2], c * outer[1] + d * outer[3]),
        *(x, y),
    )


def _transformed(x: float, y: float, by: Matrix) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _moved(box: Box, by: Matrix) -> Box:
    left, bottom, right, top = box
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    return _outline([_transformed(*corner, by) for corner in corners])


def contrast(one: Colour, other: Colour) -> int:
    """How far apart two colours are, of 255."""
    return max(abs(here - there) for here, there in zip(one, other, strict=True))


def clipped_to(handle: int) -> Box | None:
    """The box that an object is clipped to, or `None` if it isn't clipped."""
    clip = clip_path(handle)
    count = count_clips(clip)
    if count <= 0:
        return None
    boxes = [_outline(clip_points(clip, index)) for index in range(count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(max(lefts), max(bottoms), min(rights), min(tops))


def _nested(handle: Handle, kind: int, depth: int = 0) -> Iterator[Handle]:
    """The objects of a kind in a form, and in the forms in it."""
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM or depth > _NESTED:
        return
    for index in range(max(0, raw.FPDFFormObj_CountObjects(handle))):
        inner = raw.FPDFFormObj_GetObject(handle, index)
        if raw.FPDFPageObj_GetType(inner) == kind:
            yield inner
        else:
            yield from _nested(inner, kind, depth + 1)


def _holds_image(handle: Handle) -> bool:
    return any(True for _ in _nested(handle, raw.FPDF_PAGEOBJ_IMAGE))


def _annotations(page: pdfium.PdfPage, order: int) -> Iterator[Painted]:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        hidden = raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        if not hidden and raw.FPDFAnnot_GetSubtype(annotation) not in _UNSEEN_ANNOTATIONS:
            yield Painted(order, annotation_box(annotation))
        raw.FPDFPage_CloseAnnot(annotation)


def annotation_box(annotation: Handle) -> Box:
    """The rectangle of an annotation."""
    rectangle = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, byref(rectangle))
    (left, right), (bottom, top) = (
        sorted((rectangle.left, rectangle.right)),
        sorted((rectangle.bottom, rectangle.top)),
    )
    return Box(left, bottom, right, top)


def _path(order: int, at: int) -> Iterator[Painted]:
    """A filled path as one area; a path that is only stroked as its lines."""
    mode, stroked, handle = c_int(), c_int(), pointer(at)
    raw.FPDFPath_GetDrawMode(handle, byref(mode), byref(stroked))
    segments = raw.FPDFPath_CountSegments(handle)
    if mode.value:
        fill = fill_of(at)
        see_through = raw.FPDFPageObj_HasTransparency(handle) or is_in_layer(at)
        colour = fill[:3] if fill and not see_through else None
        yield Painted(order, box_of(at), at, colour)
    elif stroked.value:
        ends = _line_ends(handle, segments) if segments <= _SEGMENTS else []
        yield from _lines(order, handle, ends) if ends else [Painted(order, box_of(at))]


def is_rectangle(at: int) -> bool:
    """Whether a path goes round the corners of its box, and the box isn't tilted."""
    handle, matrix = pointer(at), raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, byref(matrix))
    ends = _line_ends(handle, raw.FPDFPath_CountSegments(handle))
    across, down = {x for x, _ in ends}, {y for _, y in ends}
    corners = len(across) == len(down) == 2 and len(set(ends)) == 4
    level = all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(ends))
    return corners and level and not (matrix.b or matrix.c)


def _line_ends(handle: Handle, segments: int) -> list[tuple[float, float]]:
    """The points of a path, or none if there is a curve in it."""
    found = [raw.FPDFPath_GetPathSegment(handle, at) for at in range(segments)]
    curve = raw.FPDF_SEGMENT_BEZIERTO
    if any(raw.FPDFPathSegment_GetType(segment) == curve for segment in found):
        return []
    return [_point(segment) for segment in found]


def _lines(order: int, handle: Handle, points: list[tuple[float, float]]) -> Iterator[Painted]:
    width, matrix = c_float(), raw.FS_MATRIX()
    raw.FPDFPageObj_GetStrokeWidth(handle, byref(width))
    raw.FPDFPageObj_GetMatrix(handle, byref(matrix))
    scale = max(map(abs, (matrix.a, matrix.b, matrix.c, matrix.d)))
    half = max(0.5, width.value * scale / 2)
    ends = [
        (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)
        for x, y in points
    ]
    closing = ends[:1] if len(ends) > 2 else []
    for one, other in pairwise(ends + closing):
        left, bottom, right, top = _outline([one, other])
        yield Painted(order, Box(left - half, bottom - half, right + half, top + half))


def _point(segment: Handle) -> tuple[float, float]:
    x, y = c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
    return x.value, y.value


def _outline(points: list[tuple[float, float]]) -> Box:
    if not points:
        return Box(0, 0, 0, 0)
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))
