"""The text of a page as it is laid out, and where a passage is in it, letter by letter."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.extract.html.raised import is_note

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = "%‰"
_MADE_UP = "\uffff"


class Piece(NamedTuple):
    """A run of text of the page."""

    text: str
    apart: bool
    """Whether it begins a line or a block of its own."""
    aside: str
    """`reading` for one beside another text, `raised` for what is raised or lowered, or nothing."""
    out: bool
    """Whether it seems to be there for programs that read aloud."""
    kind: str
    """`made` by the style sheet, `field` of a form, `upright` in columns, or nothing."""


class Letter(NamedTuple):
    """A letter, digit or sign of the page that counts."""

    sign: str
    """As it is compared."""
    piece: int
    at: int
    """The code point in its piece."""


def pieces_of(rows: list[list[Any]]) -> list[Piece]:
    """The pieces as `page.js` lists them."""
    return [
        Piece(str(text), bool(apart), str(aside or ""), bool(out), str(kind))
        for text, apart, aside, out, kind in rows
    ]


def signs(text: str) -> str:
    """What counts of a text: letters whatever their case, digits, accents, and signs of numbers."""
    return "".join(_signs(text))


def places(passage: str, pieces: list[Piece], most: int = 5) -> list[list[Letter]]:
    """Where a passage is laid out, at most so many times; each letter of it.

    Notes, readings, and what is for programs that read aloud need not be in it.
    """
    wanted = signs(passage)
    found: list[list[Letter]] = []
    for letters in (_letters(pieces, Omitted(*some)) for some in _OMITTED):
        page = "".join(letter.sign for letter in letters)
        start = page.find(wanted)
        while wanted and start >= 0 and len(found) < most:
            found.append(letters[start : start + len(wanted)])
            start = page.find(wanted, start + 1)
        if found:
            break
    return found


class Omitted(NamedTuple):
    """What is left out of a page's text."""

    asides: bool
    out: bool


_OMITTED = ((False, False), (True, False), (True, True))


def _letters(pieces: list[Piece], omitted: Omitted) -> list[Letter]:
    found: list[Letter] = []
    before = ""
    for number, piece in enumerate(pieces):
        if (omitted.out and piece.out) or (omitted.asides and _is_aside(piece, before)):
            continue
        for at, char in enumerate(piece.text):
            found.extend(Letter(sign, number, at) for sign in _signs(char))
        before = piece.text.rstrip() or before
    return found


def _is_aside(piece: Piece, before: str) -> bool:
    if piece.aside == "raised":
        return is_note(piece.text.strip(), before, linked=True)
    return bool(piece.aside)


def neighbours(letters: list[Letter], pieces: list[Piece]) -> Iterator[Piece]:
    """What the style puts directly before a passage and after it, in the same line or block."""
    first, last = letters[0], letters[-1]
    number = first.piece
    if not signs(pieces[number].text[: first.at]):
        while number and not pieces[number].apart:
            number -= 1
            if pieces[number].kind == "made":
                yield pieces[number]
            if signs(pieces[number].text):
                break
    number = last.piece
    if not signs(pieces[number].text[last.at + 1 :]):
        for piece in pieces[number + 1 :]:
            if piece.apart:
                break
            if piece.kind == "made":
                yield piece
            if signs(piece.text):
                break


def is_worded(piece: Piece) -> bool:
    """Whether there are words in it, and not only a number, a sign or a mark."""
    return any(map(str.isalpha, piece.text.replace(_MADE_UP, "")))


def _signs(text: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFKC", text).casefold():
        category = unicodedata.category(char)
        if category == "Pd" or char == "\u2212":
            yield "-"
        elif (
            char.isalnum()
            or category[0] == "M"
            or category in ("Sc", "Sm")
            or char in _SIGNS
            or char == _MADE_UP
        ):
            yield char
