"""Text cut between words, and never within what a reader takes for one character."""

from __future__ import annotations

import unicodedata

from evidence_chain.pattern import pattern
from evidence_chain.text.language.characters import EAST_ASIAN, FULL_WIDTH, SPACELESS

_UNSPACED = pattern(f"[{SPACELESS}{EAST_ASIAN}{FULL_WIDTH}]")
LINE_END = pattern("[\n\r\v\f\x85\u2028\u2029]")
_EXTENDS = pattern("[\u1160-\u11ff\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What belongs to the character before it, besides marks: vowels and finals of Hangul, joiners,
the tones and tags of emoji."""
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Letters of which two make a flag."""
_FAR = 200


def tail(text: str) -> str:
    """The end of a text that was cut off before it, from the first whole word on."""
    return text[_begin(text, 0, len(text)) :].lstrip()


def head(text: str) -> str:
    """The beginning of a text that goes on, up to the last whole word."""
    return text[: _end(text, len(text), 0)].rstrip()


def line_at(text: str, place: int, around: int) -> str:
    """The line of a text in which `place` is, with `…` where more than `around` is left out."""
    low, high = max(0, place - around), min(len(text), place + around)
    begins = [found.end() for found in LINE_END.finditer(text, low, place)]
    ends = LINE_END.search(text, place, high)
    start = begins[-1] if begins else low
    end = ends.start() if ends else high
    before = after = ""
    if not begins and start and not LINE_END.match(text[start - 1]):
        start, before = _begin(text, start, place), "…"
    if not ends and end < len(text) and not LINE_END.match(text[end]):
        end, after = _end(text, end, place), "…"
    return f"{before}{text[start:end].strip()}{after}"


def _begin(text: str, at: int, limit: int) -> int:
    """The first place from `at` on where a word may begin; else where a character does."""
    for is_fit in (_is_edge, _is_whole):
        if (found := next((i for i in range(at, limit) if is_fit(text, i)), None)) is not None:
            return found
    return at


def _end(text: str, at: int, limit: int) -> int:
    """The last place up to `at` where a word may end; else where a character does."""
    for is_fit in (_is_edge, _is_whole):
        if (found := next((i for i in range(at, limit, -1) if is_fit(text, i)), None)) is not None:
            return found
    return at


def _is_edge(text: str, at: int) -> bool:
    """Whether words may be parted here; what is beyond the text may be anything."""
    beside = (text[at - 1 : at], text[at : at + 1])
    parted = any(char.isspace() or _UNSPACED.match(char) for char in beside)
    return parted and _is_whole(text, at)


def _is_whole(text: str, at: int) -> bool:
    """Whether what a reader takes for one character is not parted here (after UAX #29)."""
    last, char = text[at - 1 : at], text[at : at + 1]
    if not char:
        return True
    extends = unicodedata.category(char)[0] == "M" or _EXTENDS.match(char)
    return not (extends or last == "\u200d" or last + char == "\r\n" or _halves_flag(text, at))


def _halves_flag(text: str, at: int) -> bool:
    lead = text[max(0, at - _FAR) : at]
    return text[at] in _FLAGS and (len(lead) - len(lead.rstrip(_FLAGS))) % 2 == 1
