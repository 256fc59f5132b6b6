"""What is drawn on a page of a PDF, object by object, in the order in which it is drawn."""

from __future__ import annotations

from ctypes import addressof, byref, c_float, c_int
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, outline
from evidence_chain.extract.pdf.drawn.lines import Layout, pieces
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    Colour,
    box_of,
    clip_path,
    clip_points,
    count_clips,
    fill_of,
    first_point,
    is_in_layer,
    object_at,
    object_type,
    pointer,
)
from evidence_chain.extract.pdf.drawn.texts import DEEPEST, nested_texts, top_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.lines import Text
    from evidence_chain.extract.pdf.file import Handle

WHITE: Colour = (255, 255, 255)

_TEXT = raw.FPDF_PAGEOBJ_TEXT
_SEGMENTS = 8
"""A stroked path of more is taken for a picture."""
_UNSEEN_ANNOTATIONS = (
    *(raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT),
    *(raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_FILEATTACHMENT),
)
"""Those that cover no text."""
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


Clips = dict[tuple[int, ...], Box]
"""The boxes of paths that objects of a page are clipped to, by where their points are kept."""


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
    count, of_page = raw.FPDFPage_CountObjects(page.raw), addressof(page.raw.contents)
    handles = [*map(object_at, repeat(of_page, count), range(count))]
    kinds = [*map(object_type, handles)]
    orders = [order for order, kind in enumerate(kinds) if kind == _TEXT]
    texts = top_texts(orders, [handles[order] for order in orders])
    painted: list[Painted] = []
    nested: list[Text] = []
    for order, kind in enumerate(kinds) if len(orders) < count else ():
        handle = handles[order]
        if kind == raw.FPDF_PAGEOBJ_PATH:
            painted += _path(order, handle)
        elif kind != _TEXT:
            image = kind == raw.FPDF_PAGEOBJ_IMAGE or _holds_image(pointer(handle))
            painted.append(Painted(order, box_of(handle), handle, image=image))
            if kind == raw.FPDF_PAGEOBJ_FORM:
                nested += nested_texts(order, pointer(handle))
    if nested:
        texts = sorted([*texts, *nested], key=attrgetter("order"))
    return Scene(texts, painted + list(_annotations(page, count)))


def contrast(one: Colour, other: Colour) -> int:
    """How far apart two colours are, of 255."""
    return max(abs(here - there) for here, there in zip(one, other, strict=True))


def clipped_to(handle: int, known: Clips | None = None) -> Box | None:
    """The box that an object is clipped to, or `None` if it isn't clipped.

    Objects of a page share their paths: what was found for some is kept in `known`.
    """
    clip = clip_path(handle)
    count = count_clips(clip)
    if count <= 0:
        return None
    paths = tuple(first_point(clip, index) for index in range(count))
    box = known.get(paths) if known else None
    if box is None:
        boxes = [outline(clip_points(clip, index)) for index in range(count)]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        box = Box(max(lefts), max(bottoms), min(rights), min(tops))
        if known is not None:
            known[paths] = box
    return box


def _nested(handle: Handle, kind: int, depth: int = 0) -> Iterator[Handle]:
    """The objects of a kind in a form, and in the forms in it."""
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM or depth > DEEPEST:
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
        left, bottom, right, top = outline([one, other])
        yield Painted(order, Box(left - half, bottom - half, right + half, top + half))


def _point(segment: Handle) -> tuple[float, float]:
    x, y = c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
    return x.value, y.value
