"""The paths of a page of a PDF: filled ones as one area, others as the lines that are drawn."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, moved, outline, product
from evidence_chain.extract.pdf.drawn.painted import Line, Painted
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    box_of,
    fill_of,
    has_transparency,
    is_in_layer,
    matrix_of,
    segments_of,
    size_of_path,
    stroke_width,
    ways_of_drawing,
)

if TYPE_CHECKING:
    from evidence_chain.extract.pdf.drawn.boxes import Matrix
    from evidence_chain.extract.pdf.drawn.pdfium_calls import Segment

_MOST_OF_PATH, _MOST_OF_PAGE = 500, 100_000
"""A stroked path of more segments is taken for a picture, and so is one after so many."""
_ONE_AREA = 5
"""A filled path of no more segments is one area."""
THICKEST = 20.0
"""Points; what is thicker is no rule."""
_THINNEST = 0.5
"""Points that a line takes up on each side at least."""


class Paths:
    """Goes through the paths of a page, one after the other."""

    def __init__(self) -> None:
        self._left = _MOST_OF_PAGE

    def painted(self, order: float, handle: int, around: Matrix | None = None) -> list[Painted]:
        """What a path paints, given its place among the objects of the page, and its address.

        And the matrix by which the form is moved in which it stands, if it stands in one.
        """
        filled, stroked = ways_of_drawing(handle)
        if filled:
            fill = fill_of(handle)
            see_through = has_transparency(handle) or is_in_layer(handle)
            colour = fill[:3] if fill and not see_through else None
            whole = Painted(order, _box(handle, around), handle, colour, opaque=not see_through)
            return [whole, *self._rules(order, handle, around, opaque=not see_through)]
        if not stroked:
            return []
        segments = size_of_path(handle)
        if segments > min(_MOST_OF_PATH, self._left):
            return [Painted(order, _box(handle, around))]
        self._left -= segments
        opaque = not (has_transparency(handle) or is_in_layer(handle))
        found = _lines(order, handle, _matrix(handle, around), opaque=opaque)
        return found or [Painted(order, _box(handle, around))]

    def _rules(
        self, order: float, handle: int, around: Matrix | None, *, opaque: bool
    ) -> list[Painted]:
        """The thin ones of several areas that are filled as one path."""
        segments = size_of_path(handle)
        if not _ONE_AREA < segments <= min(_MOST_OF_PATH, self._left):
            return []
        self._left -= segments
        a, b, c, d, e, f = _matrix(handle, around)
        areas = [
            outline([(a * x + c * y + e, b * x + d * y + f) for x, y, _ in part])
            for part in _parts([*segments_of(handle)])
        ]
        thin = [box for box in areas if min(box.width, box.height) < THICKEST]
        return [Painted(order, box, opaque=opaque) for box in thin if len(areas) > 1]


def is_rectangle(handle: int) -> bool:
    """Whether a path goes round the corners of its box, and the box isn't tilted."""
    if size_of_path(handle) > _MOST_OF_PATH:
        return False
    segments = [*segments_of(handle)]
    if any(segment.kind == raw.FPDF_SEGMENT_BEZIERTO for segment in segments):
        return False
    ends = [(segment.x, segment.y) for segment in segments]
    across, down = {x for x, _ in ends}, {y for _, y in ends}
    corners = len(across) == len(down) == 2 and len(set(ends)) == 4
    level = all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(ends))
    _, b, c, *_ = matrix_of(handle)
    return corners and level and not (b or c)


def _box(handle: int, around: Matrix | None) -> Box:
    return moved(box_of(handle), around) if around else box_of(handle)


def _matrix(handle: int, around: Matrix | None) -> Matrix:
    return product(matrix_of(handle), around) if around else matrix_of(handle)


def _lines(order: float, handle: int, matrix: Matrix, *, opaque: bool) -> list[Painted]:
    """The box of each line and curve of a path, those that may close it included."""
    a, b, c, d, e, f = matrix
    half = max(_THINNEST, stroke_width(handle) * max(abs(a), abs(b), abs(c), abs(d)) / 2)
    found: list[Painted] = []
    for part in _parts([*segments_of(handle)]):
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y, _ in part]
        curved = [kind == raw.FPDF_SEGMENT_BEZIERTO for _, _, kind in part]
        drawn = len(points)
        part_box = outline(points) if drawn > 2 else None
        if drawn > 2:  # and is closed perhaps
            points.append(points[0])
            curved.append(False)
        at = 1
        while at < len(points):
            line = None
            if curved[at]:
                left, bottom, right, top = outline(points[at - 1 : at + 3])
                at += 3
            else:
                (x, y), (u, v) = points[at - 1], points[at]
                left, right = (x, u) if x < u else (u, x)
                bottom, top = (y, v) if y < v else (v, y)
                if at < drawn:
                    line = Line(x, y, u, v, part_box)
                at += 1
            box = Box(left - half, bottom - half, right + half, top + half)
            found.append(Painted(order, box, opaque=opaque, line=line))
    return found


def _parts(segments: list[Segment]) -> list[list[Segment]]:
    """The segments of each line that is drawn without lifting the pen."""
    found: list[list[Segment]] = []
    for segment in segments:
        if segment.kind == raw.FPDF_SEGMENT_MOVETO or not found:
            found.append([])
        found[-1].append(segment)
    return found
