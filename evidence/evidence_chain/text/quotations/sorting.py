"""Which quotations are looked up, and which are titles or words at a distance."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern
from evidence_chain.text.language.words import count_words
from evidence_chain.text.quotations.attribution import OTHER
from evidence_chain.text.quotations.marks import TITLES
from evidence_chain.text.quotations.paragraph import Left, Span
from evidence_chain.text.quotations.speech import VERB
from evidence_chain.text.quotations.stops import stops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.text.quotations.paragraph import Paragraph
    from evidence_chain.text.quotations.scanning import Found

_WORKS = (
    "titled|entitled|called|named|headlined|dubbed|report|article|book|novel|film|movie|"
    "documentary|song|album|programme|program|paper|series|headline|campaign|project|contract|"
    "tender|study|podcast|magazine|newspaper|exhibition|column|chapter|essay|play|poem|"
    "genannt|Titel|Bericht|Artikel|Buch|Film|Roman|Projekt|Studie|Serie|Ausschreibung|"
    "intitulé|intitulée|rapport|livre|roman|film|projet|étude|titre|"
    "titulado|titulada|informe|libro|novela|película|proyecto|artículo|"
    "rapporten|boken|filmen|artikeln|raport|książka|film|artykuł|отчёт|отчет|книга|фильм|статья"
)
_NAMED = pattern(rf"\b(?:{_WORKS})\b[\s,:(]*\Z", 2)
_SMALL_WORDS = (
    "a an the of in on at by for from to and or but nor with into over as is der die das und "
    "von de la le les du des et en y e el los las del i w z na och av til"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDS_SENTENCE = pattern(r"[.!。…]\s*\Z")
_SAID_AFTER = pattern(r"\A[\s,，]{0,3}[^.!?;:“„«\"]{0,60}")
_LEADS_IN = pattern(r"[:：,，]\s*\Z")
_TITLE_WORDS, _CASED_WORDS = 14, 8
"""Words of a title that is named as one, and of one that its capitals tell."""
_WINDOW = 600
_REACH = 300
"""Characters of a sentence that are looked at on each side."""


def left_alone(text: str, mark: str, before: str, after: str) -> Left | None:
    """Why a quotation is not looked up, if it isn't."""
    if mark in TITLES and mark:
        return Left.TITLE
    said = _is_said(text, before, after)
    if not said and _is_title(text, before):
        return Left.TITLE
    words = count_words(text)
    return Left.SCARE if not words or (words == 1 and not said) else None


def _is_said(text: str, before: str, after: str) -> bool:
    """Whether the sentence says right beside the quotation that somebody says it."""
    follows = _SAID_AFTER.match(after)
    punctuated = text[-1:] in ",.!?…，。" or after.lstrip()[:1] in tuple(",，")
    if follows and punctuated and VERB.search(follows[0]):
        return True
    lead = _LEADS_IN.search(before) is not None
    return lead and VERB.search(before[-80:]) is not None


def _is_title(text: str, before: str) -> bool:
    words = text.split()
    if not words or _ENDS_SENTENCE.search(text) or text[-1:] == ",":
        return False
    begins = words[0][:1].isupper() or words[0][:1].isdigit()
    if _NAMED.search(before) and begins and len(words) <= _TITLE_WORDS:
        return True
    long = [word for word in words if word.lower() not in _SMALL]
    cased = all(word[:1].isupper() or not word[:1].isalpha() for word in long)
    return cased and begins and 1 < len(words) <= _CASED_WORDS and text.isascii()


def by_paragraph(found: list[Found]) -> dict[int, list[Found]]:
    """Quotations by each paragraph that they stand in."""
    there = defaultdict[int, list["Found"]](list)
    for one in found:
        for number in dict.fromkeys((one.outer[0], one.spans[-1].paragraph)):
            there[number].append(one)
    return there


def sentence(
    group: list[Found], others: dict[int, list[Found]], paragraphs: Sequence[Paragraph]
) -> tuple[str, str]:
    """What the sentence around a quotation says before and after it, other quotations left out."""
    first, last = group[0], group[-1]
    number, at, _ = first.outer
    head = _without(others, paragraphs, Span(number, max(0, at - _WINDOW), at))
    tail_number = last.spans[-1].paragraph
    tail_end = min(len(paragraphs[tail_number].text), last.outer[2] + _WINDOW)
    tail = _without(others, paragraphs, Span(tail_number, last.outer[2], tail_end))
    ended = list(stops(head))
    before = head[ended[-1] :] if ended else head
    if not before.strip() and ended and _LEADS_IN.search(head):
        before = head
    after = tail[: next(stops(tail), None)]
    between = [
        paragraphs[one.spans[-1].paragraph].text[one.outer[2] : other.outer[1]]
        for one, other in pairwise(group)
    ]
    return before[-_REACH:], " ".join([*between, after])[:_REACH]


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a slice begins and ends, as far as sentences are looked at."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    head, tail = text[low:start], text[end:high]
    begun = max(stops(head), default=0)
    begun += len(head[begun:]) - len(head[begun:].lstrip(' \n”“»"’)'))
    return low + begun, end + next(stops(tail), len(tail))


def _without(others: dict[int, list[Found]], paragraphs: Sequence[Paragraph], where: Span) -> str:
    """A slice of a paragraph, with other quotations in it as `OTHER`."""
    number, start, end = where
    pieces, done, text = list[str](), start, paragraphs[number].text
    there = others.get(number, [])
    first = max(0, bisect_left(there, start, key=lambda one: _begin(one, number)) - 1)
    for one in islice(there, first, None):
        begin = _begin(one, number)
        if begin >= end:
            break
        if one.spans[-1].paragraph == number and one.outer[2] > done:
            pieces += text[done:begin], OTHER
            done = one.outer[2]
    return "".join([*pieces, text[done:end]])


def _begin(one: Found, number: int) -> int:
    """Where a quotation begins in a paragraph that it stands in."""
    return one.outer[1] if one.outer[0] == number else 0
