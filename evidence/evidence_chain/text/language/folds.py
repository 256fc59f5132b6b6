"""The folds under which two texts are equal, with the way back to the stream.

docs/format.md, section 7, lists them. They are targeted: no fold touches case, accents,
look-alike letters, or what NFKC calls compatible (10² is not 102).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache

from evidence_chain.text.language.characters import (
    ACCENTS,
    BREAK,
    EAST_ASIAN,
    FULL_WIDTH,
    LINE_END,
    LONG_DASHES,
    OPEN,
    OPEN_AT_LINE_END,
    SHORT_DASHES,
    SOFT_HYPHEN,
    UNSEEN,
    folds,
    is_mark,
)

_GAP = f"\\s{UNSEEN}{LONG_DASHES}{SHORT_DASHES}{LINE_END}"
_DOTS = "\\s*(?:\u2026|\\.\\s?\\.\\s?\\.)(?:\\s?[.\u2026])*\\s*"
"""An ellipsis, which may be typed with spaces in it and beside it."""
_UNSEEN = f"[{UNSEEN}]+"
_LONG = f"[{LONG_DASHES}]"
_HYPHEN_AT_LINE_END = f"[-\u2010]{BREAK}|{LINE_END}\\s*"
_SOFT_HYPHEN_AT_LINE_END = f"{SOFT_HYPHEN}{BREAK}"
_HYPHENS = (LINE_END, "-")
_SPACES = (OPEN, " ")
_LONE_ACCENT = f"[{''.join(ACCENTS)}]"
_OFTEN = {"\u0303": "anoANO", "\u030c": "cerszCERSZ", "\u0327": "cstCST"}
"""The letters that often have an accent, if they aren't the vowels."""
_VOWELS = "aeiouyAEIOUY"
_AM = "([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])(?=[\u0e32\u0eb2])"
"""The first sign of the vowel am before a mark of tone, which is read first."""
_NO_SPACE = f"[{EAST_ASIAN}]|[{FULL_WIDTH}] \\W|^\\W? [{FULL_WIDTH}]"
"""Two neighbours, written with a space between them, that need none."""


class _Edits:
    """Where one pass changed the length of a text: a map from its output to its input."""

    def __init__(self) -> None:
        self._out: list[tuple[int, int]] = []
        self._in: list[tuple[int, int]] = []
        self._grown = 0

    def add(self, start: int, end: int, length: int) -> None:
        """The input's slice `[start, end)` became `length` characters."""
        out = start + self._grown
        self._out.append((out, out + length))
        self._in.append((start, end))
        self._grown += length - (end - start)

    def start(self, out: int) -> int:
        """Where the input of the output's character `out` begins."""
        at = bisect_right(self._out, out, key=_first) - 1
        if at < 0:
            return out
        inside = out < self._out[at][1]
        return self._in[at][0] if inside else self._in[at][1] + out - self._out[at][1]

    def end(self, out: int) -> int:
        """Where the input of all before the output's position `out` ends."""
        at = bisect_right(self._out, out - 1, key=_first) - 1
        if at < 0:
            return out
        return self._in[at][1] + max(0, out - self._out[at][1])

    def index(self, position: int) -> int:
        """Where the output of the input's character at `position` begins."""
        at = bisect_right(self._in, position, key=_first) - 1
        if at < 0:
            return position
        inside = position < self._in[at][1]
        return self._out[at][0] if inside else self._out[at][1] + position - self._in[at][1]


class Folded:
    """A text after the folds, and where each part of it came from."""

    def __init__(self, text: str, passes: tuple[_Edits, ...]) -> None:
        self.text = text
        self._passes = passes

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the text as it was that became `[start, end)`, which is not empty."""
        for edits in reversed(self._passes):
            start, end = edits.start(start), edits.end(end)
        return start, end

    def index(self, position: int) -> int:
        """Where the character that stood at `position` begins now."""
        for edits in self._passes:
            position = edits.index(position)
        return position


def fold(text: str, *, accents: bool = False) -> Folded:
    """Return `text` after all folds. Two texts that `agree` after it are the same passage.

    In the result U+FFFE stands for a hyphen at a line's end, and U+FFFF for white space there,
    which may belong to the text or not. Takes time in proportion to the length.

    Args:
        text: what is folded.
        accents: whether an accent by itself is that of the letter beside it.
    """
    text, passes = text.replace(OPEN, "\ufffd"), list[_Edits]()
    if accents:
        text, attached = _attach(text)
        passes.append(attached)
    folded, edits = _fold_characters(text)
    passes.append(edits)
    if not unicodedata.is_normalized("NFC", folded):
        folded, compositions = _compose(folded)
        passes.append(compositions)
    return Folded(folded, tuple(passes))


def agree(part: str, whole: str, at: int = 0) -> int | None:
    """Whether the folded text `part` stands in the folded text `whole` at `at`.

    Returns the length that it takes up there, or `None`. A hyphen at a line's end on one side
    agrees with a hyphen, with one and a space ("pre- and post-war"), or with nothing; white space
    that is U+FFFF agrees with a space or with nothing.
    """
    if not any(sign in text for sign in (LINE_END, OPEN) for text in (part, whole)):
        return len(part) if whole.startswith(part, at) else None
    here, there = 0, at
    while here < len(part):
        one, other = part[here], whole[there : there + 1]
        if OPEN in (one, other):
            here, there = here + (one in _SPACES), there + (other in _SPACES)
            continue
        if one != other and LINE_END not in (one, other):
            return None
        here += one == other or one in _HYPHENS
        there += one == other or other in _HYPHENS
        if one == LINE_END and other == "-":
            there += whole[there : there + 1] == " "
        elif one == "-" and other == LINE_END:
            here += part[here : here + 1] == " "
    return there - at


def _first(pair: tuple[int, int]) -> int:
    return pair[0]


def _fold_characters(text: str) -> tuple[str, _Edits]:
    """Every fold but composition."""
    pieces: list[str] = []
    edits, done = _Edits(), 0
    for found in _changed().finditer(text):
        start, end = found.span()
        if found[1]:
            piece = "".join(found[1].split()).replace("\u2026", "...")
        elif found[2]:
            piece = folds()[ord(found[2])]
        elif found[3]:
            piece = found[4] + found[3]
        else:
            piece = _fold_gap(found[0], _base_before(text, start), text[end : end + 1])
        pieces += text[done:start], piece
        done = end
        if len(piece) != end - start:
            edits.add(start, end, len(piece))
    pieces.append(text[done:])
    return "".join(pieces), edits


@cache
def _changed() -> re.Pattern[str]:
    """What may change: an ellipsis (group 1), gaps, a character (2), the vowel am turned (3, 4)."""
    return re.compile(
        f"({_DOTS})"
        f"|[{_GAP}]{{2,}}"
        f"|[{_GAP}](?<![ \\-])"
        f"| (?:(?<=[{EAST_ASIAN}{FULL_WIDTH}] )|(?=[{EAST_ASIAN}{FULL_WIDTH}]))"
        f"|([{re.escape(''.join(map(chr, folds())))}])"
        f"|{_AM}"
    )


def _base_before(text: str, at: int) -> str:
    """The character before `at`, without the marks on it; empty at the beginning."""
    while at > 1 and text[at - 1] >= "\u0300" and is_mark(text[at - 1]):
        at -= 1
    return text[at - 1 : at] if at else ""


def _fold_gap(gap: str, before: str, after: str) -> str:
    """Fold a run of white space, dashes and unseen characters between two others, if any."""
    seen = re.sub(_UNSEEN, "", gap)
    if before.isalnum() and after.isalnum() and re.fullmatch(_HYPHEN_AT_LINE_END, seen):
        in_word = before.isalpha() and after.isalpha() and not after.isupper()
        return LINE_END if in_word else "-"
    if before.isalpha() and after.isalpha() and re.fullmatch(_SOFT_HYPHEN_AT_LINE_END, gap):
        return ""
    dashes = "".join(seen.split())
    if dashes:
        return _fold_dashes(seen, dashes, before, after)
    if re.fullmatch(BREAK, seen) and re.fullmatch(OPEN_AT_LINE_END, before + after):
        return OPEN
    return "" if not seen or re.search(_NO_SPACE, f"{before} {after}") else " "


def _fold_dashes(seen: str, dashes: str, before: str, after: str) -> str:
    """Make hyphens of dashes, and drop the spaces around them where they are on both sides.

    A long dash loses the space on one side too; a hyphen keeps it ("pre- and post-war").
    """
    space_before, space_after = seen[0].isspace(), seen[-1].isspace()
    open_before, open_after = space_before or not before, space_after or not after
    if dashes == "--" and open_before == open_after:
        dashes = "-"
    hyphens = "-" * len(dashes)
    if open_before == open_after or re.search(_LONG, dashes):
        return hyphens
    return " " * space_before + hyphens + " " * space_after


def _attach(text: str) -> tuple[str, _Edits]:
    """Make of each accent by itself that of the letter before or after it, if one can have it.

    If both can, one that often has it does, and else the letter before it. White space behind the
    accent may then stand in a word or not.
    """
    pieces: list[str] = []
    edits, done = _Edits(), 0
    for found in re.finditer(_LONE_ACCENT, text):
        start, accent = found.start(), ACCENTS[found[0]]
        space = text[found.end() : found.end() + 1].isspace()
        end = found.end() + space
        before, after = text[max(done, start - 1) : start], text[end : end + 1]
        fitting = [each for each in (before, after) if _takes(each, accent)]
        if (
            not fitting
            and before.isspace()
            and start - 2 >= done
            and _takes(text[start - 2], accent)
        ):
            start, space, fitting = start - 1, True, [before]
        if not fitting:
            continue
        often = [each for each in fitting if each in _OFTEN.get(accent, _VOWELS)]
        if (often or fitting)[0] is before:
            piece = accent + OPEN * space
        else:
            piece, end = after + accent, end + 1
        pieces += text[done:start], piece
        done = end
        edits.add(start, end, len(piece))
    pieces.append(text[done:])
    return "".join(pieces), edits


def _takes(letter: str, accent: str) -> bool:
    """Whether a letter with this accent is one character of Unicode."""
    return letter.isalpha() and len(unicodedata.normalize("NFC", letter + accent)) == 1


def _compose(text: str) -> tuple[str, _Edits]:
    """Canonical composition (NFC) of each character with the marks that follow it."""
    pieces: list[str] = []
    edits, done = _Edits(), 0
    for found in _composable().finditer(text):
        composed = unicodedata.normalize("NFC", found[0])
        pieces += text[done : found.start()], composed
        done = found.end()
        if len(composed) != len(found[0]):
            edits.add(*found.span(), len(composed))
    pieces.append(text[done:])
    return "".join(pieces), edits


@cache
def _composable() -> re.Pattern[str]:
    """A character and the marks, or vowels and finals of Hangul, after it; or a lone one.

    Lone ones are those that have another canonical form, such as the sign for ångström. Beyond
    the basic plane whole ranges are taken, which does no harm.
    """
    chars = [chr(point) for point in range(0x300, 0xFFFE) if not 0xD800 <= point < 0xE000]
    marks = [char for char in chars if unicodedata.category(char)[0] == "M"]
    lone = [char for char in chars if not unicodedata.is_normalized("NFC", char)]
    return re.compile(
        f"(?s:.)[{''.join(marks)}\u1160-\u11ff\U00010000-\U0001efff\U000e0100-\U000e01ef]+"
        f"|[{''.join(lone)}\U0002f800-\U0002fa1f]"
    )
