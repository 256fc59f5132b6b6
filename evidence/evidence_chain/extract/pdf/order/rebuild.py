"""The text of a page whose glyphs pdfium doesn't put in order: right-to-left and complex scripts.

Lines are put together glyph by glyph, from where each stands. What can't be told is marked.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.extract.pdf.drawn.text import Line
from evidence_chain.extract.pdf.order.glyphs import (
    Glyph,
    Replaced,
    glyphs,
    spans,
    without_actual_text,
)
from evidence_chain.extract.pdf.order.logical import in_reading_order, is_right_to_left
from evidence_chain.text.language.characters import COMPLEX, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2 as pdfium

    from evidence_chain.extract.pdf.drawn.objects import Scene
    from evidence_chain.extract.pdf.drawn.text import PageText

UNSURE = "the file doesn't say for sure which characters these glyphs are, or in which order"

_SAME_LINE = 0.5
"""Of the size of letters, by which baselines of one line differ."""
_SPACE = 0.14
"""Of the size of letters, from which on a gap is a space."""
_COLUMN = 3.0
"""Likewise, from which on it ends the line."""
_SCRIPTS = re.compile(
    "[\u0590-\u05ff\ufb1d-\ufb4f]+|[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+"
    "|[\u0900-\u097f]+|[\u0980-\u09ff]+|[\u0a00-\u0dff]+|[\u0e00-\u0e7f]+|[\u0e80-\u0eff]+"
    "|[\u0f00-\u0fff]+|[\u1000-\u109f]+|[\u1780-\u17ff]+"
)
_NO_CHARACTERS = "\ufffd\x00\x01\x02\x03\x04\x05\x06\x07\x08"
_LOST = re.compile("(?<=[^\\W\\d_])[\ufffd\x00-\x08]|[\ufffd\x00-\x08](?=[^\\W\\d_])")
"""A glyph without a character in a word."""
_DEPENDENT = re.compile(
    "(?:^|[^\\w\u0300-\u036f\u0590-\u05ff\u0600-\u06ff\u0900-\u109f\u1780-\u17ff\u200c\u200d\u25cc])"
    "([\u0900-\u0903\u093a-\u094d\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd"
    "\u0a3c-\u0a4d\u0abc\u0abe-\u0acd\u0b3c\u0b3e-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d"
    "\u0cbe-\u0ccd\u0d3e-\u0d4d\u0dca-\u0ddf\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84\u102b-\u103e\u17b6-\u17d3])"
)
"""A vowel sign or another mark of a letter, with no letter before it."""
_IMPOSSIBLE = re.compile(
    "([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb4-\u0ebc])\\1|\u17d2(?![\u1780-\u17b3])"
)


class Unsure(NamedTuple):
    """A slice of a page's text that can't be trusted."""

    start: int
    end: int


def is_needed(scene: Scene, text: str) -> bool:
    """Whether a page has a text that must be put together anew."""
    if not text.isascii() and RIGHT_TO_LEFT.search(text):
        return True
    return scene.are_marked and bool(spans(scene.texts))


def rebuild(page: pdfium.PdfPage, scene: Scene) -> tuple[PageText, list[Replaced]]:
    """Return the text of a page as it is read, and each /ActualText that isn't what is drawn."""
    found = spans(scene.texts)
    text = without_actual_text(page, found)
    made = glyphs(scene.texts, text, found)
    drawn = [glyph for glyph in made if isinstance(glyph, Glyph)]
    replaced = [one for one in made if isinstance(one, Replaced)]
    if any(glyph.given or _needs_order(glyph) for glyph in drawn):
        _put_in_order(text, drawn)
    else:
        text.text = text.text.replace("\u00ad", "-")  # it is drawn, so it is seen
        if found:
            _put_in_case(text, drawn)
    return text, replaced


def _needs_order(glyph: Glyph) -> bool:
    return bool(RIGHT_TO_LEFT.search(glyph.text) or COMPLEX.search(glyph.text))


def unsure(text: str, doubtful: list[int]) -> list[Unsure]:
    """All of a page's text in each script of which something can't be trusted.

    Args:
        text: the page's text.
        doubtful: places of characters in it that the file doesn't vouch for.
    """
    lost = [found.start() for found in _LOST.finditer(text)] if _lacks(text) else []
    if not doubtful and (text.isascii() or not COMPLEX.search(text)):
        return [Unsure(*_word(text, at)) for at in lost]
    doubtful = [*doubtful, *lost]
    wrong = {found.start(1) for found in _DEPENDENT.finditer(text)}
    wrong |= {found.start() for found in _IMPOSSIBLE.finditer(text)}
    wrong |= set(doubtful)
    if not wrong:
        return []
    runs = list(_SCRIPTS.finditer(text))
    blocks = {_block(text[at]) for at in wrong} | {
        _block(run[0]) for run in runs if any(run.start() - 1 <= at <= run.end() for at in wrong)
    }
    slices: list[Unsure] = []
    for run in runs:
        if _block(run[0]) not in blocks:
            continue
        if slices and not re.search("[^\\W\\d]", text[slices[-1].end : run.start()]):
            slices[-1] = slices[-1]._replace(end=run.end())
        else:
            slices.append(Unsure(*run.span()))
    alone = [at for at in wrong if not any(each.start <= at < each.end for each in slices)]
    return sorted({*slices, *(Unsure(*_word(text, at)) for at in alone)})


def _lacks(text: str) -> bool:
    """Whether there may be a glyph without a character: looking for it in words takes longer."""
    return any(char in text for char in _NO_CHARACTERS)


def _word(text: str, at: int) -> tuple[int, int]:
    start, end = at, at + 1
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _block(text: str) -> str:
    return unicodedata.name(text[0], "").partition(" ")[0]


def _put_in_order(text: PageText, drawn: list[Glyph]) -> None:
    pieces: list[str] = []
    origins: list[int] = []
    doubtful: list[int] = []
    lines: list[Line] = []
    for line in _lines(drawn):
        start = len(origins)
        for glyph in _read(line):
            if not glyph.sure:
                doubtful.append(len(origins))
            pieces.append(glyph.text)
            origins += [*glyph.chars, *[glyph.chars[-1]] * len(glyph.text)][: len(glyph.text)]
        left, right = min(one.left for one in line), max(one.right for one in line)
        lines.append(Line(start, len(origins), left, right, line[0].base, line[0].size))
        pieces.append("\n")
        origins.append(line[-1].chars[-1])
    said = "".join(pieces)[:-1]
    text.rearrange(said, origins[: len(said)], doubtful, lines)


def _put_in_case(text: PageText, drawn: list[Glyph]) -> None:
    """Write letters as the glyphs say, which differ from those of the text in case alone."""
    put = {
        char: letter
        for glyph in drawn
        if len(glyph.text) == len(glyph.chars)
        for char, letter in zip(glyph.chars, glyph.text, strict=True)
        if letter.isalpha()
    }
    letters = [
        letter if (letter := put.get(origin, char)).lower() == char.lower() else char
        for char, origin in zip(text.text, text.origins, strict=True)
    ]
    text.text = "".join(letters)


def _lines(drawn: list[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that stand on one baseline and follow one another in the order of drawing."""
    line: list[Glyph] = []
    for glyph in drawn:
        if line and not _continues(line, glyph):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _continues(line: list[Glyph], glyph: Glyph) -> bool:
    size = max(line[-1].size, glyph.size)
    if abs(line[-1].base - glyph.base) > _SAME_LINE * size:
        return False
    left, right = min(one.left for one in line[-40:]), max(one.right for one in line[-40:])
    return glyph.left - right < _COLUMN * size and left - glyph.right < _COLUMN * size


def _read(line: list[Glyph]) -> list[Glyph]:
    if not is_right_to_left(line):
        return _spaced(line)
    return in_reading_order(_spaced(sorted(line, key=lambda glyph: glyph.left)))


def _spaced(line: list[Glyph]) -> list[Glyph]:
    """A line from left to right with a space in each gap that is as wide as one."""
    made = line[:1]
    for one, other in pairwise(line):
        gap = other.left - one.right
        blank = one.text[-1:].isspace() or other.text[:1].isspace()
        if gap > _SPACE * min(one.size, other.size) and not blank:
            made.append(one._replace(text=" ", chars=one.chars[-1:], sure=True))
        made.append(other)
    return made
