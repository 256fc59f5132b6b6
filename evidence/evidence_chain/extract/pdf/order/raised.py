"""Digits that stand higher or lower than what is beside them, or are smaller: 10² is not 102.

And the mark before a note is no part of its first word, and no number.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from evidence_chain.extract.pdf.drawn.lines import BESIDE
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
_GLUED = re.compile("(?<=[0-9])[-\u2212]?[0-9]|(?<=[0-9][.,/\u2044])[0-9]")
"""A digit that would continue the number before it, and the sign of a power."""
_NOTE = re.compile(r"(?<!\S)\d{1,3}(?=[^\W\d_]{2})")
"""A number at the beginning of a word."""
_ALONE = re.compile(r"(?<=\S\s)\d{1,3}(?!\S)")
"""A number between words."""
_THIN_SPACE = "\u2009"


def set_apart(text: PageText, scene: Scene) -> None:
    """Write digits that are raised or lowered beside a number, or before a word, as such."""
    if scene.goes_on:
        return
    placed = scene.layout.pieces
    pairs = {
        other.handle: (one, other)
        for one, other in pairwise(placed)
        if (one.base != other.base or one.size != other.size) and _is_shifted(one, other)
    }
    if pairs:
        edits = *_edits(text, pairs), *_after_marks(text, pairs), *_marks_alone(text, pairs)
        text.replace(sorted(edits))


def _is_shifted(one: Piece, other: Piece) -> bool:
    size = max(one.size, other.size)
    rise = abs(other.base - one.base)
    if rise > size:
        return False
    beside = -BESIDE * size < other.left - one.right < BESIDE * size
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


def _after_marks(
    text: PageText, pairs: dict[int, tuple[Piece, Piece]]
) -> Iterator[tuple[int, int, str]]:
    for found in _NOTE.finditer(text.text):
        start, end = found.span()
        one, other = pairs.get(text.owner_at(end), (None, None))
        if one and other and text.owner_at(start) == text.owner_at(end - 1) == one.handle:
            small = one.size < _SMALLER * other.size
            if small and one.base - other.base > _SHIFT * other.size:
                yield start, end, raise_characters(found[0]) + " "


def _marks_alone(
    text: PageText, pairs: dict[int, tuple[Piece, Piece]]
) -> Iterator[tuple[int, int, str]]:
    """Marks that stand apart from the words before and after: no number of what follows."""
    for found in _ALONE.finditer(text.text):
        start, end = found.span()
        owner = text.owner_at(start)
        one, other = pairs.get(owner, (None, None))
        if one and other and text.owner_at(end - 1) == owner:
            small = other.size < _SMALLER * one.size
            if small and other.base - one.base > _SHIFT * one.size:
                yield start, end, raise_characters(found[0])


def _shifted(digits: str, one: Piece, other: Piece) -> str:
    rise = (other.base - one.base) / max(one.size, other.size)
    if other.size > one.size:
        return _THIN_SPACE + digits
    if rise > _SHIFT:
        return raise_characters(digits)
    return lower_characters(digits) if rise < -_SHIFT else _THIN_SPACE + digits
