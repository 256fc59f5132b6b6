"""The text objects of a page that are no part of a form.

Most pages can be told to be plain from lists of numbers, without a line of Python for each text.
"""

from __future__ import annotations

from functools import partial
from itertools import chain, repeat
from operator import add, mul, sub
from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.drawn.boxes import new_box
from evidence_chain.extract.pdf.drawn.lines import (
    BESIDE,
    CLOSE,
    EQUAL,
    GUTTER,
    LEAST,
    LOWER,
    NEAR,
    SAME_LINE,
    Text,
)
from evidence_chain.extract.pdf.drawn.pdfium_calls import (
    boxes_of,
    count_marks,
    font_sizes,
    matrices_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.extract.pdf.drawn.boxes import Box

_new_text = partial(tuple.__new__, Text)


class Texts:
    """The texts of a page, with a list for each question that is asked of all of them.

    Args:
        orders: the place of each one among the objects of the page.
        handles: its address.
        modes: how its letters are drawn.
    """

    def __init__(self, orders: Sequence[int], handles: list[int], modes: list[int]) -> None:
        self.orders, self.handles, self.modes = orders, handles, modes
        self.marked = [*map(count_marks, handles)]
        """How many content marks apply to it."""
        self.boxes = [*boxes_of(handles)]
        self.matrices = [*matrices_of(handles)]
        self.sizes: list[float] = []
        if handles:
            _, _, turned, upright, _, _ = zip(*self.matrices, strict=True)
            scales = map(add, map(abs, turned), map(abs, upright))
            self.sizes = [*map(mul, chain.from_iterable(font_sizes(handles)), scales)]

    def each(self) -> list[Text]:
        """All of them, one by one."""
        boxes, marked = map(new_box, self.boxes), map(bool, self.marked)
        fields = (
            *(self.orders, self.handles, repeat(None), boxes),
            *(self.matrices, self.sizes, marked, self.modes),
        )
        return [*map(_new_text, zip(*fields, strict=False))]

    def lie_within(self, page: Box, least: float) -> bool:
        """Whether each is wider and higher than so many points, and stands on the page."""
        lefts, bottoms, rights, tops = zip(*self.boxes, strict=True)
        large = min(map(sub, rights, lefts)) > least and min(map(sub, tops, bottoms)) > least
        right = min(lefts) >= page.left and max(rights) <= page.right
        return bool(large and right and min(bottoms) >= page.bottom and max(tops) <= page.top)

    def go_on(self) -> bool:
        """Whether each plainly follows the one before, on its line or in the line below.

        So none is read elsewhere than it is drawn, and none is raised beside another.
        """
        if not self._are_level():
            return False
        lines = self._lines()
        base, left, right, size = next(lines, (0.0, 0.0, 0.0, 0.0))
        begun = left
        for its_base, its_left, its_right, its_size in lines:
            gap, down = its_left - right, base - its_base
            if not down:
                if its_size != size or its_left <= left or not -NEAR * size <= gap <= GUTTER * size:
                    return False
            else:
                large = size if size > its_size else its_size
                if not (SAME_LINE * large < down <= CLOSE * large and down > EQUAL):
                    return False
                shared = min(right, its_right) - max(begun, its_left)
                beside = BESIDE * large if down >= LOWER * large else GUTTER * large
                if shared < -large or -BESIDE * large < gap < beside:
                    return False
                begun = its_left
            base, left, right, size = its_base, its_left, its_right, its_size
        return True

    def _are_level(self) -> bool:
        if not self.handles:
            return True
        across, tilts, _, down, _, _ = zip(*self.matrices, strict=True)
        return not any(tilts) and min(across) > 0 < min(down) and min(self.sizes) > 0

    def _lines(self) -> Iterator[tuple[float, float, float, float]]:
        """The baseline, left and right side, and size of each that leaves ink."""
        bases = [matrix[5] for matrix in self.matrices]
        tenths = {base: round(base, 1) for base in set(bases)}
        for base, box, size in zip(bases, self.boxes, self.sizes, strict=True):
            left, bottom, right, top = box
            if right - left >= LEAST and top - bottom >= LEAST:
                yield tenths[base], left, right, size
