"""Where the texts of a page stand to one another: on one line, below, or elsewhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, partial
from itertools import count, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from evidence_chain.extract.pdf.drawn.boxes import Box, Matrix

SAME_LINE = 0.45
"""Of the size of letters, by which baselines of one line differ."""


class Frame(NamedTuple):
    """A form, as it shows what stands in it."""

    form: int
    """Its address."""
    clip: Box | None
    """What can be seen through it, on the page; `None` if nothing is cut away."""
    plain: bool
    """Whether, but for that, what it shows looks as if it stood on the page."""


class Text(NamedTuple):
    """A text object."""

    order: float
    """Its place among the objects of the page; between two of them if it stands in a form."""
    handle: int
    """Its address."""
    frame: Frame | None
    """The form in which it stands, if it stands in one."""
    box: Box
    """On the page."""
    matrix: Matrix
    """From its own space to the page's; the last two numbers are where its baseline begins."""
    size: float
    """Of its letters, in points."""
    marked: bool
    """Whether content marks apply to it, such as those of a layer."""
    mode: int
    """How its letters are drawn: filled, outlined, not at all (ISO 32000-2, table 104)."""


class Piece(NamedTuple):
    """A text object as it stands along its own baseline, whichever way the page is turned."""

    base: float
    """How high its baseline is, to a tenth of a point, so that pieces sort by lines."""
    left: float
    right: float
    size: float
    turn: int
    """The direction of its baseline, in quarters of a turn."""
    order: int
    """Which one of the pieces of the page it is, in the order of drawing."""
    handle: int
    nested: bool

    @property
    def width(self) -> float:
        return self.right - self.left


def pieces(texts: list[Text]) -> list[Piece]:
    """The texts that can be placed: level or upright ones that leave ink."""
    inked = [
        text
        for text in texts
        if (box := text[3])[2] - box[0] >= LEAST and box[3] - box[1] >= LEAST and text[5] > 0
    ]
    if not inked:
        return []
    _, handles, frames, boxes, matrices, sizes, _, _ = zip(*inked, strict=True)
    across, tilts, _, down, _, bases = zip(*matrices, strict=True)
    if any(tilts) or min(across) <= 0 or min(down) <= 0:
        return _turned_pieces(inked)
    lefts, _, rights, _ = zip(*boxes, strict=True)
    tenths = {base: round(base, 1) for base in set(bases)}
    nested = map(bool, frames)
    at = map(tenths.__getitem__, bases), lefts, rights, sizes, repeat(0), count(), handles, nested
    return [*map(_new_piece, zip(*at, strict=False))]


def _turned_pieces(texts: list[Text]) -> list[Piece]:
    """The same of texts of which some are tilted or stand upright."""
    found: list[Piece] = []
    for _, handle, frame, (left, bottom, right, top), (a, b, _, d, x, y), size, *_ in texts:
        if abs(b) < _TILT * abs(a) and d > 0:
            base, start, end, turn = (y, left, right, 0) if a > 0 else (-y, -right, -left, 2)
        elif abs(a) < _TILT * abs(b):
            base, start, end, turn = (-x, bottom, top, 1) if b > 0 else (x, -top, -bottom, 3)
        else:
            continue
        its = round(base, 1), start, end, size, turn, len(found), handle, frame is not None
        found.append(_new_piece(its))
    return found


LEAST, _TILT = 0.1, 0.02
_new_piece: Callable[[Iterable[float]], Piece] = partial(tuple.__new__, Piece)


class _Row(NamedTuple):
    """Pieces on one baseline, from left to right."""

    pieces: list[Piece]
    lefts: list[float]
    widest: float

    @classmethod
    def of(cls, pieces: list[Piece]) -> _Row:
        return cls(pieces, [one.left for one in pieces], max(one.width for one in pieces))


class Layout:
    """All pieces of a page by where they stand."""

    def __init__(self, all_pieces: list[Piece]) -> None:
        self.pieces = all_pieces

    @cached_property
    def _sorted(self) -> list[Piece]:
        return sorted(self.pieces)

    @cached_property
    def _bases(self) -> list[float]:
        return [piece.base for piece in self._sorted]

    def between(self, low: float, high: float) -> Iterator[Piece]:
        """The pieces whose baselines lie from one height to another."""
        start, end = bisect_left(self._bases, low), bisect_right(self._bases, high)
        return iter(self._sorted[start : min(end, start + _MOST)])

    def crossed(
        self, turn: int, low: float, high: float, left: float, right: float
    ) -> Iterator[Piece]:
        """The pieces of one direction with baselines from one height to another, in a width."""
        bases, rows = self._rows.get(turn, ((), ()))
        for row in rows[bisect_left(bases, low) : bisect_right(bases, high)]:
            start = bisect_left(row.lefts, left - row.widest)
            for piece in row.pieces[start : bisect_left(row.lefts, right)]:
                if piece.right > left:
                    yield piece

    @cached_property
    def _rows(self) -> dict[int, tuple[list[float], list[_Row]]]:
        """The pieces of each direction, one row for each baseline."""
        turns: dict[int, dict[float, list[Piece]]] = {}
        for piece in self._sorted:
            turns.setdefault(piece.turn, {}).setdefault(piece.base, []).append(piece)
        return {
            turn: ([*rows], [_Row.of(row) for row in rows.values()]) for turn, rows in turns.items()
        }

    @cached_property
    def largest(self) -> float:
        """The size of its largest letters."""
        return max([piece.size for piece in self.pieces], default=0.0)

    def within(self, piece: Piece, left: float, right: float) -> Iterator[Piece]:
        """The other pieces on the line of one that reach into a stretch of it."""
        slack = SAME_LINE * piece.size
        low, high = piece.base - slack, piece.base + slack
        for other in self.crossed(piece.turn, low, high, left, right):
            if other.order != piece.order:
                yield other

    def beside(self, piece: Piece) -> Iterator[Piece]:
        """The other pieces on the line of one."""
        slack = SAME_LINE * piece.size
        for other in self.between(piece.base - slack, piece.base + slack):
            if other.order != piece.order and other.turn == piece.turn:
                yield other

    def is_out_of_order(self) -> bool:
        """Whether on any line a text wasn't drawn after the one that stands before it."""
        return any(
            self._is_mixed(one, other)
            for one, other in pairwise(self._sorted)
            if other.base - one.base < EQUAL and one.turn == other.turn
        )

    def _is_mixed(self, one: Piece, other: Piece) -> bool:
        if other.order == one.order + 1 or other.left - one.right > NEAR * one.size:
            return other.order < one.order
        between = self.pieces[one.order + 1 : other.order][:_SHIFTED]
        size = max(one.size, other.size)
        raised = all(abs(each.base - one.base) < size for each in between)
        return not between or len(between) == _SHIFTED or not raised


_SHIFTED = 5
"""So many texts above and below a line, less one, may be drawn between two of its own."""
_MOST = 400
"""Pieces that are looked at on a line."""
EQUAL = 0.3
"""Points by which baselines may differ to be the same."""
LEAST_GAP = 0.2
"""Of the size of letters; in a gap of less no other text stands."""
NEAR = 0.8
"""Likewise, how far apart two texts of one line are that are read together at once."""
BESIDE = 0.35
"""Likewise, how far a digit stands from the number beside it at most."""
GUTTER = 1.0
"""Likewise, the least width of a gap between columns."""
LOWER = 0.8
"""Likewise; what stands less below a line, and beside its end, is no next line."""
CLOSE = 1.6
"""Likewise, how far below a line the next one is when nothing can stand between."""
