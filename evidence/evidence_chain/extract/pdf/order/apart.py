"""Whether a reader reads on from one text of a page to the next in the file."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.drawn.lines import (
    CLOSE,
    EQUAL,
    GUTTER,
    LEAST_GAP,
    LOWER,
    NEAR,
    SAME_LINE,
    Layout,
    Piece,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_GAP = "another text stands within this line, and isn't in its place in the file"
FAR = "the texts before and after stand far apart on the page"
COLUMNS = "the texts before and after stand in two columns"
SKIPPED = "other lines stand between those before and after"

_FAR = 5.0
"""Of the size of letters: a gap across a line that no reader reads over."""
_COLUMN = 5.0
"""Likewise, the least width of a column."""
_LINES = 3.2
"""Likewise, how far below a line the next one may begin."""
_LEVEL = 0.3
"""Likewise, how far apart the baselines of two long texts of a line are at most."""
_BLANK = 8.0
"""Likewise, how much of a column may be blank."""
_TWO_WORDS = 2.0
"""Likewise, how wide a line is at least that isn't a number or the like."""
_ALIKE = 0.85
"""Letters of less than that part of a size are of another one."""

_size = attrgetter("size")


class _Line:
    """Pieces that follow one another along a line; its sides are asked for again and again."""

    __slots__ = ("left", "main", "pieces", "right")

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.left = min([piece.left for piece in pieces])
        self.right = max([piece.right for piece in pieces])
        self.main = max(pieces, key=_size)

    @property
    def width(self) -> float:
        return self.right - self.left


def breaks(
    layout: Layout, sequence: list[Piece], *, mixed: bool
) -> Iterator[tuple[Piece, Piece, str]]:
    """Pieces that follow one another, but aren't read on from one to the other.

    Most that follow one another are told by a glance; what this costs is paid for every page.
    """
    gutters: list[int] = []
    begun = 0
    for at in range(1, len(sequence)):
        one, other = sequence[at - 1], sequence[at]
        size, down = max(one.size, other.size), one.base - other.base
        gap = other.left - one.right
        if -SAME_LINE * size <= down <= SAME_LINE * size and one.turn == other.turn:
            if mixed and _is_occupied(layout, one, other):
                yield one, other, IN_GAP
            elif _is_aside(one, other, abs(down), size):
                yield one, other, COLUMNS
            elif GUTTER * size < gap <= _FAR * size:
                gutters.append(at)
            if -NEAR * size <= gap <= _FAR * size:
                continue
        elif _is_next_line(sequence[begun], one, other, down, size) and not mixed:
            begun = at
            continue
        begun = at
        if reason := _why_not(layout, sequence, at, mixed=mixed):
            yield one, other, reason
    yield from _columns(sequence, gutters)


def _why_not(layout: Layout, sequence: list[Piece], at: int, *, mixed: bool) -> str:
    """Why what begins at a place isn't read after what ends there, if it isn't."""
    line, following = _before(sequence, at), _after(sequence, at)
    reason = _apart(layout, line, following)
    if reason == FAR and min(line.width, following.width) < _TWO_WORDS * sequence[at].size:
        reason = ""
    return reason or (_cut_off(layout, line, following) if mixed else "")


def _columns(sequence: list[Piece], gutters: list[int]) -> Iterator[tuple[Piece, Piece, str]]:
    """Pieces with a gap between them that goes on in the lines above or below."""
    for place, at in enumerate(gutters):
        near = [*gutters[max(0, place - 2) : place], *gutters[place + 1 : place + 3]]
        one, other = sequence[at - 1], sequence[at]
        alike = any(_overlap(one, other, sequence[each - 1], sequence[each]) for each in near)
        if alike and _are_columns(sequence, at):
            yield one, other, COLUMNS


def _is_next_line(first: Piece, one: Piece, other: Piece, down: float, size: float) -> bool:
    """Whether a piece plainly begins the line below that from one piece to another."""
    below = 0 < down <= CLOSE * size and one.turn == other.turn
    if below and _is_aside(one, other, down, size):
        return False
    return below and min(one.right, other.right) - max(first.left, other.left) >= -size


def _is_aside(one: Piece, other: Piece, down: float, size: float) -> bool:
    """Whether a piece stands to the right of another one, and only a part of a line away."""
    right = other.left > one.right - LEAST_GAP * size and _alike(one, other)
    return (
        right
        and _LEVEL * size < down < LOWER * size
        and min(one.width, other.width) > _COLUMN * size
    )


def _before(sequence: list[Piece], at: int) -> _Line:
    """The line that ends before a place."""
    start = at - 1
    while start > 0 and _goes_on(sequence[start - 1], sequence[start - 1], sequence[start]):
        start -= 1
    return _Line(sequence[start:at])


def _after(sequence: list[Piece], at: int) -> _Line:
    """The line that begins at a place."""
    end = at + 1
    while end < len(sequence) and _goes_on(sequence[at], sequence[end - 1], sequence[end]):
        end += 1
    return _Line(sequence[at:end])


def _are_columns(sequence: list[Piece], at: int) -> bool:
    """Whether both sides of the gap before a place are as wide as columns are."""
    line, following = _before(sequence, at), _after(sequence, at)
    one, other = sequence[at - 1], sequence[at]
    return min(one.right - line.left, following.right - other.left) > _COLUMN * one.size


def _goes_on(first: Piece, last: Piece, piece: Piece) -> bool:
    """Whether a piece stands on the line from one to another, after it."""
    size = max(last.size, piece.size)
    level = min(abs(last.base - piece.base), abs(first.base - piece.base)) <= SAME_LINE * size
    gap = piece.left - last.right
    return level and last.turn == piece.turn and -NEAR * size <= gap <= _FAR * size


def _is_occupied(layout: Layout, one: Piece, other: Piece) -> bool:
    """Whether another text stands in the gap between two."""
    size = max(one.size, other.size)
    if other.left - one.right < LEAST_GAP * size:
        return False
    start, end = one.right - LEAST_GAP * size, other.left + LEAST_GAP * size
    return any(
        each.left > start and each.right < end
        for each in layout.within(one, start, end)
        if each.order != other.order
    )


def _overlap(one: Piece, other: Piece, left: Piece, right: Piece) -> bool:
    """Whether two gaps, each between two pieces, stand above one another."""
    low, high = max(one.right, left.right), min(other.left, right.left)
    return high - low > GUTTER * one.size / 2 and abs(one.base - left.base) < _LINES * one.size


def _apart(layout: Layout, line: _Line, following: _Line) -> str:
    """Why one line isn't followed by another, if it isn't."""
    one, other = line.main, following.main
    if one.turn != other.turn:
        return ""
    size = max(one.size, other.size)
    down = one.base - other.base
    overlap = min(line.right, following.right) - max(line.left, following.left)
    if _is_aside(line.pieces[-1], following.pieces[0], abs(down), size):
        return COLUMNS
    if abs(down) <= SAME_LINE * size:
        return FAR if following.left - line.right > _FAR * size else _backwards(line, following)
    if down < 0:
        return _upwards(layout, line, following, -down / size)
    if overlap < -size or down > _LINES * size * 8:
        return FAR if down > size or overlap < -size else ""
    if down <= CLOSE * size:
        return ""
    skipped = _between(layout, line, following)
    if any(_alike(each, one) and _alike(each, other) for each in skipped):
        return SKIPPED
    if down <= _LINES * size or skipped:
        return ""
    return FAR if not _alike(one, other) or down > _BLANK * size else ""


def _between(layout: Layout, line: _Line, following: _Line) -> list[Piece]:
    """What stands between two lines, within the width of both."""
    one, other = line.main, following.main
    left, right = max(line.left, following.left), min(line.right, following.right)
    low, high = other.base + 0.6 * other.size, one.base - 0.6 * one.size
    return [
        each
        for each in layout.between(low, high)
        if each.turn == one.turn and each.left < right and left < each.right
    ]


def _backwards(line: _Line, following: _Line) -> str:
    """Whether a text on the same line begins left of where the one before it ends."""
    last, first = line.pieces[-1], following.pieces[0]
    printed_over = abs(last.left - first.left) < NEAR * last.size
    return "" if printed_over else IN_GAP


def _upwards(layout: Layout, line: _Line, following: _Line, sizes: float) -> str:
    """Why a line isn't followed by one further up: only the next column is."""
    one, other = line.main, following.main
    if sizes < 1.3 and following.left - line.right < one.size:
        return ""
    below = _neighbours(layout, line, one.base - 2.2 * one.size, one.base - 0.6 * one.size)
    above = _neighbours(
        layout, following, other.base + 0.6 * other.size, other.base + 2.2 * other.size
    )
    column = following.left > line.left + _COLUMN * one.size
    if other.order < one.order and _has_row(layout, line):
        return COLUMNS
    return "" if column and _alike(one, other) and not below and not above else FAR


def _has_row(layout: Layout, line: _Line) -> bool:
    """Whether another text stands on a line, a little higher or lower, as in a row of a table.

    If the file draws one after the other, it is open whether they are columns of prose.
    """
    return any(
        abs(each.base - line.main.base) > EQUAL and each.left > line.right
        for each in layout.beside(line.main)
    )


def _neighbours(layout: Layout, line: _Line, low: float, high: float) -> list[Piece]:
    main, left, right = line.main, line.left, line.right
    return [
        each
        for each in layout.between(low, high)
        if each.turn == main.turn and _alike(each, main) and each.left < right and left < each.right
    ]


def _cut_off(layout: Layout, line: _Line, following: _Line) -> str:
    """Whether another text stands at the end of a line, or at the beginning of the next."""
    last, first = line.pieces[-1], following.pieces[0]
    own = {piece.order for each in (line, following) for piece in each.pieces}
    after = any(
        -LEAST_GAP * last.size < each.left - last.right < NEAR * last.size
        for each in layout.beside(last)
        if each.order not in own
    )
    before = any(
        -LEAST_GAP * first.size < first.left - each.right < NEAR * first.size
        for each in layout.beside(first)
        if each.order not in own
    )
    return IN_GAP if after or before else ""


def _alike(one: Piece, other: Piece) -> bool:
    return min(one.size, other.size) > _ALIKE * max(one.size, other.size)
