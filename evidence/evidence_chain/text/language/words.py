"""Words, numbers and signs of a text, as they are compared and counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from evidence_chain.pattern import pattern
from evidence_chain.text.language.characters import BREAK, LINE_END, SPACELESS, UNSEEN
from evidence_chain.text.language.folds import fold

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0dff"
)
"""Marks that belong to the letter before them, and the scripts of India as a whole."""


def _spaced(word: str) -> str:
    """A token of a script with spaces between words, as a pattern, given that of a simple word."""
    joint = f"(?:[\\-\u2010]{BREAK}|{LINE_END}\\s*|['\u2019\\-\u2010\u2011])"
    return f"\\d+(?:[.,:]\\d+)*|{word}(?:{joint}{word})*|[^\\w\\s]|_"


_WORD = f"[^\\W_{SPACELESS}](?:[^\\W_{SPACELESS}]|[{MARKS}{UNSEEN}])*"
_TOKEN = pattern(f"[{SPACELESS}][{MARKS}]*|{_spaced(_WORD)}")
_ASCII_TOKEN = pattern(_spaced("[^\\W_]+"))
"""The same for texts in ASCII, which have none of the other characters; compiled in no time."""


class Token(NamedTuple):
    """A word, a number, a sign, or a letter of a script without word spaces."""

    key: str
    """The token after the folds; a hyphen at a line's end is left out."""
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.key[:1].isalnum()


def tokens(text: str, limit: int | None = None) -> list[Token]:
    """The tokens of `text`, the first `limit` of them; unseen characters and white space are none.

    Takes time in proportion to the length.
    """
    found: list[Token] = []
    for each in (_ASCII_TOKEN if text.isascii() else _TOKEN).finditer(text):
        if limit is not None and len(found) >= limit:
            break
        word = each[0]
        plain = word.isascii() and (word.isalnum() or (len(word) == 1 and word != "`"))
        key = word if plain else fold(word).text.replace(LINE_END, "")
        if key:
            found.append(Token(key, *each.span()))
    return found


def count_words(text: str) -> int:
    """How many words `text` has; two letters of a script without word spaces count as one."""
    words = [token.key for token in tokens(text) if token.is_word]
    letters = sum(is_spaceless(word) for word in words)
    return len(words) - letters + letters // 2


def is_spaceless(text: str) -> bool:
    """Whether `text` begins with a letter of a script without spaces between words."""
    return not text[:1].isascii() and re.match(f"[{SPACELESS}]", text) is not None
