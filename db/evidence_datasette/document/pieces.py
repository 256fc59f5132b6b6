"""A stretch of text cut into pieces, each with the passages and the marks that it lies in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Span(NamedTuple):
    """A slice `[start, end)` of a text stream in code points, and what it is called."""

    start: int
    end: int
    name: str


class Piece(NamedTuple):
    """A piece of text between two borders; no span begins or ends within it."""

    start: int
    end: int
    inside: tuple[str, ...]
    """The names of the spans that it lies in, the first to begin first."""
    begins: tuple[str, ...]
    """Those of them of which it is the first piece that is shown."""


def pieces(start: int, end: int, spans: Iterable[Span]) -> list[Piece]:
    """Cut `[start, end)` wherever a span begins or ends; together the pieces are all of it.

    Spans may overlap, and reach over the stretch; those without length are left out.
    """
    within = sorted({span for span in spans if max(start, span.start) < min(end, span.end)})
    borders = {start, end} | {at for s in within for at in s[:2] if start < at < end}
    cut, begun, waiting = [], set[str](), list(reversed(within))
    open_: list[Span] = []
    for left, right in pairwise(sorted(borders)):
        open_ = [span for span in open_ if span.end > left]
        while waiting and waiting[-1].start <= left:
            open_.append(waiting.pop())
        inside = _names(open_)
        cut.append(Piece(left, right, inside, tuple(n for n in inside if n not in begun)))
        begun.update(inside)
    return cut


def _names(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.name for span in spans))
