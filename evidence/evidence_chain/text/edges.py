"""Clean edges: a passage neither begins nor ends inside a word or a number."""

from __future__ import annotations

import re

from evidence_chain.text.characters import LINE_END, SHORT_DASHES, SPACELESS, UNSEEN

_REACH = 40
"""Characters that are looked at on each side of an edge."""

_WORD = f"(?![{SPACELESS}])[^\\W_]"
_UNSEEN = f"[{UNSEEN}]*"
_BREAK = f"[{SHORT_DASHES}\u00ad][^\\S\n\r]*[\n\r\u2028]\\s*"
_IN_WORD = f"(?:{_BREAK}|{LINE_END}\\s*|[{SHORT_DASHES}'\u2019\u02bc\uff07])"
_IN_NUMBER = "[.,:/'\u2013\u2019\u00b7\u066b\u066c\u00a0\u2009\u202f\uff0e\uff0c\uff1a]"


def _joined(one: str, joint: str, other: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the text before and after an edge that cuts `one`, `joint`, `other`."""
    ends = re.compile(f"{one}{_UNSEEN}(?P<joint>{joint})?{_UNSEEN}$")
    begins = re.compile(f"{_UNSEEN}(?P<joint>{joint})?{_UNSEEN}{other}")
    return ends, begins


_NUMBER = _joined("\\d", _IN_NUMBER, "\\d")
_WORDS = _joined(_WORD, _IN_WORD, _WORD)
_SIGN = re.compile("(?:^|[^\\w)])[-\u2212+\u00b1]$"), re.compile("\\d")
_UNIT = re.compile("\\d$"), re.compile("[%\u2030\uff05]")


def cut(stream: str, at: int) -> str | None:
    """What an edge at position `at` of `stream` cuts: `partial-number`, `partial-word` or None.

    A word holds its contractions, its hyphens and a hyphen at a line's end; a number its
    separators, its sign and its per cent. Scripts without spaces between words have no edges.
    """
    before, after = stream[max(0, at - _REACH) : at], stream[at : at + _REACH]
    if after.startswith(" ") or (before.endswith(" ") and before[-2:-1].isalnum()):
        return None
    if _cuts(_NUMBER, before, after):
        return "partial-number"
    if _SIGN[0].search(before) and _SIGN[1].match(after):
        return "partial-number"
    if _UNIT[0].search(before) and _UNIT[1].match(after):
        return "partial-number"
    return "partial-word" if _cuts(_WORDS, before, after) else None


def _cuts(patterns: tuple[re.Pattern[str], re.Pattern[str]], before: str, after: str) -> bool:
    ends, begins = patterns[0].search(before), patterns[1].match(after)
    return bool(ends and begins and not (ends["joint"] and begins["joint"]))
