"""The text objects of a page: those on it, and those in forms, which it shows moved and scaled."""

from __future__ import annotations

from ctypes import addressof
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from pypdfium2 import raw

from evidence_chain.extract.pdf.drawn.boxes import Box, new_box, outline
from evidence_chain.extract.pdf.drawn.lines import Text
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    box_of,
    boxes_of,
    count_marks,
    font_size,
    font_sizes,
    matrices_of,
    matrix_of,
    object_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_chain.extract.pdf.drawn.pdfium_calls import Matrix
    from evidence_chain.extract.pdf.file import Handle

DEEPEST = 12
"""Forms in forms are gone through so deep."""
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
_new_text = partial(tuple.__new__, Text)


def top_texts(orders: Iterable[int], handles: list[int]) -> list[Text]:
    """The texts that are no part of a form, given each one's place and address."""
    matrices = [*matrices_of(handles)]
    sizes = [
        size * (abs(matrix[2]) + abs(matrix[3]))
        for (size,), matrix in zip(font_sizes(handles), matrices, strict=True)
    ]
    marked = map(bool, map(count_marks, handles))
    boxes = map(new_box, boxes_of(handles))
    fields = zip(orders, handles, repeat(False), boxes, matrices, sizes, marked, strict=False)
    return [*map(_new_text, fields)]


def nested_texts(
    order: int, form: Handle, around: Matrix = _UNMOVED, depth: int = 0
) -> Iterator[Text]:
    """The texts of a form and of the forms in it, given the matrix of what is around it."""
    if depth > DEEPEST:
        return
    moved = _product(matrix_of(addressof(form.contents)), around)
    for index in range(max(0, raw.FPDFFormObj_CountObjects(form))):
        inner = raw.FPDFFormObj_GetObject(form, index)
        handle = addressof(inner.contents)
        kind = object_type(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from nested_texts(order, inner, moved, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
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
    return outline([_transformed(*corner, by) for corner in corners])
