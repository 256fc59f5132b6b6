"""Clean edges: a passage neither begins nor ends inside a word or a number."""

from __future__ import annotations

import re

from evidence_chain.text.characters import (
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
_UNSEEN = f"[{UNSEEN}]*"
_IN_WORD = (
    f"(?:[{SHORT_DASHES}{SOFT_HYPHEN}]{BREAK}|{LINE_END}\\s*|[{SHORT_DASHES}'\u2019\u02bc\uff07])"
)
_IN_NUMBER = "[.,:/'\u2013\u2019\u00b7\u066b\u066c\u00a0\u2009\u202f\uff0e\uff0c\uff1a]"


def _joined(one: str, joint: str, other: str) -> tuple[str, str]:
    """Patterns of the text before and after an edge that cuts `one`, `joint`, `other`."""
    joined = f"{_UNSEEN}(?P<joint>{joint})?{_UNSEEN}"
    return f"{one}{joined}\\Z", joined + other


_NUMBER = _joined("\\d", _IN_NUMBER, "\\d")
_WORDS = _joined(_WORD, _IN_WORD, _WORD)
_SIGNED = "(?:^|[^\\w)])[-\u2212+\u00b1]\\Z"
_PLAIN = frozenset(".,;:!?)]\"'")
"""Signs before white space that are no hyphens, so nothing is joined across it."""
_PER_CENT = "[%\u2030\uff05]"


def cut(stream: str, at: int) -> str | None:
    """What an edge at position `at` of `stream` cuts: `partial-number`, `partial-word` or None.

    A word holds its accents, its contractions, its hyphens and a hyphen at a line's end; a
    number its separators, its sign and its per cent. Scripts without spaces between words have
    no edges.
    """
    if is_glued(stream, at):
        return "partial-number" if stream[at - 1 : at + 1].isdigit() else "partial-word"
    before, after = stream[max(0, at - _REACH) : at], stream[at : at + _REACH]
    if before and after and is_mark(after[0]):
        return "partial-word"
    if _is_apart(before, after):
        return None
    if _cuts(_NUMBER, before, after) or _cuts_sign_or_unit(before, after):
        return "partial-number"
    return "partial-word" if _cuts(_WORDS, before, after) else None


def is_glued(stream: str, at: int) -> bool:
    """Whether plain letters or digits (ASCII) stand on both sides of `at`; quick."""
    pair = stream[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


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


def _cuts_sign_or_unit(before: str, after: str) -> bool:
    if after[:1].isdigit():
        return re.search(_SIGNED, before) is not None
    return before[-1:].isdigit() and re.match(_PER_CENT, after) is not None
