"""Every quotation of an article, in its order (docs/adr)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from evidence_chain.text.quotations.attribution import of_this
from evidence_chain.text.quotations.dialogue import spoken
from evidence_chain.text.quotations.joining import joined
from evidence_chain.text.quotations.paragraph import Left, Quotation, Span
from evidence_chain.text.quotations.scanning import Scanner
from evidence_chain.text.quotations.sorting import (
    by_paragraph,
    left_alone,
    sentence,
    sentence_around,
)
from evidence_chain.text.quotations.speech import INDIRECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.text.quotations.paragraph import Paragraph
    from evidence_chain.text.quotations.scanning import Found

_DASHES = "—–―"
_LONGEST_NAME = 100
"""Characters of a line under a block quote that says whose it is."""


def find(paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """The quotations of an article, those too that are left alone.

    Takes time in proportion to the text, but for quotation marks that nothing closes.
    """
    scanned = Scanner(paragraphs).found
    blocks = list(_blocks(paragraphs))
    taken = {span.paragraph for one in blocks for spans in one.parts for span in spans}
    dialogue = [
        one
        for number, paragraph in enumerate(paragraphs)
        if number not in taken and (one := spoken(number, paragraph.text))
    ]
    held = taken | {one.start[0] for one in dialogue}
    outer = [one for one in scanned if one.within is None and one.outer[0] not in held]
    outer.sort(key=lambda one: one.outer)
    beside = by_paragraph(outer)
    found = [*blocks, *dialogue]
    found += [_quotation(group, beside, paragraphs) for group in joined(outer, paragraphs)]
    holders = {
        span.paragraph: one
        for one in found[: len(blocks) + len(dialogue)]
        for span in (span for spans in one.parts for span in spans)
    }
    found += [
        _nested(one, holders.get(one.outer[0]))
        for one in scanned
        if one.within is not None or one.outer[0] in held
    ]
    return sorted(found, key=lambda one: (one.start, one.left is Left.NESTED))


def indirect(paragraphs: Sequence[Paragraph]) -> list[Span]:
    """The sentences in which an article says what somebody said in other words, once each time."""
    return [
        Span(number, *sentence_around(one.text, *said.span()))
        for number, one in enumerate(paragraphs)
        for said in INDIRECT.finditer(one.text)
    ]


def _quotation(
    group: list[Found], beside: dict[int, list[Found]], paragraphs: Sequence[Paragraph]
) -> Quotation:
    before, after = sentence(group, beside, paragraphs)
    text = " ".join(
        paragraphs[span.paragraph].text[span.start : span.end]
        for one in group
        for span in one.spans
    )
    own = of_this(text, before, after)
    return Quotation(
        tuple(tuple(one.spans) for one in group),
        group[0].mark,
        before,
        own,
        after.removeprefix(own),
        left_alone(text, group[0].mark, before, after),
        all(one.closed for one in group),
    )


def _nested(one: Found, holder: Quotation | None) -> Quotation:
    """A quotation in another one, which is looked up with it."""
    held_by = holder.start if holder else one.outer[:2]
    if one.within is not None:
        held_by = one.within.spans[0][:2]
    return Quotation(
        (tuple(one.spans),), one.mark, left=Left.NESTED, closed=one.closed, within=held_by
    )


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Quotation]:
    """Block quotes: paragraphs in a row, without the line that says whose they are."""
    for is_block, group in groupby(enumerate(paragraphs), key=lambda one: one[1].block):
        if not is_block:
            continue
        numbered = list(group)
        said = ""
        last = numbered[-1][1].text.strip()
        if len(numbered) > 1 and last[:1] in _DASHES and len(last) <= _LONGEST_NAME:
            said = last.lstrip(_DASHES + " ")
            numbered.pop()
        spans = tuple(_whole(number, one.text) for number, one in numbered if one.text.strip())
        first = numbered[0][0]
        before = paragraphs[first - 1].text if first else ""
        lead = before[-300:] if before.rstrip().endswith(":") else ""
        if spans:
            yield Quotation((spans,), "", lead, f"— {said}" if said else "")


def _whole(number: int, text: str) -> Span:
    start = len(text) - len(text.lstrip())
    return Span(number, start, len(text.rstrip()))
