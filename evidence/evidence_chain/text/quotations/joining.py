"""A quotation that is interrupted to say who speaks, such as “We knew,” said X, “and did it.”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern
from evidence_chain.text.quotations.attribution import is_of_another
from evidence_chain.text.quotations.speech import VERB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_chain.text.quotations.paragraph import Paragraph
    from evidence_chain.text.quotations.scanning import Found

LONGEST = 120
"""Characters of an interruption."""
_ENDS = pattern(r"[.!?。](?:\s|\Z)|[;:]")
_GOES_ON = pattern(r"[,，、—–-]\s*\Z")
_OPEN_END = pattern(r"[,，、—–…\w-]\s*\Z")


def joined(found: list[Found], paragraphs: Sequence[Paragraph]) -> Iterator[list[Found]]:
    """Quotations in order, each with those that go on with it."""
    group: list[Found] = []
    for one in found:
        if group and _goes_on(group[-1], one, paragraphs):
            group.append(one)
            continue
        if group:
            yield group
        group = [one]
    if group:
        yield group


def _goes_on(one: Found, other: Found, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether `other` takes up the sentence that `one` left."""
    last = one.spans[-1]
    number, at, _ = other.outer
    if last.paragraph != number or one.mark != other.mark or not one.closed:
        return False
    text = paragraphs[number].text
    between = text[one.outer[2] : at].strip()
    if not between or len(between) > LONGEST or _ENDS.search(between):
        return False
    said = text[last.start : last.end]
    begins = text[other.spans[0].start :][:1]
    left_open = _OPEN_END.search(said) is not None
    if not left_open or not _GOES_ON.search(between):
        return False
    after = text[other.outer[2] : other.outer[2] + LONGEST] if other.spans[-1][0] == number else ""
    if is_of_another(between, after):
        return False
    return VERB.search(between) is not None or (begins.islower() and said[-1:] in ",，")
