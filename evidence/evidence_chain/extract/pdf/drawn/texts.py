"""The text objects of a page that are no part of a form."""

from __future__ import annotations

from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.drawn.boxes import new_box
from evidence_chain.extract.pdf.drawn.lines import Text
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    boxes_of,
    count_marks,
    font_sizes,
    matrices_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    fields = zip(orders, handles, repeat(None), boxes, matrices, sizes, marked, strict=False)
    return [*map(_new_text, fields)]
