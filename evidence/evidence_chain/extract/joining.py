"""Texts that were drawn one by one, put together with their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.extract.stream import Drawn, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.extract.stream import MarkKind

GAP = "\n\n"


def join(pieces: Iterable[Drawn], gap: str = GAP) -> Drawn:
    """The texts that aren't empty, an empty line between each two; options are left behind."""
    texts: list[str] = []
    marks: list[Mark] = []
    at = 0
    for text, _, inner in pieces:
        if text:
            marks += [shift(mark, at) for mark in inner]
            texts.append(text)
            at += len(text) + len(gap)
    return Drawn(gap.join(texts), {}, marks)


def wrap(drawn: Drawn, kind: MarkKind, detail: str) -> Drawn:
    """The same with one more mark, over all of it."""
    return drawn._replace(marks=[Mark(0, len(drawn.text), kind, detail), *drawn.marks])


def shift(mark: Mark, by: int) -> Mark:
    """The mark, so many code points further on."""
    return mark._replace(start=mark.start + by, end=mark.end + by)
