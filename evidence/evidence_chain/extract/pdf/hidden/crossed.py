"""Words of a PDF that tilted strokes go through: an X, a slash, or several side by side.

A stroke strikes a word out only if it is made for it: it begins and ends beside the letters that it
goes through. Lines of charts and arrows, which go on, strike nothing; nor do two that cross where
little is written. A page of many tilted lines is a drawing, and is not looked at.
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.pdf.drawn.lines import EQUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


class _Row(NamedTuple):
    """What of one line of text is near a stroke, in however many pieces it is drawn."""

    pieces: list[Piece]
    chars: list[int]
    """Its letters and digits, from left to right."""

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


def crossed(text: PageText, scene: Scene, strokes: Sequence[Line]) -> set[int]:
    """The characters that tilted strokes strike out."""
    if not 0 < len(strokes) <= _MOST:
        return set()
    letters = _Letters(text, scene)
    found: set[int] = set()
    single: set[int] = set()
    for stroke in strokes:
        for row, struck in _through(letters, stroke):
            if len(struck) >= _FEWEST:
                found.update(letters.beside(row, stroke.box))
            else:
                single.update(struck)
    if len(single) >= _HATCHES:
        found.update(_hatched(letters, strokes, single))
    for box in islice(dict.fromkeys(_xs(strokes)), _MOST_XS):
        found.update(_within(letters, box))
    return found


class _Letters:
    """The level texts of a page with their characters."""

    def __init__(self, text: PageText, scene: Scene) -> None:
        self.text = text
        self._layout = scene.layout
        self._known: dict[int, list[int]] = {}

    def near(self, box: Box, around: float = 0) -> Iterator[_Row]:
        """The level lines of text whose baselines lie in a box, or close to it.

        Args:
            box: where.
            around: points to the left and to the right of it that are looked at, too.
        """
        reach = (1 + _BESIDE) * min(_LARGEST, self._layout.largest)
        low, high = box.bottom - reach, box.top + reach
        rows: list[list[Piece]] = []
        for piece in self._layout.crossed(0, low, high, box.left - around, box.right + around):
            if rows and piece.base - rows[-1][0].base < EQUAL:
                rows[-1].append(piece)
            else:
                rows.append([piece])
        for row in rows:
            row.sort(key=lambda piece: piece.left)
            yield _Row(row, [char for piece in row for char in self._of(piece)])

    def _of(self, piece: Piece) -> list[int]:
        """The characters of a piece that are letters or digits."""
        if piece.handle not in self._known:
            its = self.text.by_object.get(piece.handle, ())
            self._known[piece.handle] = [char for char in its if self.text.char(char).isalnum()]
        return self._known[piece.handle]

    def beside(self, row: _Row, box: Box) -> Iterator[int]:
        """The letters of a line whose middle lies between the sides of a box."""
        for char in row.chars:
            left, _, right, _ = self.text.box(char)
            if box.left <= (left + right) / 2 <= box.right:
                yield char


def _through(letters: _Letters, stroke: Line) -> Iterator[tuple[_Row, list[int]]]:
    """The letters that a stroke goes through, beside which the pen was put down and lifted."""
    reach = stroke.reach
    for row in letters.near(reach):
        beside = _BESIDE * row.size
        if not (row.base - beside <= reach.bottom and reach.top <= row.base + row.size + beside):
            continue
        boxes = {char: letters.text.box(char) for char in row.chars}
        struck = [
            char
            for char, (start, _, end, _) in boxes.items()
            if _goes_through(stroke, start, end, row)
        ]
        ends = struck
        if stroke.part:
            ends = [char for char, (start, _, end, _) in boxes.items() if _meets(reach, start, end)]
        if (
            struck
            and boxes[ends[0]][0] - beside <= reach.left
            and reach.right <= boxes[ends[-1]][2] + beside
        ):
            yield row, struck


def _meets(box: Box, left: float, right: float) -> bool:
    return left < box.right and box.left < right


def _hatched(letters: _Letters, strokes: Iterable[Line], single: set[int]) -> Iterator[int]:
    """The letters of words that several strokes go through, each of them through one letter."""
    reach = max(max(stroke.box.right - stroke.box.left for stroke in strokes), _LARGEST)
    for stroke in strokes:
        for row in letters.near(stroke.box, around=reach):
            run: list[int] = []
            for place in [place for place, char in enumerate(row.chars) if char in single]:
                if run and place - run[-1] > _APART:
                    run = []
                run.append(place)
                if len(run) >= _HATCHES:
                    yield from row.chars[run[0] : run[-1] + 1]


def _goes_through(stroke: Line, left: float, right: float, row: _Row) -> bool:
    """Whether a stroke goes through the body of a letter."""
    inner = _INNER * (right - left)
    low = max(left + inner, min(stroke.x, stroke.u))
    high = min(right - inner, max(stroke.x, stroke.u))
    if low > high:
        return False
    rise = (stroke.v - stroke.y) / (stroke.u - stroke.x)
    ends = [stroke.y + rise * (x - stroke.x) for x in (low, high)]
    return min(ends) < row.base + _BODY * row.size and max(ends) > row.base


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
    rows = [
        row for row in letters.near(box) if box.bottom <= row.base + _BODY * row.size / 2 <= box.top
    ]
    inside = [char for row in rows for char in letters.beside(row, box)]
    covered = sum(
        (min(one.right, box.right) - max(one.left, box.left)) * _LINE * one.size
        for row in rows
        for one in row.pieces
    )
    if len(inside) >= _FEWEST and covered >= _FULL * box.width * box.height:
        yield from inside
