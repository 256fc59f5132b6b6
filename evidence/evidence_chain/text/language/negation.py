"""Words that negate: they must not be left out of a passage without a word.

They have no grammar. They decide what a person is asked to look at and how a difference is named,
never whether a passage is the same. Where the language isn't known, or negates inside words, that
no negation is found says nothing: see `unsure`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from evidence_chain.pattern import pattern
from evidence_chain.text.language.folds import fold
from evidence_chain.text.language.function_words import FUNCTION_WORDS
from evidence_chain.text.language.negation_words import (
    NEGATES_WITHIN,
    NEGATIONS,
    NONE_HERE,
    PERHAPS,
    REFUSALS,
    SPACELESS_NEGATIONS,
    SPACELESS_REFUSALS,
)
from evidence_chain.text.language.recognising import languages, script_of
from evidence_chain.text.language.words import tokens

_AFTER = "not never nicht nie niemals niet nooit inte ikke pas jamais guère değil нет"
_FOLLOWING = frozenset(_AFTER.split())
"""Words that negate what stands before them."""
_FOLLOWING_ENDING = pattern(
    "(?:(?:[てで]|わけ|こと|もの|はず|つもり|よう)[てでがはもにい]{0,4}(?:な(?:い|く|かっ|けれ)|(?:あり)?ませ[んぬ])"
    "|い(?:な(?:い|く|かっ|けれ)|ませ[んぬ])|まい(?![日月年朝晩])|な(?:い|く|かっ|けれ)|ませ[んぬ]|ず(?![っつ])|(?<=ま)せ[んぬ]|(?<=ませ)[んぬ]"
    "|(?<=な)(?:い|く|かっ|けれ)|\\s?(?:지\\s?)?(?:않|못))"
)
_FIRST_HALF = pattern(r"\b(?:ne\s|n['\u2019])\s*(?:\S+\s+){0,4}\Z", re.IGNORECASE)
_SECOND_HALF = pattern(r"(?:plus|que|qu['\u2019]|point|personne)\b", re.IGNORECASE)
_ONLY = frozenset(
    ("only", "just", "merely", "nur", "bloß", "seulement", "solo", "sólo", "soltanto", "только")
)
"""After a negation these take it back ("not only")."""

_POINTS = pattern("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Vowel points and the stroke that lengthens, which Hebrew and Arabic may write or not."""

_REFUSALS = pattern(rf"\b(?:{'|'.join(REFUSALS.values())})\b|{SPACELESS_REFUSALS}", re.IGNORECASE)
"""Words that say that something did not happen, though they are no negations."""

REACH = 3
"""Words before a passage among which a negation is looked for: "did not say that …"."""
_LETTERS = 4
"""The same in letters of scripts without word spaces."""
_WINDOW = 80
"""Characters before a passage that are looked at."""
AROUND = 400
"""Characters on each side of a passage by which its language is told."""

_OF_ONE = frozenset(
    ("LATIN", "CJK", "BOPOMOFO", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC")
) | {"HANGUL", "THAI"}
"""Scripts of one language here; and Latin letters, which stand for names in all of them."""

_OPENS = "[\\s\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u300c\u300e([:\uff1a]"
_CLAUSE = (
    '[.!?;,:()"\u201c\u201d\u201e\u00ab\u00bb\u2026\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u300c\u300d'
    "\u060c\u061b\u061f\u2013\u2014]"
)


def negations(text: str, among: frozenset[str] = frozenset()) -> list[str]:
    """The negating words of `text`, folded and in lower case, if it is in one of some languages.

    Those of all languages are looked for, as one may quote another, but for those that mean
    something else in each of these.
    """
    words = [token.key.casefold() for token in tokens(text) if token.is_word]
    found = [word for word in words if _is_negation(word, among)]
    return found + re.findall(_spaceless(), "".join(text.split()))


def negates(text: str, among: frozenset[str] = frozenset()) -> bool:
    """Whether a word of `text` negates, or perhaps does, if it is in one of these languages."""
    words = {_POINTS.sub("", token.key.casefold()) for token in tokens(text)}
    return bool(negations(text, among)) or not _perhaps(among).isdisjoint(words)


def completes(before: str, text: str, among: frozenset[str]) -> bool:
    """Whether `text` begins with the other half of a French negation whose `ne` stands before it.

    Without it "ne … que" says the opposite.
    """
    halves = _FIRST_HALF.search(before) and _SECOND_HALF.match(text)
    return "French" in among and halves is not None


def unsure(text: str, among: frozenset[str]) -> bool:
    """Whether `text` may negate though no word of it is listed.

    So it may if its language isn't known, has no list, or negates inside words; and where it has
    letters of another script than that language, unless the script is that of one language.

    Args:
        text: a few words.
        among: the languages that what stands around them may be in.
    """
    found = {script_of(char) for char in fold(text).text if char.isalpha()}
    written = {script_of(FUNCTION_WORDS[one][0]) for one in among if one in FUNCTION_WORDS}
    sure = bool(among) and among <= _listed() and found <= written | _OF_ONE
    return bool(found) and not sure


def refuses(text: str) -> bool:
    """Whether a word of `text` says that something is refused, denied or not done."""
    return _REFUSALS.search(text) is not None


def negated_before(stream: str, at: int) -> bool:
    """Whether a negation stands just before `at`: in the same clause, a few words away at most."""
    clause = clause_before(stream, at)
    words = [token.key.casefold() for token in tokens(clause) if token.is_word]
    last = clause[-_LETTERS:]
    spaceless = not last.isascii() and re.search(_spaceless(), last) is not None
    near = words[-REACH:]
    if not _negated(near, frozenset()):
        return spaceless
    return spaceless or _negated(near, languages(stream[max(0, at - AROUND) : at + AROUND]))


def clause_before(stream: str, at: int) -> str:
    """What stands before `at` in its clause, at most a line or two; empty where a clause begins."""
    before = stream[max(0, at - _WINDOW) : at]
    if stream[at : at + 1].isupper() and re.search("\n\\s*\\Z", before):
        return ""
    bare = re.sub(f"{_OPENS}+\\Z", "", before)
    if re.search("\n\\s*\n", before[len(bare) :]):
        return ""
    return re.split(f"{_CLAUSE}|\n\\s*\n", bare)[-1]


def negated_after(stream: str, at: int) -> bool:
    """Whether the very next word after `at` is one that negates what stands before it.

    Not one with a capital at the beginning of a line, where another paragraph, or a page's header,
    begins; but where words have capitals anyway, as in titles, that is no sign of one.
    """
    if _FOLLOWING_ENDING.match(stream, at):
        return True
    word = re.compile("(\\s+)([^\\W\\d]+)").match(stream, at)
    if word is None or word[2].casefold() not in _FOLLOWING:
        return False
    last = re.search("[^\\W\\d]+\\W*\\Z", stream[max(0, at - _WINDOW) : at])
    is_bare = last is not None and last[0][:1].islower()
    return not (is_bare and "\n" in word[1] and word[2].istitle())


def _negated(words: list[str], among: frozenset[str]) -> bool:
    pairs = pairwise([*words, ""])
    return any(_is_negation(word, among) and after not in _ONLY for word, after in pairs)


def _is_negation(word: str, among: frozenset[str]) -> bool:
    word = _POINTS.sub("", word)
    contracted = word.endswith("n't") or word.startswith(("n'", "n-"))
    return contracted or not _words(among).isdisjoint(word.split("-"))


@lru_cache(maxsize=64)
def _words(among: frozenset[str]) -> frozenset[str]:
    """The words that negate in any language, but for those that don't in any of these."""
    everywhere = frozenset(fold(" ".join(NEGATIONS.values())).text.casefold().split())
    others = [frozenset(NONE_HERE.get(one, "").split()) for one in among]
    return everywhere - (frozenset.intersection(*others) if others else frozenset())


@lru_cache(maxsize=64)
def _perhaps(among: frozenset[str]) -> frozenset[str]:
    return frozenset(word for one in among for word in PERHAPS.get(one, "").split())


@cache
def _listed() -> frozenset[str]:
    return frozenset({*NEGATIONS, *SPACELESS_NEGATIONS}) - NEGATES_WITHIN


@cache
def _spaceless() -> str:
    return "|".join(f"(?:{pattern})" for pattern in SPACELESS_NEGATIONS.values())
