"""Which language a text is in, told by its script and by the words that sentences are built with.

Careful rather than able: what is not clearly one of the languages that are known here is in none.
A language that isn't known has few of these words by chance, and letters that the others lack.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from evidence_chain.text.language.function_words import ALPHABETS, FUNCTION_WORDS, TELLING
from evidence_chain.text.language.words import MARKS

_WORD = f"[^\\W\\d_](?:[^\\W\\d_]|[{MARKS}])*"
_POINTS = "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"

_BY_SCRIPT = {
    **{"CJK": "Chinese", "BOPOMOFO": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"},
    **{"HANGUL": "Korean", "THAI": "Thai"},
}
"""Scripts that say which language it is."""
_SHARES = {
    "LATIN": 0.15,
    "DEVANAGARI": 0.15,
    "CYRILLIC": 0.1,
    "ARABIC": 0.1,
    "HEBREW": 0.04,
    "GREEK": 0.0,
}
"""How many of a text's words must be of those of its language; by script, as some languages write
them in one with the next word, and as some scripts are those of more languages."""
_SHARE_WITHIN = 0.08
"""The same for a passage in a text whose language is known."""
_FOREIGN = 0.125
"""How many of its words may have letters that the language lacks."""
_SIGNS = frozenset({"FEMININE", "MASCULINE", "MICRO", "FULLWIDTH"})
_SHARED = frozenset({"LATIN", "DEVANAGARI", "CYRILLIC", "ARABIC"})
_FEWEST = 4
"""Words from which on a lone one isn't enough for a language of such a script."""


class _Words(NamedTuple):
    """The words of a text, and which of them are of each language."""

    number: int
    hits: dict[str, list[str]]
    strange: frozenset[str]
    """Languages that lack a letter of some of them."""

    def most(self) -> int:
        """How many are of the language that most of them are of."""
        return max(map(len, self.hits.values()), default=0)

    def best(self, share: float, fewest: int) -> frozenset[str]:
        """The languages that most of the words are of, if these are so many, and not the same."""
        most = self.most()
        if most < share * self.number:
            return frozenset()
        equal = {name for name, hits in self.hits.items() if len(hits) == most}
        if most and all(len(set(self.hits[name])) < fewest for name in equal):
            return frozenset()
        return frozenset(equal - self.strange or equal)


def languages(passage: str, around: str = "") -> frozenset[str]:
    """The language of `passage`; several where they can't be told apart, none if it isn't known.

    Args:
        passage: some words.
        around: these and what stands before and after them, for where they are too few. They must
            have some words of the language then, and of no other one more.
    """
    script = _script(passage)
    if script in _BY_SCRIPT:
        return frozenset({_BY_SCRIPT[script]})
    share = _SHARES.get(script, 1.0)
    words = _read(passage)
    alone = words.best(share, 2 if script in _SHARED and words.number >= _FEWEST else 1)
    if alone or not around or _script(around) != script:
        return alone
    least = max(1, words.most(), _SHARE_WITHIN * words.number)
    within = _read(around).best(share, 2)
    return within if all(len(words.hits[name]) >= least for name in within) else frozenset()


def _read(text: str) -> _Words:
    bare = re.sub(_POINTS, "", unicodedata.normalize("NFC", text).casefold())
    words = re.findall(_WORD, bare)
    hits: dict[str, list[str]] = {name: [] for name in FUNCTION_WORDS}
    for word in words:
        for name in _languages_of(word):
            hits[name].append(word)
    lacking = {
        name: sum(not letters.issuperset(word) for word in words)
        for name, letters in _alphabets().items()
    }
    for name, times in lacking.items():
        if times > _FOREIGN * len(words):
            hits[name] = []
    return _Words(len(words), hits, frozenset(name for name in lacking if lacking[name]))


def _script(text: str) -> str:
    """The script of most letters; Japanese where Han and kana stand together."""
    counts = Counter(script_of(char) for char in text if char.isalpha())
    kana = next((name for name in ("HIRAGANA", "KATAKANA") if counts[name]), "CJK")
    most = max(counts, key=counts.__getitem__, default="")
    return kana if most == "CJK" else most


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """The script of a letter: the first word of its name in Unicode."""
    name = "LATIN" if letter.isascii() else unicodedata.name(letter, "").partition(" ")[0]
    return "LATIN" if name in _SIGNS else name


@lru_cache(maxsize=4096)
def _languages_of(word: str) -> frozenset[str]:
    """The languages that have this word, or words of its looks."""
    looks = {name for name, telling in TELLING.items() if re.fullmatch(telling, word)}
    return frozenset(looks.union(_by_word().get(word, ())))


@cache
def _by_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, words in FUNCTION_WORDS.items():
        for word in words.split():
            found.setdefault(word, []).append(name)
    return found


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    return {name: frozenset(letters) for name, letters in ALPHABETS.items()}
