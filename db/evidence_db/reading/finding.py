"""Words that are looked for, whatever their case, accents and width, and where they stand."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from evidence_chain.text.language.characters import SPACELESS, UNSEEN, folds
from evidence_db.reading.excerpts import LINE_END, head

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

AROUND = 90
"""Characters of a line that are shown before and after what was looked for."""
LONGEST = 200
"""Characters of what is looked for; the rest is left out."""
BEGINS = "*"
"""What stands after the beginning of words that are looked for."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_DROPPED = re.compile(f"[{UNSEEN}\ufe00-\ufe0f]")
_DASHES = str.maketrans("\u2010\u2212", "--")
_ALONE = re.compile(f"[_\u1100-\u11ff{SPACELESS}\u2e80-\U0010ffff]")
"""What is looked for as it stands, beside whatever else: scripts without spaces, and Hangul."""
_GOES_ON = re.compile("[\u1160-\u11ff\u3099\u309a]")
"""Vowels, finals and voicing marks, which make another letter of the one before."""
_BESIDE, _JOINED = "\x1f", "\x1e"
"""What folding puts before and after a character that stands alone, and before one that goes on."""
_REMEMBERED = 0x10000
_SPACE = re.compile(r"\s")
_CHUNK = 1 << 17
"""Characters that are folded at once, so that other threads get their turn."""
_TRIED = 1_000
"""Places in a chunk among which the best is chosen."""

_UNINDEXED = re.compile(
    f"[{SPACELESS}\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u1100-\u11ff\u2e80-\U0010ffff]"
)
"""Scripts without spaces between words, and those whose vowels the index takes for spaces."""
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class _Folds(dict[int, str]):
    """What each character is compared as; those beyond the basic plane are not remembered."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if code < _REMEMBERED:
            self[code] = folded
        return folded


def _fold(char: str) -> str:
    if _DROPPED.match(char):
        return ""
    known = unicodedata.normalize("NFKD", folds().get(ord(char), char))
    bare = _ACCENTS.sub("", known).translate(_DASHES).casefold()
    return _ALONE.sub(_parted, bare)


def _parted(found: re.Match[str]) -> str:
    return f"{_JOINED if _GOES_ON.match(found[0]) else _BESIDE}{found[0]}{_BESIDE}"


_FOLDS = _Folds()


def folded(text: str) -> str:
    """A text as it is compared: without case, accents, width, ligatures and what is not seen."""
    return text.translate(_FOLDS)


def shortened(words: str) -> str:
    """As much of what somebody typed as is looked for: up to `LONGEST` characters, whole words."""
    return words if len(words) <= LONGEST else head(words[:LONGEST])


def terms(words: str) -> list[str]:
    """What is looked for: each word, once; in scripts without spaces each run of characters.

    Punctuation around a word is none of it, unless there is nothing else. An asterisk after it
    says that words may go on behind it.
    """
    found: dict[str, str] = {}
    for word in map(_bare, shortened(words).replace("\0", " ").split()):
        found.setdefault(folded(word), word)
    return [word for known, word in found.items() if known.strip()]


def _bare(word: str) -> str:
    """A word without the punctuation around it, but for the asterisk of a beginning of words."""
    if word.endswith(BEGINS) and any(map(str.isalnum, word)):
        return _bare(word.rstrip(BEGINS)) + BEGINS
    start, end = 0, len(word)
    if not any(map(str.isalnum, word)):
        return word
    while unicodedata.category(word[start])[0] == "P":
        start += 1
    while unicodedata.category(word[end - 1])[0] == "P":
        end -= 1
    return word[start:end]


def pattern(wanted: list[str]) -> re.Pattern[str]:
    """Finds any of the words in a text that is `folded`: whole words, where there are spaces."""
    longest_first = sorted(map(folded, wanted), key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest_first)) or r"(?!)")


def _whole(word: str) -> str:
    """The word comes first in it: a search for what begins otherwise takes ten times as long."""
    goes_on, word = word.endswith(BEGINS) and len(word) > 1, word.rstrip(BEGINS) or word
    known = re.escape(word)
    before = f"(?<!\\w{known})" if re.match(r"\w", word) else ""
    after = r"(?!\w)" if re.match(r"\w", word[-1]) and not goes_on else ""
    return f"{known}{before}{after}(?!{_JOINED})"


def places(text: str, wanted: list[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, with the accents and other marks upon their last letter."""
    each = [_FOLDS[ord(char)] for char in text]
    origins = [index for index, char in enumerate(each) for _ in char]
    for found in pattern(wanted).finditer("".join(each)):
        end = origins[found.end() - 1] + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        yield origins[found.start()], end


def holder(wanted: list[str]) -> Callable[[str | None], bool]:
    """A function that tells whether a short text holds all of the words."""
    each = [pattern([word]) for word in wanted]

    def holds(text: str | None) -> bool:
        there = folded(str(text or ""))
        return all(one.search(there) for one in each)

    return holds


def unindexed(wanted: list[str]) -> bool:
    """Whether a word is none that the index has: of a script without spaces, or just signs."""
    return any(_UNINDEXED.search(word) or not any(map(str.isalnum, word)) for word in wanted)


def teach(connection: sqlite3.Connection, wanted: list[str]) -> None:
    """Give SQL the function `holds`, which is 1 for a text that holds all of the words."""
    connection.create_function("holds", 1, holder(wanted), deterministic=True)


def matching(wanted: list[str]) -> str:
    """All these words as FTS5 takes them, whatever they are made of, narrow or of full width."""
    return " AND ".join(f"({_phrase(word)} OR {_phrase(word.translate(_WIDE))})" for word in wanted)


def _phrase(word: str) -> str:
    bare = word.rstrip(BEGINS) or word
    return '"{}"{}'.format(bare.replace('"', '""'), BEGINS if bare != word else "")


def best_place(text: str, wanted: list[str]) -> int | None:
    """Where most of the words stand together in a text; `None` if it does not hold all of them."""
    missing, any_of = [pattern([word]) for word in wanted], pattern(wanted)
    place, most = None, 0
    for begin, chunk in _chunks(text):
        there = folded(chunk)
        missing = [one for one in missing if not one.search(there)]
        if most < len(wanted):
            count, at = _densest(there, any_of, len(wanted))
            if count > most:
                place, most = begin + _origin(chunk, at), count
        if not missing and most == len(wanted):
            break
    return None if missing else place


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts; where one can't end between words, the next begins before its end."""
    start = 0
    while start < len(text):
        found = _SPACE.search(text, start + _CHUNK, start + 2 * _CHUNK)
        end = found.end() if found else min(start + 2 * _CHUNK, len(text))
        yield start, text[start:end]
        start = end if found or end == len(text) else end - LONGEST


def _densest(there: str, any_of: re.Pattern[str], words: int) -> tuple[int, int]:
    """How many of so many words stand together at most, and where the first of those does."""
    most, place = 0, 0
    near: list[re.Match[str]] = []
    for found in islice(any_of.finditer(there), _TRIED):
        near = [one for one in near if _is_beside(one, found, there)] + [found]
        if (count := len({one[0] for one in near})) > most:
            most, place = count, near[0].start()
            if most == words:
                break
    return most, place


def _is_beside(one: re.Match[str], other: re.Match[str], text: str) -> bool:
    """Whether both are shown when the line of the first is."""
    near = other.end() - one.start() < AROUND
    return near and not LINE_END.search(text, one.end(), other.start())


def _origin(text: str, at: int) -> int:
    """Which character of a text became the one at `at` when it was folded."""
    start = text[: at + 1]
    if start.isascii() and "_" not in start and len(folded(start)) == len(start):
        return at  # a character became one at most, and none was dropped
    ends = accumulate(len(_FOLDS[ord(char)]) for char in text)
    return next((index for index, end in enumerate(ends) if end > at), len(text))
