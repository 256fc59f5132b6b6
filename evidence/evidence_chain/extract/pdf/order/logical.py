"""The order of reading of a line of glyphs as they stand from left to right.

The Unicode Bidirectional Algorithm (UAX 9) goes from the order of reading to that of display; this
is the way back, for a line without embeddings.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_chain.extract.pdf.order.glyphs import Glyph

_KINDS = {
    **{"L": "L", "R": "R", "AL": "R", "EN": "E", "AN": "A", "ET": "T", "CS": "C", "ES": "M"},
    **{"NSM": "N", "WS": "W"},
}
"""Classes of UAX 9 as one letter each: X for all others, which are neutral."""
_LEFT_RUN = re.compile("L(?:[^R]*[LEA])?|T*[EA](?:[CM]?[EA])*T*")
"""What is read from the left within a line from the right: words with what is between them, and
numbers with their separators and signs."""
_RIGHT_RUN = re.compile("R(?:[^L]*R)?")
_PAIRS = "()[]{}«»‹›"
_MIRRORED = {one: _PAIRS[at ^ 1] for at, one in enumerate(_PAIRS)}


def is_right_to_left(line: list[Glyph]) -> bool:
    """Whether a line has letters that are read from the right."""
    return any(_kind(glyph) == "R" for glyph in line)


def in_reading_order(line: list[Glyph]) -> list[Glyph]:
    """The glyphs of a line, which are in order from left to right, as they are read."""
    kinds = [_kind(glyph) for glyph in line]
    letters = [kind for kind in kinds if kind in "LR"]
    if _from_right(letters):
        line = _turned(list(reversed(line)), "".join(reversed(kinds)))
    else:
        line = _right_runs_turned(line, "".join(kinds))
    return line


def _from_right(letters: list[str]) -> bool:
    """Whether a line begins at the right: by the letters at its ends, or else by most of them."""
    if letters[0] == letters[-1]:
        return letters[0] == "R"
    return letters.count("R") * 2 >= len(letters)


def _kind(glyph: Glyph) -> str:
    """The class of its first character that decides, as one letter."""
    for char in glyph.text:
        kind = _KINDS.get(unicodedata.bidirectional(char), "X")
        if kind != "N":
            return kind
    return "X"


def _turned(line: list[Glyph], kinds: str) -> list[Glyph]:
    """A line read from the right, in which words and numbers that aren't are turned back."""
    runs = [match.span() for match in _LEFT_RUN.finditer(kinds)]
    made: list[Glyph] = []
    done = 0
    for start, end in runs:
        made += _mirrored(line[done:start])
        made += reversed(line[start:end])
        done = end
    return made + _mirrored(line[done:])


def _right_runs_turned(line: list[Glyph], kinds: str) -> list[Glyph]:
    """A line read from the left, in which what is read from the right is turned."""
    made: list[Glyph] = []
    done = 0
    for match in _RIGHT_RUN.finditer(kinds):
        start, end = match.span()
        made += line[done:start]
        inner = list(reversed(line[start:end]))
        made += _turned(inner, "".join(_kind(glyph) for glyph in inner))
        done = end
    return made + line[done:]


def _mirrored(part: list[Glyph]) -> list[Glyph]:
    """Brackets as they are written: those that were mirrored for display are turned back."""
    return [
        glyph._replace(text=_MIRRORED[glyph.text]) if _opens_wrongly(at, part) else glyph
        for at, glyph in enumerate(part)
    ]


def _opens_wrongly(at: int, part: list[Glyph]) -> bool:
    """Whether a bracket opens where one must close, or the other way round."""
    text = part[at].text
    if text not in _MIRRORED:
        return False
    before = part[at - 1].text[-1:] if at else " "
    after = part[at + 1].text[:1] if at + 1 < len(part) else " "
    opens = _PAIRS.index(text) % 2 == 0
    must_open = not before.isalnum() and after.isalnum()
    must_close = before.isalnum() and not after.isalnum()
    return (opens and must_close) or (not opens and must_open)
