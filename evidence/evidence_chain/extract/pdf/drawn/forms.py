"""What stands in the forms of a page, which it shows moved, scaled and cut (ISO 32000-2, 8.10)."""

from __future__ import annotations

from ctypes import addressof
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, moved, product
from evidence_chain.extract.pdf.drawn.lines import Frame, Text
from evidence_chain.extract.pdf.drawn.painted import Clips, Painted, clipped_to
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    box_of,
    count_marks,
    font_size,
    has_transparency,
    is_in_layer,
    matrix_of,
    object_type,
    pointer,
    render_mode,
)

if TYPE_CHECKING:
    from evidence_chain.extract.pdf.drawn.boxes import Matrix
    from evidence_chain.extract.pdf.drawn.paths import Paths

_DEEPEST = 12
"""Forms in forms are gone through so deep."""
_MOST = 1 << 17
"""So many parts of a form at most are told from one another."""
_STEP = 1 / (_MOST << 1)
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


class Form:
    """A form on a page: its texts, and all else that is painted in it."""

    def __init__(self, order: int, handle: int, paths: Paths) -> None:
        self.texts: list[Text] = []
        self.painted: list[Painted] = []
        self.image = False
        """Whether there is a picture in it."""
        self._order = float(order)
        self._paths = paths
        self._parts = 0
        self._clips: Clips = {}
        self._add_form(handle, _UNMOVED, None, 0)
        if self._parts > _MOST:
            self.painted = [Painted(order, box_of(handle))]

    def _add_form(self, handle: int, around: Matrix, outer: Frame | None, depth: int) -> None:
        if depth > _DEEPEST:
            self._parts = _MOST + 1
            return
        frame, matrix = _frame(handle, around, outer), product(matrix_of(handle), around)
        form = pointer(handle)
        for index in range(max(0, raw.FPDFFormObj_CountObjects(form))):
            inner = addressof(raw.FPDFFormObj_GetObject(form, index).contents)
            kind = object_type(inner)
            self._parts += 1
            self._order += _STEP * (self._parts <= _MOST)
            if kind == raw.FPDF_PAGEOBJ_FORM:
                self._add_form(inner, matrix, frame, depth + 1)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self._add_text(inner, matrix, frame)
            elif self._parts <= _MOST:
                self._paint(inner, kind, matrix, frame)
            self.image |= kind == raw.FPDF_PAGEOBJ_IMAGE

    def _add_text(self, handle: int, around: Matrix, frame: Frame) -> None:
        matrix = product(matrix_of(handle), around)
        size = font_size(handle) * (abs(matrix[2]) + abs(matrix[3]))
        box, marked = moved(box_of(handle), around), count_marks(handle) > 0
        clip = clipped_to(handle, self._clips)
        if clip:
            frame = frame._replace(clip=_shared(frame.clip, moved(clip, around)))
        mode = render_mode(handle)
        self.texts.append(Text(self._order, handle, frame, box, matrix, size, marked, mode))

    def _paint(self, handle: int, kind: int, around: Matrix, frame: Frame) -> None:
        if kind != raw.FPDF_PAGEOBJ_PATH:
            self.painted.append(Painted(self._order, moved(box_of(handle), around)))
            return
        for each in self._paths.painted(self._order, handle, around):
            colour = each.colour if frame.plain else None
            opaque = each.opaque and frame.plain
            self.painted.append(each._replace(handle=0, colour=colour, opaque=opaque))


def _frame(handle: int, around: Matrix, outer: Frame | None) -> Frame:
    """What a form does to what stands in it, given what is around the form."""
    clip = clipped_to(handle)
    shown = _shared(outer.clip if outer else None, moved(clip, around) if clip else None)
    a, b, c, d, *_ = product(matrix_of(handle), around)
    level = (b == c == 0 != a * d) or (a == d == 0 != b * c)
    opaque = not has_transparency(handle) and not is_in_layer(handle)
    return Frame(handle, shown, level and opaque and (outer is None or outer.plain))


def _shared(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return Box(
        max(one.left, other.left),
        max(one.bottom, other.bottom),
        min(one.right, other.right),
        min(one.top, other.top),
    )
