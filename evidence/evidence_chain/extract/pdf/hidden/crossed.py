"""Words of a PDF that tilted strokes go through: an X, a slash, or several side by side.

A stroke strikes a word out only if it is made for it: it begins and ends beside the letters that it
goes through. Lines of charts and arrows, which go on, strike nothing; nor do two that cross where
little is written. A page of many tilted lines is a drawing, and is not looked at.
"""

from __future__ import annotations

from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.extract.pdf.drawn.boxes import Box
    from evidence_chain.extract.pdf.drawn.lines import Piece
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.painted import Line
    from evidence_chain.extract.pdf.drawn.text import PageText

_MOST = 200
"""Tilted lines of a page that are looked at."""
_MOST_XS = 20
_LARGEST = 60.0
"""Points; larger letters are crossed out by what is no stroke."""
_BESIDE = 1.0
"""Of the size of letters, how far beside those that it goes through a stroke begins or ends."""
_BODY = 0.6
"""Likewise, how high letters are that a stroke must go through."""
_INNER = 0.2
"""Of a letter's width, on each side, where a stroke may pass between two letters."""
_FEWEST, _HATCHES, _APART = 2, 3, 4
"""Letters that one stroke goes through; strokes that go through one each, and how far apart."""
_SAME = 0.15
"""Of an X, how far the ends of one stroke lie from those of the other."""
_LINE = 1.3
"""Of the size of letters, how high a line of text is with the room above it."""
_FULL = 0.3
"""Of an X, how much of it must be covered by what is written."""


class _Struck(NamedTuple):
    """What a stroke goes through in one piece of text."""

    piece: Piece
    places: list[int]
    """The places of letters among those of the piece."""


def crossed(text: PageText, scene: Scene) -> set[int]:
    """The characters that tilted strokes strike out."""
    strokes = [one.line for one in scene.areas if one.line]
    if not 0 < len(strokes) <= _MOST:
        return set()
    letters = _Letters(text, scene)
    found: set[int] = set()
    single: dict[Piece, list[int]] = {}
    for stroke in strokes:
        for piece, places in _through(letters, stroke):
            if len(places) >= _FEWEST:
                found.update(letters.beside(piece, stroke.box))
            else:
                single.setdefault(piece, []).extend(places)
    for piece, places in single.items():
        there = sorted(set(places))
        near = all(later - one <= _APART for one, later in pairwise(there))
        if len(there) >= _HATCHES and near:
            found.update(letters.of(piece)[there[0] : there[-1] + 1])
    for box in islice(dict.fromkeys(_xs(strokes)), _MOST_XS):
        found.update(_within(letters, box))
    return found


class _Letters:
    """The level texts of a page with their characters."""

    def __init__(self, text: PageText, scene: Scene) -> None:
        self.text = text
        self._layout = scene.layout
        self._known: dict[int, list[int]] = {}

    def near(self, box: Box) -> Iterator[Piece]:
        """The level pieces whose baselines lie in a box, or close to it."""
        reach = (1 + _BESIDE) * min(_LARGEST, self._layout.largest)
        low, high = box.bottom - reach, box.top + reach
        return self._layout.crossed(0, low, high, box.left, box.right)

    def of(self, piece: Piece) -> list[int]:
        """The characters of a piece that are letters or digits."""
        if piece.handle not in self._known:
            its = self.text.by_object.get(piece.handle, ())
            self._known[piece.handle] = [char for char in its if self.text.char(char).isalnum()]
        return self._known[piece.handle]

    def beside(self, piece: Piece, box: Box) -> Iterator[int]:
        """The letters of a piece whose middle lies between the sides of a box."""
        for char in self.of(piece):
            left, _, right, _ = self.text.box(char)
            if box.left <= (left + right) / 2 <= box.right:
                yield char


def _through(letters: _Letters, stroke: Line) -> Iterator[_Struck]:
    """The letters that a stroke goes through and beside which it begins and ends."""
    left, right = sorted((stroke.x, stroke.u))
    low, high = sorted((stroke.y, stroke.v))
    for piece in letters.near(stroke.box):
        beside = _BESIDE * piece.size
        if not (piece.base - beside <= low and high <= piece.base + piece.size + beside):
            continue
        boxes = [letters.text.box(char) for char in letters.of(piece)]
        places = [
            place
            for place, (start, _, end, _) in enumerate(boxes)
            if _goes_through(stroke, start, end, piece)
        ]
        if places and (
            boxes[places[0]][0] - beside <= left and right <= boxes[places[-1]][2] + beside
        ):
            yield _Struck(piece, places)


def _goes_through(stroke: Line, left: float, right: float, piece: Piece) -> bool:
    """Whether a stroke goes through the body of a letter."""
    inner = _INNER * (right - left)
    low = max(left + inner, min(stroke.x, stroke.u))
    high = min(right - inner, max(stroke.x, stroke.u))
    if low > high:
        return False
    rise = (stroke.v - stroke.y) / (stroke.u - stroke.x)
    ends = [stroke.y + rise * (x - stroke.x) for x in (low, high)]
    return min(ends) < piece.base + _BODY * piece.size and max(ends) > piece.base


def _xs(strokes: Sequence[Line]) -> Iterator[Box]:
    """What is around each two strokes that cross from corner to corner."""
    boxes = [(one.box, (one.u - one.x) * (one.v - one.y) > 0) for one in strokes]
    for (one, rises), (other, rises_too) in combinations(boxes, 2):
        slack = _SAME * max(one.width, one.height)
        same = all(abs(here - there) <= slack for here, there in zip(one, other, strict=True))
        if same and rises != rises_too:
            yield one


def _within(letters: _Letters, box: Box) -> Iterator[int]:
    """The letters of what is written in a box, if it is full of that and of nothing else."""
    pieces = [
        one for one in letters.near(box) if box.bottom <= one.base + _BODY * one.size / 2 <= box.top
    ]
    inside = [char for one in pieces for char in letters.beside(one, box)]
    covered = sum(
        (min(one.right, box.right) - max(one.left, box.left)) * _LINE * one.size for one in pieces
    )
    if len(inside) >= _FEWEST and covered >= _FULL * box.width * box.height:
        yield from inside
