"""Whom the sentence around a quotation names as its speaker, and what of a name is compared."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.text.quotations.attribution import OTHER
from evidence_chain.text.quotations.speech import VERB
from evidence_chain.text.quotations.stops import TITLES, is_short
from evidence_db.proofreading.context.spoken_for import is_called, spoken_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.text.quotations import Quotation

_WORD = r"[^\W\d_](?:[\w'’.\-]*\w)?"
_PARTICLES = "de|da|di|del|della|van|von|der|den|la|le|el|al|bin|ibn|of the|of|the|and|&|y|e|du|des"
_TOKEN = re.compile(_WORD)
_PRONOUN_WORDS = (
    "he she they it we i you er sie es wir ich il elle ils on nous él ella ellos lui lei "
    "hij zij ze han hon hun ona он она они"
)
_PRONOUN = frozenset(_PRONOUN_WORDS.split())
_ROLES_WORDS = (
    "the a an mr mrs ms dr prof sir lord lady minister president chief director spokesman "
    "spokeswoman spokesperson chairman chairwoman manager head secretary mayor officer official "
    "engineer lawyer professor analyst company firm in on at for from and of der die das herr "
    "frau according but when then later yesterday today le la les el los monsieur madame señor "
    "señora sprecher sprecherin ministerin premier chancellor senator judge inspector sergeant "
    "captain deputy former lt col gen maj capt sgt mme mlle hr january february march april may "
    "june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday so thus ainsi asi cosi zo assim tak"
)
_SMALL = frozenset([*_ROLES_WORDS.split(), *_PARTICLES.split("|")])
_BETWEEN = re.compile(
    rf"(?P<stop>\.?)\s*(?:(?:{_PARTICLES}|(?:med|rer|nat|phil|jur|h\.\s?c)\.)\s+)*"
)
"""What stands between two words of a name; a full stop only where the first is short."""
_GENITIVE = re.compile(r"['’]s?\Z")
_THE = r"(?:(?:the|der|die|das|le|la|les|el|los|las|il|lo)\s+)?"
_OVER = r"(?=\s*(?:[.,;:!?]|\Z))"
_GOES_ON = r"(?=\s+(?:at|in|on|during|after|before|when|later|today|yesterday)\b)"
_MOST_WORDS = 12
"""Words of a role that is looked for in a sentence."""
_FAR = 60
"""Characters between a verb and a name, up to which the name is taken for its subject."""


def named_speakers(quotation: Quotation) -> tuple[list[str], str]:
    """Who may speak, as the sentence around a quotation says, and else why that can't be told.

    One name if it stands right beside the verb of saying; else all that stand near it.
    """
    after, before = quotation.after, quotation.before
    if after.startswith("—"):
        return [after.lstrip("— ")], ""
    found = _beside(after, ahead=True) or _beside(before, ahead=False)
    if found:
        return [*found[0], *_elided(before, after)] if found[0] else [], found[1]
    label = re.search(rf"({_WORD}(?:\s+{_WORD}){{0,5}})\s*:\s*\Z", before)
    if label and label[1][:1].isupper() and not VERB.search(label[1]):
        return [label[1]], ""
    return [], "the sentence names nobody"


def _beside(text: str, *, ahead: bool) -> tuple[list[str], str] | None:
    """The names beside the verb of saying nearest to the quotation; `None` without a verb."""
    verbs = list(VERB.finditer(text))
    if not verbs:
        return None
    verb = verbs[0] if ahead else verbs[-1]
    if ahead and verb.start() > 2 * _FAR:
        return None
    words = list(_TOKEN.finditer(text, 0, verb.start()))[-1:]
    words += list(_TOKEN.finditer(text, verb.end(), verb.end() + _FAR))[:1]
    pronoun = next((word[0] for word in words if _is_pronoun(word[0])), None)
    near = sorted(_near(text, verb))
    if near and near[0].is_for:
        whom = near[0]
        who = [one.name for one in near if is_called(text, one.slice, whom.slice)]
        is_unclear = who and _GENITIVE.search(whom.name)
        who = [whom.name, *who] if is_unclear else who
        return who, f"the sentence has somebody speak for “{whom.name}”"
    near = [one for one in near if not one.is_for]
    if pronoun and not (near and near[0].gap <= 1):
        return [], f"the article says “{pronoun}”"
    if near and near[0].gap <= 1 and not _GENITIVE.search(near[0].name):
        return [near[0].name], ""
    told = " ".join(text.split())[:80]
    names = [one.name for one in near if one.gap <= _FAR]
    return names, "" if names else f"no name beside the verb: “{told}”"


class _Near(NamedTuple):
    """A name near a verb. Of two as near who tells comes first, and not who is told."""

    gap: int
    """Characters between the verb and the name, or the role that goes with it."""
    slice: tuple[int, int]
    name: str
    is_for: bool
    """Whether somebody else speaks for them."""


def _near(text: str, verb: re.Match[str]) -> Iterator[_Near]:
    for titled, start, end, name in _named(text):
        phrase = spoken_for(text, start, end)
        first, last = phrase or (titled, end)
        if first >= verb.end() or last <= verb.start():
            gap = max(first - verb.end(), verb.start() - last)
            yield _Near(gap, (start, end), name, phrase is not None)


def _elided(before: str, after: str) -> list[str]:
    """Who may speak without a verb, as Y in `X said “…”; Y, “…”`."""
    head, other, beside = before.rpartition(OTHER)
    if not other or VERB.search(after) or VERB.search(beside) or not VERB.search(head):
        return []
    named = names_in(beside)
    return [name for start, end, name in named if not spoken_for(beside, start, end)]


def is_said_by(quotation: Quotation, role: str) -> bool:
    """Whether the sentence says that whoever the record calls so says it: `the engineer said`.

    Only where a verb of saying stands right beside these very words and nothing after them makes
    it somebody else, as in `said the engineer's lawyer`.
    """
    words = re.sub(rf"\A{_THE}", "", role.strip(), flags=re.IGNORECASE).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    who = _THE + r"\s+".join(map(re.escape, words))
    first, last = rf"{who}\s+{VERB.pattern}", rf"(?:{VERB.pattern}|according to)\s+{who}"
    ahead = rf"[\s,，]*(?:{first}(?:{_GOES_ON}|{_OVER})|{last}{_OVER})"
    lead = rf"(?:\A|[.,;:!?]\s)\s*{first}(?:\s+that)?\s*[:,，]?\s*\Z"
    if VERB.search(quotation.after):
        return re.match(ahead, quotation.after, re.IGNORECASE) is not None
    return re.search(lead, quotation.before, re.IGNORECASE) is not None


def names_in(text: str) -> list[tuple[int, int, str]]:
    """Runs of words that are written as names are: where each begins and ends, without titles."""
    return [(start, end, name) for _, start, end, name in _named(text)]


def _named(text: str) -> Iterator[tuple[int, int, int, str]]:
    """The same, each first with where its title begins, if it has one."""
    text = VERB.sub(lambda verb: "|" * len(verb[0]), text)
    found: list[list[re.Match[str]]] = []
    for word in _TOKEN.finditer(text):
        if not word[0][:1].isupper():
            continue
        if found and _goes_on(found[-1][-1], text[found[-1][-1].end() : word.start()]):
            found[-1].append(word)
        else:
            found.append([word])
    for run in found:
        kept = [word for word in run if not _is_small(word) and not _is_pronoun(word[0])]
        if kept:
            start, end = kept[0].start(), kept[-1].end()
            yield run[0].start(), start, end, " ".join(text[start:end].split())


def _goes_on(word: re.Match[str], between: str) -> bool:
    """Whether a name goes on after a word of it."""
    found = _BETWEEN.fullmatch(between)
    if found is None or not between:
        return False
    return between[:1].isspace() or (found["stop"] == "." and is_short(word[0]))


def others_spoken_for(quotation: Quotation) -> list[str]:
    """Those for whom the sentence has somebody speak."""
    return [
        name
        for text in (quotation.before, quotation.after)
        for start, end, name in names_in(text)
        if spoken_for(text, start, end)
    ]


def _is_pronoun(word: str) -> bool:
    return word.lower() in _PRONOUN


def plain(word: str) -> str:
    """A word without case, accents and a genitive."""
    bare = re.sub(r"['’]s?\Z", "", word).casefold()
    parts = unicodedata.normalize("NFD", bare)
    return "".join(part for part in parts if not unicodedata.combining(part))


def key(name: str) -> set[str]:
    """The words of a name by which it is compared: neither titles nor particles."""
    kept = [one for one in _TOKEN.finditer(name) if not _is_small(one)]
    return {word for one in kept for word in _initials(plain(one[0]))}


def _is_small(word: re.Match[str]) -> bool:
    """Whether a word is no part of a name: a particle, a role, a title with its full stop."""
    bare, is_pointed = plain(word[0]), word.string[word.end() :][:1] == "."
    if is_pointed and len(bare) == 1 and word[0].isupper():
        return False  # `A.` is an initial, and no article
    return bare in _SMALL or (bare in TITLES and is_pointed)


def is_full(name: str) -> bool:
    """Whether a name has more than initials, which are those of many people."""
    return any(len(word) > 1 or not _is_initial(word) for word in key(name))


def agree(one: set[str], other: set[str]) -> bool:
    """Whether all words of one of two names are in the other, where initials stand for words."""
    return _is_part(one, other) or _is_part(other, one)


def _is_part(one: set[str], other: set[str]) -> bool:
    left, left_there = one - other, other - one
    if not left:
        return True
    return bool(one & other) and all(_has(left_there, word) for word in left)


def _has(words: set[str], word: str) -> bool:
    """Whether a word stands among others, or for one, by the initial of either."""
    return any(
        there.startswith(word) if _is_initial(word) else _is_initial(there) and there == word[0]
        for there in words
    )


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.upper() != word.lower()


def _initials(word: str) -> list[str]:
    """Initials that are written together, each alone: `A.B`, `J.-P`."""
    pieces = [one for one in re.split(r"[.\-]", word) if one]
    return pieces if all(map(_is_initial, pieces)) else [word]
