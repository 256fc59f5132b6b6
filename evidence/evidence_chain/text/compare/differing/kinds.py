"""In what a quote differs from the passage: kinds that a reader understands."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from evidence_chain.pattern import pattern
from evidence_chain.text.compare.letters import letters
from evidence_chain.text.language.characters import is_mark
from evidence_chain.text.language.folds import fold
from evidence_chain.text.language.negation import negations
from evidence_chain.text.language.numbers import numbers

_OTHERS, _LATIN = (
    "АВЕЅІЈКМНОРСТХУаеоѕіјрсухһԛԝԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινυρκтгьвнкмՕօԍѴѵƖɑɡıⅼО",
    "ABESIJKMHOPCTXYaeosijpcyxhqwdlABEZHIKMNOPTYXoaivupktrbBHKMOoGVvIagilO",
)
"""Letters of other scripts to the Latin ones that they look like."""
_TO_LATIN = str.maketrans(_OTHERS, _LATIN)
_TO_CYRILLIC = {
    ord(latin): other
    for other, latin in zip(_OTHERS, _LATIN, strict=True)
    if "\u0400" <= other <= "\u04ff"
}
_WITHIN_WORDS = str.maketrans("01I", "Oll")
_VARIANT = pattern("[\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


_SAMPLE = 100_000
"""Characters of a stream in which it is looked up how a word is written."""


def kind_of(typed: str, found: str) -> str:
    """The kind of one difference, by its words alone; `name` is for `is_name` to say."""
    if not letters(typed) and not letters(found):
        return _by_marks(typed, found)
    if _looks(typed) == _looks(found) and not _is_cased(typed, found):
        return "confusable"
    if Counter(negations(typed)) != Counter(negations(found)):
        return "negation"
    if Counter(numbers(typed)) != Counter(numbers(found)):
        return "number"
    return _by_form(typed, found)


def disguised(text: str) -> tuple[str, str]:
    """`text` as it looks in Latin letters, and in Cyrillic ones; of the same length.

    Both are `text` itself where it has no letter of another script that looks like a Latin one.
    """
    if not any(char in _OTHERS for char in text):
        return text, text
    return text.translate(_TO_LATIN), text.translate(_TO_CYRILLIC)


def is_name(word: str, stream: str, *, starts: bool) -> bool:
    """Whether a word is written as a name is.

    Args:
        word: one word.
        stream: the document; a word that it has in lower case, too, is no name.
        starts: whether the word begins a sentence, so that its capital says little.
    """
    if not word[:1].isupper() or word in ("I", "I'm", "I've"):
        return False
    sample = stream[:_SAMPLE]
    if not starts or re.search(f"[^\\W\\d_A-Z],? {re.escape(word)}\\b", sample):
        return True
    return re.search(rf"\b{re.escape(word.lower())}\b", sample) is None


def _by_form(typed: str, found: str) -> str:
    """The kind of a difference in which neither negations nor numbers differ."""
    one, other = ("".join(fold(text).text.split()) for text in (typed, found))
    if one == other:
        return "spacing"
    if letters(one) == letters(other):
        return _by_marks(one, other)
    return "case" if _is_cased(one, other) else "words"


def _is_cased(one: str, other: str) -> bool:
    """Whether the letters are the same but for their case."""
    return letters(one).casefold() == letters(other).casefold()


def _by_marks(one: str, other: str) -> str:
    """The kind of a difference in which no letter differs."""
    return "punctuation" if _marks(one) == _marks(other) else "words"


def _marks(text: str) -> list[str]:
    """Accents, and signs for vowels and tones: with another one it is another word.

    Selectors of a variant, which say how a sign is drawn, are left out.
    """
    parts = unicodedata.normalize("NFD", fold(text).text)
    return [char for char in parts if is_mark(char) and not _VARIANT.match(char)]


def _looks(text: str) -> str:
    """The letters as they look; digits look like letters only within a word."""
    bare = letters(text).translate(_TO_LATIN)
    return bare if bare.isdigit() else bare.translate(_WITHIN_WORDS).lower()
