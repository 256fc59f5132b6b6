"""What a program read off a picture of a passage, against what its text stream says."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import name

from evidence_chain.rendering.look import Sight
from evidence_chain.text import fold
from evidence_chain.text.language.negation import negated_before, negations
from evidence_chain.text.language.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

SEEN = 0.9
"""Share of a passage's letters, in order, from which on a program's reading agrees with it."""
UNSURE = 0.6
"""Share from which on it may have misread, and a person must look."""
_PIECE = 3
"""Letters in a row that count as read; fewer are alike by chance."""
_STRANGE = 0.1
"""Share of letters that no data is there for, up to which a text may be read all the same."""
_LATIN = "abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœ"
_ALPHABETS = {
    **dict.fromkeys(("eng", "deu", "fra", "spa"), _LATIN),
    "rus": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "ara": "".join(map(chr, range(0x621, 0x64B))),
}
"""The letters of languages as tesseract calls them; other languages add more to a script."""
_SCRIPTS = {
    **dict.fromkeys(("chi_sim", "chi_tra"), ("CJK",)),
    "jpn": ("CJK", "HIRAGANA", "KATAKANA"),
    "kor": ("HANGUL",),
}
"""How the names of letters begin in Unicode, for languages of too many letters."""


def judge(said: str, reading: Reading) -> Sight:
    """What comes of comparing one fragment with what was read."""
    if reading.share < UNSURE:
        return Sight.DIFFERS
    unsure = reading.share < SEEN or _differs(said, reading)
    return Sight.NOT_CHECKED if unsure else Sight.SEEN


def why_unreadable(text: str, languages: Iterable[str]) -> str:
    """Why a program can't read a text off a picture, if so: it has no data for its letters.

    Args:
        text: what is said to stand there.
        languages: those that it has data for, as tesseract calls them.
    """
    letters = [char for char in text.casefold() if char.isalpha()]
    known = "".join(_ALPHABETS.get(one, "") for one in languages)
    scripts = tuple({name for one in languages for name in _SCRIPTS.get(one, ())})
    strange = [char for char in letters if char not in known and not _is_of(char, scripts)]
    if len(strange) <= len(letters) * _STRANGE:
        return ""
    kinds = dict.fromkeys(name(char, "UNKNOWN").split(" ")[0].capitalize() for char in strange)
    return f"tesseract has no data here for letters of it ({', '.join([*kinds][:3])})"


def _is_of(char: str, scripts: tuple[str, ...]) -> bool:
    return bool(scripts) and name(char, "").startswith(scripts)


class Reading(NamedTuple):
    """Where in what was read a passage stands."""

    share: float
    """Of the passage's letters and digits, those that were read there."""
    text: str = ""
    """The words there."""
    inserted: int = 0
    """The most letters that were read between two of the passage's."""
    negated: bool = False
    """Whether a word just before it negates, on the same line: the picture cuts those around."""


def compare(said: str, seen: str) -> Reading:
    """Find the one place where a passage was read, whatever else is in the picture."""
    text = "\n".join(fold(line).text for line in seen.splitlines())
    wanted, places = _letters(fold(said).text)[0], _letters(text)[1]
    low, blocks = _aligned(wanted, _letters(text)[0])
    if not blocks:
        return Reading(0.0)
    read = sum(size for _, _, size in blocks if size >= min(_PIECE, len(wanted)))
    gaps = [(after[1] - block[1]) - (after[0] - block[0]) for block, after in pairwise(blocks)]
    start, end = low + blocks[0][1], low + blocks[-1][1] + blocks[-1][2]
    start, end = _whole_words(text, places[start], places[end - 1] + 1)
    line = text.rfind("\n", 0, start) + 1
    negated = negated_before(text[line:], start - line)
    return Reading(read / len(wanted), text[start:end], max(gaps, default=0), negated)


def _aligned(wanted: str, there: str) -> tuple[int, list[tuple[int, int, int]]]:
    """What is the same, around the longest part that is; where the second text was cut."""
    from difflib import SequenceMatcher

    longest = SequenceMatcher(None, wanted, there, autojunk=False).find_longest_match()
    slack = len(wanted) // 4 + 20
    low = max(0, longest.b - longest.a - slack)
    window = there[low : longest.b - longest.a + len(wanted) + slack]
    blocks = SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks()
    return low, [(a, b, size) for a, b, size in blocks if size]


def _differs(said: str, reading: Reading) -> bool:
    """Whether it says another thing, however few letters are others."""
    for words in (negations, numbers):
        if Counter(words(said)) != Counter(words(reading.text)):
            return True
    return reading.inserted >= _PIECE


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text whatever their case, and where they stand."""
    found = [
        (letter, at) for at, char in enumerate(text) if char.isalnum() for letter in char.casefold()
    ]
    return "".join(letter for letter, _ in found), [at for _, at in found]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
