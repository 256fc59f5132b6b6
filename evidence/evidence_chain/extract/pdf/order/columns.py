"""The lines of columns that a file draws in turns, put one below the other as they are read.

Some programs write all lines of a page by their height, so that one of the left column is followed
by one of the right. Rows of tables stand on one baseline, and are left as they are. Nothing is
taken for granted by moving a line: whether a reader reads on there is asked of what comes out.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.pdf.drawn.lines import (
    CLOSE,
    EQUAL,
    GUTTER,
    NEAR,
    SAME_LINE,
    Piece,
)
from evidence_chain.extract.pdf.order.joined import runs_of
from evidence_chain.text.language.characters import LINE_END

if TYPE_CHECKING:
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText

_LEAST_TURNS = 4
"""So often the file goes from one column to another and back, at least."""
_LEAST_WIDTH = 5.0
"""Of the size of letters, for a line of a column."""
_ALIGNED = 3.0
"""Likewise, how far from the left side of a column a line may begin: paragraphs are indented."""
_RISE = 0.9
"""Likewise, how much higher or lower a digit stands at most beside a text."""
_SAME_SIZE = 0.8
"""Points."""
_NEAREST = 40
"""So many stretches of lines are looked at, the last ones."""
_SIZE = attrgetter("size")


class _Run(NamedTuple):
    """A piece as it follows another in the text, and its slice."""

    piece: Piece
    start: int
    end: int


def untangle(text: PageText, scene: Scene) -> None:
    """Put columns one after the other on a page whose file draws their lines in turns."""
    if scene.goes_on or text.lines or not _takes_turns(scene.layout.pieces):
        return
    runs = [_Run(*run) for run in runs_of(text, {one.handle: one for one in scene.layout.pieces})]
    inside = sum(run.end - run.start for run in runs)
    between = "".join(
        text.text[one:other]
        for one, other in zip(
            [0, *(run.end for run in runs)],
            [*(run.start for run in runs), len(text.text)],
            strict=True,
        )
    )
    if inside + len(between) == len(text.text) and not between.strip():
        _put_in_order(text, _columns(runs))


def _takes_turns(pieces: list[Piece]) -> bool:
    """Whether the file often goes on beside a line, and on another baseline."""
    turns, begun = 0, pieces[0].left if pieces else 0.0
    for one, other in pairwise(pieces):
        level = abs(one.base - other.base) <= SAME_LINE * one.size and other.left > one.left
        if not level and not _is_raised(one, other):
            turns += _is_aside(one, other, begun)
            begun = other.left
        elif level:
            turns += _is_aside(one, other, one.left)
    return turns >= _LEAST_TURNS


def _is_raised(one: Piece, other: Piece) -> bool:
    """Whether one of two pieces stands higher, as a digit may, right beside the other."""
    size = max(one.size, other.size)
    short = min(one.width, other.width) < _LEAST_WIDTH * size
    near = -NEAR * size <= other.left - one.right <= NEAR * size
    return short and near and abs(one.base - other.base) < _RISE * size and one.turn == other.turn


def _is_aside(one: Piece, other: Piece, begun: float) -> bool:
    """Whether a piece stands beside a line that begins there and ends with another piece.

    And in no row with it.
    """
    size = max(one.size, other.size)
    apart = max(begun, other.left) - min(one.right, other.right)
    near = EQUAL < abs(one.base - other.base) <= CLOSE * size and one.turn == other.turn
    return near and apart > GUTTER * size and min(one.width, other.width) > _LEAST_WIDTH * size


class _Column:
    """Lines that stand one below the other."""

    def __init__(self) -> None:
        self.runs: list[_Run] = []
        self.line: list[Piece] = []
        """The last of them."""

    def add(self, run: _Run, *, beside: bool) -> None:
        self.runs.append(run)
        self.line = [*self.line, run.piece] if beside else [run.piece]

    @property
    def main(self) -> Piece:
        """The piece of its last line that is no raised digit."""
        return max(self.line, key=_SIZE)

    def is_beside(self, piece: Piece) -> bool:
        """Whether a piece goes on in the last line: in the same row, raised, or as a number."""
        last, main = self.line[-1], self.main
        size, away = max(main.size, piece.size), abs(main.base - piece.base)
        row = away <= EQUAL and piece.left >= last.left
        short = piece.left > last.right and piece.width < _LEAST_WIDTH * size
        in_row = row or (short and away <= SAME_LINE * size)
        return main.turn == piece.turn and (in_row or _is_raised(last, piece))

    def is_below(self, piece: Piece) -> bool:
        """Whether a piece begins the next line."""
        main = self.main
        left, right = min(one.left for one in self.line), max(one.right for one in self.line)
        return (
            EQUAL < main.base - piece.base <= CLOSE * max(main.size, piece.size)
            and main.turn == piece.turn
            and abs(main.size - piece.size) < _SAME_SIZE
            and abs(piece.left - left) <= _ALIGNED * piece.size
            and piece.left < right
        )


def _columns(runs: list[_Run]) -> list[_Column]:
    """The runs of each stretch of lines that stand one below the other, in their order."""
    columns: list[_Column] = []
    last: _Column | None = None
    for run in runs:
        beside = last is not None and last.is_beside(run.piece)
        if last is None or not beside:
            below = [column for column in columns[-_NEAREST:] if column.is_below(run.piece)]
            last = min(below, key=lambda column: column.main.base, default=None)
        if last is None:
            last = _Column()
            columns.append(last)
        last.add(run, beside=beside)
    return columns


def _put_in_order(text: PageText, columns: list[_Column]) -> None:
    said, origins = list[str](), list[int]()
    before: _Run | None = None
    for run in (run for column in columns for run in column.runs):
        if before:
            gap = text.text[before.end : run.start] if run.start >= before.end else ""
            whole = run.start >= before.end and not gap.strip()
            put = gap if whole else "" if said[-1].endswith(LINE_END) else "\n"
            said.append(put)
            origins += [origins[-1]] * len(put)
        said.append(text.text[run.start : run.end])
        origins += text.origins[run.start : run.end]
        before = run
    text.rearrange("".join(said), origins, text.doubtful, [])
