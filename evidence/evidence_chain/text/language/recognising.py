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

from evidence_chain.text.language.function_words import ALPHABETS, FUNCTION_WORDS
from evidence_chain.text.language.words import MARKS

_WORD = f"[^\\W\\d_](?:[^\\W\\d_]|[{MARKS}])*"
_POINTS = "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"

_BY_SCRIPT = {
    **{"CJK": "Chinese", "BOPOMOFO": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"},
    **{"HANGUL": "Korean", "THAI": "Thai"},
}
"""Scripts that say which language it is."""
_SHARES = {"LATIN": 0.15, "DEVANAGARI": 0.15, "CYRILLIC": 0.1, "ARABIC": 0.1, "HEBREW": 0.04}
"""How many of a text's words must be of those of its language; by script, as some languages write
them in one with the next word, and as some scripts are those of more languages."""
_SHARE_WITHIN = 0.08
"""The same for a passage in a text whose language is known."""
_FOREIGN = 0.125
"""How many of its words may have letters that the language lacks."""
_SIGNS = frozenset({"FEMININE", "MASCULINE", "MICRO", "FULLWIDTH"})
_FEWEST = 4
"""Words from which on a lone one of a language isn't enough."""


class _Words(NamedTuple):
    """The words of a text, and how many of them are of each language."""

    count: int
    script: str
    hits: dict[str, int]

    def best(self, share: float) -> frozenset[str]:
        """The languages with the most of their words in it, if these are so many."""
        most = max(self.hits.values(), default=0)
        fewest = 1 if self.script == "HEBREW" or self.count < _FEWEST else 2
        if most < max(fewest, share * self.count):
            return frozenset()
        return frozenset(name for name, hits in self.hits.items() if hits == most)


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
    share = _SHARES.get(script, 1.0) if script != "GREEK" else 0.0
    words = _read(passage, script)
    alone = words.best(share)
    if alone or not around:
        return alone
    most = max(words.hits.values(), default=0)
    least = max(1, most, _SHARE_WITHIN * words.count)
    within = _read(around, script).best(share) if _script(around) == script else frozenset()
    return within if all(words.hits[name] >= least for name in within) else frozenset()


def _read(text: str, script: str) -> _Words:
    bare = re.sub(_POINTS, "", unicodedata.normalize("NFC", text).casefold())
    words = re.findall(_WORD, bare)
    known = Counter(name for word in words for name in _by_word().get(word, ()))
    foreign = {
        name
        for name, letters in _alphabets().items()
        if sum(not letters.issuperset(word) for word in words) > _FOREIGN * len(words)
    }
    hits = {name: 0 if name in foreign else known[name] for name in FUNCTION_WORDS}
    return _Words(len(words), script, hits)


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


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in FUNCTION_WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), name)
    return found


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    return {name: frozenset(letters) for name, letters in ALPHABETS.items()}
