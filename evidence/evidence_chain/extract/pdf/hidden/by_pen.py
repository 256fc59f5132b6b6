"""Strokes that somebody drew on a page of a PDF with a viewer's pen or line: annotations.

What marks words, a broad or transparent stroke, is none; nor is what goes round them.
"""

from __future__ import annotations

from ctypes import byref, c_float
from itertools import pairwise
from math import hypot, inf
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import outline
from evidence_chain.extract.pdf.drawn.painted import Line, Painted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.file import Handle

Point = tuple[float, float]

_MOST_POINTS = 100_000
"""Of an annotation, that are looked at."""
_STRAIGHT = 3.0
"""Points by which a line that is drawn by hand leaves the straight one between its ends."""
_BROAD = 5.0
"""Points; what is broader marks words, and strikes none."""
_OPAQUE = 0.7
"""Likewise, what is less so."""


def by_pen(page: pdfium.PdfPage) -> list[Painted]:
    """The strokes that are drawn over a page, each for itself where the pen turns back."""
    found: list[Painted] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            paths = [*_paths(annotation)]
            if paths and not _is_marker(annotation):
                found += [_painted(stroke) for path in paths for stroke in _strokes(path)]
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _paths(annotation: Handle) -> Iterator[list[Point]]:
    """The points of each line that is drawn without lifting the pen."""
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    if subtype == raw.FPDF_ANNOT_LINE:
        start, end = raw.FS_POINTF(), raw.FS_POINTF()
        if raw.FPDFAnnot_GetLine(annotation, byref(start), byref(end)):
            yield [(start.x, start.y), (end.x, end.y)]
    elif subtype == raw.FPDF_ANNOT_POLYLINE:
        yield _points(raw.FPDFAnnot_GetVertices, annotation)
    elif subtype == raw.FPDF_ANNOT_INK:
        left = _MOST_POINTS
        for index in range(raw.FPDFAnnot_GetInkListCount(annotation)):
            path = _points(raw.FPDFAnnot_GetInkListPath, annotation, index)[:left]
            left -= max(1, len(path))
            yield path
            if left <= 0:
                return


def _points(function: Handle, *of: object) -> list[Point]:
    count = min(function(*of, None, 0), _MOST_POINTS)
    buffer = (raw.FS_POINTF * count)()
    return [(one.x, one.y) for one in buffer] if function(*of, buffer, count) == count else []


def _is_marker(annotation: Handle) -> bool:
    opacity = c_float()
    known = raw.FPDFAnnot_GetNumberValue(annotation, b"CA", byref(opacity))
    return (known and opacity.value < _OPAQUE) or any(
        raw.FPDFPageObj_HasTransparency(drawn) or _width(drawn) > _BROAD
        for index in range(raw.FPDFAnnot_GetObjectCount(annotation))
        if (drawn := raw.FPDFAnnot_GetObject(annotation, index))
    )


def _width(drawn: Handle) -> float:
    width = c_float()
    return width.value if raw.FPDFPageObj_GetStrokeWidth(drawn, byref(width)) else 0


def _strokes(path: Sequence[Point]) -> Iterator[list[Point]]:
    """The strokes of a path, each of which goes to the right or to the left only."""
    stroke: list[Point] = []
    ahead = 0
    for point, following in pairwise(path):
        way = (following[0] > point[0]) - (following[0] < point[0])
        if stroke and way and ahead and way != ahead:
            yield stroke
            stroke = []
        ahead = way or ahead
        stroke = stroke or [point]
        stroke.append(following)
    if stroke:
        yield stroke


def _painted(stroke: Sequence[Point]) -> Painted:
    line = Line(*stroke[0], *stroke[-1]) if _is_straight(stroke) else None
    return Painted(inf, outline(list(stroke)), opaque=True, line=line)


def _is_straight(stroke: Sequence[Point]) -> bool:
    (x, y), (u, v) = stroke[0], stroke[-1]
    length = hypot(u - x, v - y)
    return all(abs((u - x) * (y - q) - (x - p) * (v - y)) <= _STRAIGHT * length for p, q in stroke)
