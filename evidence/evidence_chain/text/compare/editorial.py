"""How a writer edits a quote: … or [...] where words are left out, [ ] where some are put in.

Only the quote is read here. Whether the stream bears it out is decided in `elision`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern
from evidence_chain.text.compare.letters import letters
from evidence_chain.text.language.characters import SPACELESS

if TYPE_CHECKING:
    from evidence_chain.text.compare.letters import Skeleton

MAX_MARKS = 64
"""Ellipses and brackets of one quote. One with more is not read as edited."""

_DOTS = "(?:[\u2025\u2026\u22ef]+|\\.(?:\\s?\\.){2,}|\u3002{3,}|\u30fb{3,}|\uff0e{3,}|\uff61{3,})"
_FEW_DOTS = f"(?:{_DOTS}|\\.\\.)"
_OPEN, _CLOSE = "[\\[\uff3b\u3014\u3010]", "[\\]\uff3d\u3015\u3011]"
_INSIDE = "[^\\[\\]\uff3b\uff3d\u3014\u3015\u3010\u3011]"
_MARK = pattern(
    f"(?P<ellipsis>(?:{_OPEN}|[(\uff08<\u3008])\\s*{_FEW_DOTS}\\s*(?:{_CLOSE}|[)\uff09>\u3009])"
    f"|{_DOTS})|(?P<bracket>{_OPEN}{_INSIDE}*{_CLOSE})"
)
_PLAIN_LETTER = f"[^\\W_{SPACELESS}]"
_HARMLESS = pattern("\\s*(?:sic|[?!]+)[.!]?\\s*", re.IGNORECASE)
_NAME = pattern(
    "(?i:(?!(?:un|non|dis|anti|il|ir|im)[a-z]{5}|[a-z]+ly\\Z))"
    "(?:[A-Za-z\u00c0-\u024f]+|[\u0400-\u04ff]+|[\u0391-\u03ff]+)"
)
_ELLIPSIS, _HOLE, _INSERTED, _RECASED = "\ufdd0\ufdd1\ufdd2\ufdd3"
"""Non-characters that stand for marks while a quote is read."""
_SIGNS = pattern("[\ufdd0-\ufdd3]")
_OTHERS = f"[{_ELLIPSIS}{_HOLE}]"
_MAX_BRACKETS = 100
"""Places where a bracket's words stand that are looked at."""
_CONTEXT = 40
"""Letters on each side of a bracket by which it is looked for in the stream."""


_SMALL = frozenset({"a", "an", "at", "by", "he", "in", "it", "of", "on", "to", "we"})
"""Short words that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """What the writer put in brackets."""

    typed: str
    """With the brackets."""
    at: int
    """How many letters and digits of the fragment stand before it."""
    glued: bool
    """Whether it makes one word with what stands beside it."""
    recased: bool = False
    """Whether it only changes a first letter to or from a capital: [T]he."""

    @property
    def content(self) -> str:
        return self.typed[1:-1]

    @property
    def is_harmless(self) -> bool:
        """Whether it is [sic] or the like, which stands for no words."""
        return self.recased or _HARMLESS.fullmatch(self.content) is not None

    @property
    def is_plain(self) -> bool:
        """Whether it is one to three ordinary words, such as a name or what a pronoun stands for.

        Not one that ends like an adverb or begins like a negation, and none of mixed scripts.
        """
        words = self.content.split()
        ordinary = all(_NAME.fullmatch(word) or word in _SMALL for word in words)
        sizeable = any(len(word) > 2 or word in _SMALL for word in words)
        return ordinary and sizeable and len(words) <= 3


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of the quote that the stream must hold as it is, the brackets taken out."""

    text: str
    insertions: tuple[Insertion, ...]

    @property
    def begins(self) -> bool:
        """Whether words are put in before its first one."""
        return any(not one.at and not one.is_harmless for one in self.insertions)

    @property
    def ends(self) -> bool:
        """Whether words are put in after its last one."""
        size = len(letters(self.text))
        return any(one.at == size and not one.is_harmless for one in self.insertions)


@dataclass(frozen=True, slots=True)
class Joint:
    """What was typed between one fragment and the next."""

    typed: str
    at: int
    """Where in the quote."""
    is_hole: bool
    """Whether that is a bracket in the place of words, and no ellipsis."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quote read as edited: fragments, and a joint between each and the next."""

    fragments: list[Fragment]
    joints: list[Joint]
    is_open: bool
    """Whether an ellipsis stands before or after all of the words."""


def is_edited(quote: str) -> bool:
    """Whether the quote has ellipses or brackets that a writer may have put there."""
    return 0 < sum(1 for _ in _MARK.finditer(quote)) <= MAX_MARKS and not _SIGNS.search(quote)


def read(quote: str, whole: Skeleton, *, holes: bool = False) -> Reading | None:
    """Read `quote` as edited; `None` if there are signs but no words between two marks.

    Args:
        quote: the passage as typed, of which `is_edited` holds.
        whole: the skeleton of the stream. Brackets that the stream has, too, or whose words it
            has between the same neighbours, are no insertions.
        holes: read a bracket as standing in the place of words, so that it parts fragments.
    """
    signed, marks = _signed(quote, whole, holes)
    first, *rest = re.split(f"([{_ELLIPSIS}{_HOLE}])", signed)
    fragments = [_fragment(first, marks)]
    joints: list[Joint] = []
    for sign, part in zip(rest[::2], rest[1::2], strict=True):
        mark = marks.pop(0)
        joints.append(Joint(mark[0], mark.start(), sign == _HOLE))
        fragments.append(_fragment(part, marks))
    return _joined(fragments, joints)


def _signed(quote: str, whole: Skeleton, holes: bool) -> tuple[str, list[re.Match[str]]]:
    """The quote with one sign for each mark that is the writer's own; and these marks."""
    signed, marks, done = "", list[re.Match[str]](), 0
    found = list(_MARK.finditer(quote))
    for mark, following in zip(found, [*found[1:], None], strict=True):
        signed += quote[done : mark.start()]
        done = mark.end()
        rest = quote[done : following.start() if following else len(quote)]
        sign = _ELLIPSIS if mark["ellipsis"] else _sign(mark[0], signed, rest, whole, holes)
        signed += sign
        if sign != mark[0]:
            marks.append(mark)
    return signed + quote[done:], marks


def _sign(typed: str, before: str, after: str, whole: Skeleton, holes: bool) -> str:
    """The sign for a bracket, or the bracket if it stands in the stream itself."""
    content = typed[1:-1]
    inside, harmless = letters(content), _HARMLESS.fullmatch(content) is not None
    around = letters(re.split(_OTHERS, before)[-1])[-_CONTEXT:], letters(after)[:_CONTEXT]
    if len(content) == 1 and content.isalpha() and not before[-1:].isalnum():
        for letter in (content, content.swapcase()):
            if after[:1].isalpha() and len(letter) == 1 and letter + around[1] in whole.text:
                return _RECASED + letter
    if not harmless and (not inside or _is_own(inside, around, whole)):
        return typed
    between = before.rstrip()[-1:] not in ("", _ELLIPSIS) and after.strip()
    return _HOLE if holes and between and not harmless else _INSERTED


def _is_own(inside: str, around: tuple[str, str], whole: Skeleton) -> bool:
    """Whether words in brackets are the stream's own: there, or between these neighbours."""
    if any(around) and inside.join(around) in whole.text:
        return True
    return any(
        re.search(f"{_OPEN}\\W*\\Z", whole.stream[max(0, start - 3) : start])
        and re.match(f"\\W*{_CLOSE}", whole.stream[end : end + 3])
        for start, end in islice(whole.find(inside), _MAX_BRACKETS)
    )


def _fragment(part: str, marks: list[re.Match[str]]) -> Fragment:
    """The words between two joints; takes its brackets from the head of `marks`."""
    insertions = []
    for sign in re.finditer(f"[{_INSERTED}{_RECASED}]", part):
        typed = marks.pop(0)[0]
        before, after = part[: sign.start()], part[sign.end() :]
        glued = _is_glued(before, typed[1:-1], after)
        at = len(letters(before))
        insertions.append(Insertion(typed, at, glued, recased=sign[0] == _RECASED))
    text = re.sub(f"(?<!\\s)\\s*{_INSERTED}\\s*(?=[.,;:!?)\u201d\u2019\u3002\uff0c]|\\Z)", "", part)
    text = re.sub(f"(?<!\\s)\\s+{_INSERTED}\\s*|{_INSERTED}\\s+", " ", text)
    return Fragment(_SIGNS.sub("", text).strip(), tuple(insertions))


def _joined(fragments: list[Fragment], joints: list[Joint]) -> Reading | None:
    """The reading without fragments that have no words."""
    is_open = False
    if len(fragments) > 1 and not letters(fragments[0].text):
        bare, following = fragments[:2]
        insertions = *bare.insertions, *following.insertions
        fragments[:2] = [Fragment(bare.text + following.text, insertions)]
        is_open = bool(joints.pop(0))
    if len(fragments) > 1 and not letters(fragments[-1].text):
        last, bare = fragments[-2:]
        added = (replace(one, at=len(letters(last.text))) for one in bare.insertions)
        fragments[-2:] = [Fragment(last.text + bare.text, (*last.insertions, *added))]
        is_open = bool(joints.pop())
    whole = all(letters(fragment.text) for fragment in fragments)
    return Reading(fragments, joints, is_open) if whole else None


def _is_glued(before: str, content: str, after: str) -> bool:
    """Whether a bracket makes one word with what stands beside it."""
    if _HARMLESS.fullmatch(content):
        return False
    pairs = before[-1:] + content[:1], content[-1:] + after[:1]
    return any(re.fullmatch(_PLAIN_LETTER * 2, pair) for pair in pairs)
