"""Letters of a PDF over which other letters are drawn, so that a reader sees neither well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.extract.pdf.drawn.lines import Piece
    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText

OVERPRINTED = "other letters are drawn over it"

_LEVEL = 0.3
"""Of the size of letters, how far apart the baselines of such texts are at most."""
_LEAST = 0.5
"""Of a letter's width, over which another one is drawn."""
_MOST = 20_000
"""So many pairs of texts are compared at most."""


def overprinted(text: PageText, scene: Scene) -> dict[int, str]:
    """Why letters aren't seen as they are, by the numbers of pdfium's characters.

    The same letter twice, as for a bold one or a shadow, is one; blanks and dashes cover nothing.
    """
    if scene.goes_on:
        return {}
    unseen = {one.handle for one in scene.texts if one.mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE}
    found: dict[int, str] = {}
    for count, (one, other) in enumerate(_over_one_another(scene)):
        if count > _MOST:
            break
        if not unseen & {one.handle, other.handle}:
            chars = _letters(text, one), _letters(text, other)
            found |= dict.fromkeys(_covered(text, *chars), OVERPRINTED)
            found |= dict.fromkeys(_covered(text, *reversed(chars)), OVERPRINTED)
    return found


def _over_one_another(scene: Scene) -> Iterator[tuple[Piece, Piece]]:
    """Level texts of one line that share a stretch of it."""
    level = [piece for piece in scene.layout.pieces if piece.turn == 0]
    level.sort(key=lambda piece: piece.left)
    rows: dict[int, list[Piece]] = {}
    for piece in level:
        for row in {int((piece.base + slack) // 4) for slack in (-_LEVEL * piece.size, 0)}:
            open_ones = [one for one in rows.get(row, []) if one.right - piece.left > one.size / 4]
            for one in open_ones:
                if abs(one.base - piece.base) <= _LEVEL * max(one.size, piece.size):
                    yield one, piece
            rows[row] = [*open_ones, piece][-8:]


def _letters(text: PageText, piece: Piece) -> list[int]:
    return [char for char in text.by_object.get(piece.handle, ()) if text.char(char).isalnum()]


def _covered(text: PageText, chars: list[int], others: list[int]) -> Iterator[int]:
    boxes = [(text.box(char), text.char(char)) for char in others]
    for char in chars:
        left, _, right, _ = text.box(char)
        over = [(min(right, box.right) - max(left, box.left), its) for box, its in boxes]
        most, its = max(over, default=(0.0, ""))
        if most > _LEAST * (right - left) and its != text.char(char):
            yield char
