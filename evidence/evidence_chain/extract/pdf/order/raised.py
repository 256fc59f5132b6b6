"""Digits that stand higher or lower than the number beside them, or are smaller: 10² is not 102."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from evidence_chain.extract.writing import lower_characters, raise_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.pdf.drawn.lines import Piece
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText

_SHIFT = 0.12
"""Of the size of letters, by which a baseline differs at least."""
_MOST = 0.9
_SMALLER = 0.8
_GAP = 0.35
_GLUED = re.compile("(?<=[0-9])[0-9]|(?<=[0-9][.,/\u2044])[0-9]")
"""A digit that would continue the number before it."""
_THIN_SPACE = "\u2009"


def set_apart(text: PageText, scene: Scene) -> None:
    """Write digits that are raised or lowered beside a number as such."""
    placed = scene.layout.pieces
    pairs = {
        other.handle: (one, other)
        for one, other in pairwise(placed)
        if (one.base != other.base or one.size != other.size) and _is_shifted(one, other)
    }
    if pairs:
        text.replace(list(_edits(text, pairs)))


def _is_shifted(one: Piece, other: Piece) -> bool:
    size = max(one.size, other.size)
    rise = abs(other.base - one.base)
    if rise > size:
        return False
    beside = -_GAP * size < other.left - one.right < _GAP * size
    smaller = min(one.size, other.size) < _SMALLER * size
    return (
        beside
        and one.turn == other.turn
        and rise < _MOST * size
        and (rise > _SHIFT * size or smaller)
    )


def _edits(text: PageText, pairs: dict[int, tuple[Piece, Piece]]) -> Iterator[tuple[int, int, str]]:
    done = 0
    for found in _GLUED.finditer(text.text):
        at = found.start()
        owner = text.owner_at(at) if at >= done else 0
        if owner in pairs and text.owner_at(at - 1) == pairs[owner][0].handle:
            done = at + 1
            while text.text[done : done + 1].isdigit() and text.owner_at(done) == owner:
                done += 1
            yield at, done, _shifted(text.text[at:done], *pairs[owner])


def _shifted(digits: str, one: Piece, other: Piece) -> str:
    rise = (other.base - one.base) / max(one.size, other.size)
    if other.size > one.size:
        return _THIN_SPACE + digits
    if rise > _SHIFT:
        return raise_characters(digits)
    return lower_characters(digits) if rise < -_SHIFT else _THIN_SPACE + digits
