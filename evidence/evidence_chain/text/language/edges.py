"""Clean edges: a passage neither begins nor ends inside a word or a number."""

from __future__ import annotations

import re

from evidence_chain.text.language.characters import (
    ACCENTS,
    BREAK,
    LINE_END,
    SHORT_DASHES,
    SOFT_HYPHEN,
    SPACELESS,
    UNSEEN,
    is_mark,
)

_REACH = 40
"""Characters that are looked at on each side of an edge."""

_WORD = f"[^\\W_{SPACELESS}]"
_LETTER = f"[^\\W\\d_{SPACELESS}]"
_UNSEEN = f"[{UNSEEN}]*"
_IN_WORD = (
    f"(?:[{SHORT_DASHES}{SOFT_HYPHEN}]{BREAK}|{LINE_END}\\s*|[{SHORT_DASHES}'\u2019\u02bc\uff07"
    f"_\u00b7\u058a\u05be\u05f3\u05f4{''.join(ACCENTS)}])"
)
_ACCENTS = ACCENTS.keys() - {"`", "\u00b4"}
"""Accents by themselves that are no quotation marks."""
_BETWEEN_LETTERS = "[/()\\[\\]@&\u2012\u2013]"
_IN_NUMBER = (
    "(?:[.,:/'\u2013\u2019\u00b7\u066b\u066c\u00a0\u2009\u202f\uff0e\uff0c\uff1a^*\u2044]"
    "|[ \u00a0]?[\u00d7\u22c5][ \u00a0]?)"
)
_HAN_DIGIT = "[〇零一二三四五六七八九十百千万亿兩两萬億]"
_HAN_UNIT = "[十百千万亿萬億]"


def _joined(one: str, joint: str, other: str, unseen: str = _UNSEEN) -> tuple[str, str]:
    """Patterns of the text before and after an edge that cuts `one`, `joint`, `other`."""
    joined = f"{unseen}(?P<joint>{joint})?{unseen}"
    return f"{one}{joined}\\Z", joined + other


_NUMBERS = (
    _joined("\\d", _IN_NUMBER, "\\d"),
    _joined("(?<!\\d)\\d{1,3}", "(?: |[.,]\\s?\n)", "\\d{3}(?!\\d)"),
    _joined("\\d", " ?", "[\u00bc-\u00be\u2150-\u215e]"),
    _joined(_HAN_DIGIT, BREAK, _HAN_DIGIT),
    _joined("\\d", BREAK, _HAN_UNIT),
    _joined(_HAN_UNIT, BREAK, "\\d"),
)
_WORDS = (
    _joined(_WORD, _IN_WORD, _WORD),
    _joined(_LETTER, _BETWEEN_LETTERS, _LETTER),
)
_ASCII_WORDS = (
    _joined("[^\\W_]", _IN_WORD, "[^\\W_]", ""),
    _joined("[^\\W\\d_]", _BETWEEN_LETTERS, "[^\\W\\d_]", ""),
)
"""The same where all is ASCII, so that nothing is unseen or spaceless; compiled in no time."""
_CURRENCY = "[$\u00a3\u00a5\u20a0-\u20bf]"
_SIGN = "(?:^|[^\\w).])[-\u2212\u2012\u2013+\u00b1.<>\u2264\u2265\u2248~]"
_SIGNED = (f"{_SIGN}{_CURRENCY}?\\Z", f"{_CURRENCY}?\\d")
_UNIT = "[ \u00a0\u2009\u202f]?[%\u2030\uff05\u00b0]"
_PLAIN = frozenset(".,;:!?)]\"'")
"""Signs before white space that are no hyphens, so nothing is joined across it."""
_DIGITS = frozenset("0123456789")
_NEAR = 4
"""Characters beside an edge among which a number is looked for."""


def cut(stream: str, at: int) -> str | None:
    """What an edge at position `at` of `stream` cuts: `partial-number`, `partial-word` or None.

    A word holds its accents, its contractions, its hyphens and a hyphen at a line's end; a
    number its separators, its sign and its unit. Scripts without spaces between words have no
    edges, but for their numerals.
    """
    if is_glued(stream, at):
        return "partial-number" if stream[at - 1 : at + 1].isdigit() else "partial-word"
    before, after = stream[max(0, at - _REACH) : at], stream[at : at + _REACH]
    if before and after and (is_mark(after[0]) or (before[-1].isalpha() and after[0] in _ACCENTS)):
        return "partial-word"
    before, after = _without_marks(before), _without_marks(after)
    if _cuts_number(before, after):
        return "partial-number"
    if _is_apart(before, after):
        return None
    words = _ASCII_WORDS if before.isascii() and after.isascii() else _WORDS
    joined = any(_cuts(patterns, before, after) for patterns in words)
    return "partial-word" if joined or _cuts_dotted(before, after) else None


def is_glued(stream: str, at: int) -> bool:
    """Whether plain letters or digits (ASCII) stand on both sides of `at`; quick."""
    pair = stream[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _without_marks(text: str) -> str:
    """`text` without the marks that belong to the letters before them."""
    return text if text.isascii() else "".join(char for char in text if not is_mark(char))


def _is_apart(before: str, after: str) -> bool:
    """Whether there is plainly white space at the edge, and no hyphen before it; quick."""
    if not (after.startswith((" ", "\n")) or before.endswith((" ", "\n"))):
        return False
    last = before.rstrip(" \n")[-1:]
    return after.startswith(" ") or last.isalnum() or last in _PLAIN


def _cuts(patterns: tuple[str, str], before: str, after: str) -> bool:
    begins = re.match(patterns[1], after)
    ends = re.search(patterns[0], before) if begins else None
    return bool(ends and begins and not (ends["joint"] and begins["joint"]))


def _cuts_number(before: str, after: str) -> bool:
    """Whether the edge stands in a number, or between one and its sign or unit."""
    near = before[-_NEAR:] + after[:_NEAR]
    if _DIGITS.isdisjoint(near) and (near.isascii() or not any(map(str.isnumeric, near))):
        return False
    if re.match(_SIGNED[1], after) and re.search(_SIGNED[0], before):
        return True
    if before[-1:].isdigit() and re.match(_UNIT, after):
        return True
    return any(_cuts(patterns, before, after) for patterns in _NUMBERS)


def _cuts_dotted(before: str, after: str) -> bool:
    """Whether a full stop joins letters there, as in a name of a host or in initials.

    One before a capital ends a sentence whose space was lost, unless only one letter is before.
    """
    one, other = re.sub(_UNSEEN, "", before), re.sub(_UNSEEN, "", after)
    if one.endswith(".") == other.startswith("."):
        return False
    one, other = one.removesuffix("."), other.removeprefix(".")
    joins = one[-1:].isalpha() and other[:1].isalpha()
    initial = re.search(f"(?:\\A|\\W){_LETTER}\\Z", one)
    return joins and (other[0].islower() or initial is not None)
