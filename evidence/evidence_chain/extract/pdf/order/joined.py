"""Where the text of a page goes on with what a reader doesn't read on with.

A file may draw a word into a gap of a line at any time, and one text after another wherever they
stand. What pdfium then puts side by side is marked; nothing is moved.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.pdf.drawn.lines import LEAST_GAP, Layout, Piece
from evidence_chain.extract.pdf.order.apart import FAR, IN_GAP, breaks
from evidence_chain.text.language.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import Line, PageText


class Joint(NamedTuple):
    """A slice of a page's text over which no reader reads on, and why."""

    start: int
    end: int
    reason: str


def joints(text: PageText, scene: Scene) -> list[Joint]:
    """Where what stands before and after isn't read as one."""
    if scene.goes_on and not text.lines:
        return []
    layout = _of_lines(text.lines) if text.lines else scene.layout
    mixed = layout.is_out_of_order()
    if not mixed and not any(True for _ in breaks(layout, layout.pieces, mixed=mixed)):
        return []
    known = {piece.handle: piece for piece in layout.pieces}
    runs = (
        [(known[at], line.start, line.end) for at, line in enumerate(text.lines)]
        if text.lines
        else runs_of(text, known)
    )
    ends = {piece: (start, end) for piece, start, end in runs}
    found = [
        Joint(ends[one][1], ends[other][0], reason)
        for one, other, reason in breaks(layout, [run[0] for run in runs], mixed=mixed)
        if reason != FAR or _is_prose(text.text, ends[one], ends[other])
    ]
    if mixed:
        found += _within(text, layout, runs)
    return sorted(_widened(joint) for joint in set(found))


def _of_lines(lines: list[Line]) -> Layout:
    """Lines that were put together from glyphs, as pieces that are known by their numbers."""
    return Layout(
        [
            Piece(round(line.base, 1), line.left, line.right, line.size, 0, at, at, False)
            for at, line in enumerate(lines)
        ]
    )


def _widened(joint: Joint) -> Joint:
    """A joint takes up at least the two characters that it joins, if nothing is between them."""
    if joint.start < joint.end:
        return joint
    return Joint(max(0, joint.end - 1), joint.start + 1, joint.reason)


def runs_of(text: PageText, known: dict[int, Piece]) -> list[tuple[Piece, int, int]]:
    """Each piece as it follows another in the text, and its slice."""
    found: list[tuple[Piece, int, int]] = []
    owners, place = text.owners, 0
    for handle, group in groupby([owners[char] for char in text.origins]):
        start, place = place, place + len(list(group))
        said = text.text[start:place]
        piece = known.get(handle)
        if piece is None or not said.strip():
            continue
        start, end = start + len(said) - len(said.lstrip()), start + len(said.rstrip())
        if found and found[-1][0] is piece:
            start = found.pop()[1]
        found.append((piece, start, end))
    return found


def _within(text: PageText, layout: Layout, runs: list[tuple[Piece, int, int]]) -> Iterator[Joint]:
    """Gaps within one piece in which another one stands."""
    for piece, start, end in runs:
        inner = [
            other
            for other in layout.within(piece, piece.left, piece.right)
            if piece.left < other.left and other.right < piece.right and not piece.nested
        ]
        if inner and text.lines:
            yield Joint(start, end, IN_GAP)
        elif inner and piece.turn == 0:
            yield from _gaps(text, inner, start, end)


def _gaps(text: PageText, inner: list[Piece], start: int, end: int) -> Iterator[Joint]:
    seen = [at for at in range(start, end) if not text.text[at].isspace()]
    for one, other in pairwise(seen):
        left, right = text.box(text.origins[one]).right, text.box(text.origins[other]).left
        slack = LEAST_GAP * inner[0].size
        if any(left - slack < each.left and each.right < right + slack for each in inner):
            yield Joint(one + 1, other, IN_GAP)


def _is_prose(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether words follow words there; a number may stand far from what it counts."""
    before = text[: one[1]].rpartition("\n")[2]
    after = text[other[0] :].partition("\n")[0]
    return count_words(before) > 1 and count_words(after) > 1
