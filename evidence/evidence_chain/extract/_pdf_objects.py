"""What is drawn on a page of a PDF, object by object, in the order in which it is drawn."""

from __future__ import annotations

from ctypes import addressof, byref, c_float, c_int, c_ulong, create_string_buffer
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract._pdf_calls import (
    Colour,
    box_of,
    count_marks,
    fill_of,
    object_at,
    object_type,
    pointer,
)
from evidence_chain.extract._pdf_text import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract._pdf_file import Handle

WHITE: Colour = (255, 255, 255)

_TEXT = raw.FPDF_PAGEOBJ_TEXT
_SEGMENTS = 8
"""A stroked path of more is taken for a picture, a filled one of more for no rectangle."""
_NESTED = 12
_UNSEEN_ANNOTATIONS = (
    *(raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_WIDGET),
    *(raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_FILEATTACHMENT),
)
"""Those that cover no text."""
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class Painted(NamedTuple):
    """A path, image or the like that may cover text or lie behind it."""

    order: int
    box: Box
    colour: Colour | None = None
    """`None` if it isn't one opaque colour."""
    full: bool = False
    """Whether it fills its box."""
    image: bool = False


class Text(NamedTuple):
    """A text object."""

    order: int
    handle: int
    """Its address."""
    nested: bool
    """Whether it stands in a form, of which the page shows a part, moved and scaled."""


def objects(page: pdfium.PdfPage) -> tuple[list[Text], list[Painted]]:
    """Return the texts of a page, and what else is painted on it, annotations last."""
    texts: list[Text] = []
    painted: list[Painted] = []
    count, of_page = raw.FPDFPage_CountObjects(page.raw), addressof(page.raw.contents)
    for order in range(count):
        handle = object_at(of_page, order)
        kind = object_type(handle)
        if kind == _TEXT:
            texts.append(Text(order, handle, False))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            painted += _path(order, handle)
        else:
            image = kind == raw.FPDF_PAGEOBJ_IMAGE or _holds_image(pointer(handle))
            painted.append(Painted(order, box_of(handle), image=image))
            nested = _nested(pointer(handle), _TEXT)
            texts += [Text(order, addressof(text.contents), True) for text in nested]
    return texts, painted + list(_annotations(page, count))


def contrast(one: Colour, other: Colour) -> int:
    """How far apart two colours are, of 255."""
    return max(abs(here - there) for here, there in zip(one, other, strict=True))


def is_in_layer(handle: int) -> bool:
    """Whether an object belongs to a layer (optional content), which may be switched off."""
    for index in range(max(0, count_marks(handle))):
        mark = raw.FPDFPageObj_GetMark(pointer(handle), index)
        name, size = create_string_buffer(6), c_ulong()
        raw.FPDFPageObjMark_GetName(mark, raw.FPDF_WCHAR.from_buffer(name), 6, byref(size))
        if name.raw == b"O\0C\0\0\0":
            return True
    return False


def clipped_to(handle: int) -> Box | None:
    """The box that an object is clipped to, or `None` if it isn't clipped."""
    clip = raw.FPDFPageObj_GetClipPath(pointer(handle))
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return None
    boxes = [_outline(_clip_points(clip, index)) for index in range(count)]
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
        yield Painted(order, box_of(at), colour, full=segments <= _SEGMENTS)
    elif stroked.value and segments > _SEGMENTS:
        yield Painted(order, box_of(at))
    elif stroked.value:
        yield from _lines(order, handle, segments)


def _lines(order: int, handle: Handle, segments: int) -> Iterator[Painted]:
    width, matrix = c_float(), raw.FS_MATRIX()
    raw.FPDFPageObj_GetStrokeWidth(handle, byref(width))
    raw.FPDFPageObj_GetMatrix(handle, byref(matrix))
    scale = max(map(abs, (matrix.a, matrix.b, matrix.c, matrix.d)))
    half = max(0.5, width.value * scale / 2)
    ends = [
        (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)
        for x, y in (_point(raw.FPDFPath_GetPathSegment(handle, at)) for at in range(segments))
    ]
    for one, other in zip(ends, ends[1:] + ends[:1], strict=True):
        left, bottom, right, top = _outline([one, other])
        yield Painted(order, Box(left - half, bottom - half, right + half, top + half))


def _clip_points(clip: Handle, index: int) -> list[tuple[float, float]]:
    count = max(0, raw.FPDFClipPath_CountPathSegments(clip, index))
    return [_point(raw.FPDFClipPath_GetPathSegment(clip, index, at)) for at in range(count)]


def _point(segment: Handle) -> tuple[float, float]:
    x, y = c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
    return x.value, y.value


def _outline(points: list[tuple[float, float]]) -> Box:
    if not points:
        return Box(0, 0, 0, 0)
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))
