"""The ways in which an article's quotation may be meant, each to be compared strictly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.text.compare.letters import letters

if TYPE_CHECKING:
    from evidence_chain.text.quotations import Paragraph, Quotation

_MARKS = "‘’‚‹›'“”„«»\"「」『』"
_DOUBLE, _SINGLE = (str.maketrans(dict.fromkeys(_MARKS, one)) for one in "\"'")
_IN_WORD = re.compile(r"(?<=\w)['’](?=\w)")
_KEPT = "\ue000"
_JOINT = re.compile(r"\[[^\[\]]*\]|\([.…\s]+\)|\u2026|\.\s?\.\s?\.")


class Reading(NamedTuple):
    """What is looked for."""

    text: str
    notes: tuple[str, ...] = ()
    """What of it is not as the article has it."""


INTERRUPTED = "left-out-where-interrupted"
"""A note: the article leaves words out where it says who speaks, and no ellipsis tells."""
MARKS = "inner-marks"
"""A note: quotation marks within the quotation are single in one and double in the other."""


class Wanted(NamedTuple):
    """A quotation as it is looked up."""

    quotation: Quotation
    text: str
    """Its words, parts joined by a space."""
    readings: tuple[Reading, ...]
    needles: tuple[tuple[str, ...], ...]
    """Letters that stand where it does: all of one of these groups."""


def wanted(quotation: Quotation, paragraphs: list[Paragraph]) -> Wanted:
    """A quotation with all its readings, the closest first."""
    parts = quotation.text(paragraphs)
    whole = " ".join(parts)
    found = [Reading(whole)]
    if len(parts) > 1:
        found.append(Reading(" ".join([*(one.rstrip(" ,，") for one in parts[:-1]), parts[-1]])))
        bare = [one.rstrip(" ,，") for one in parts[:-1]]
        found.append(Reading(" … ".join([*bare, parts[-1]]), (INTERRUPTED,)))
    for reading in list(found):
        found += _turned(reading)
    return Wanted(quotation, whole, tuple(found), _needles(whole, parts))


def _turned(reading: Reading) -> list[Reading]:
    """The same with the marks within it turned from single to double, or the other way."""
    kept = _IN_WORD.sub(_KEPT, reading.text)
    if not any(mark in kept for mark in _MARKS):
        return []
    return [
        Reading(kept.translate(table).replace(_KEPT, "'"), (*reading.notes, MARKS))
        for table in (_DOUBLE, _SINGLE)
    ]


def _needles(whole: str, parts: list[str]) -> tuple[tuple[str, ...], ...]:
    groups: list[tuple[str, ...]] = [(letters(whole),)]
    fragments = [piece for one in parts for piece in _JOINT.split(one)]
    groups.append(tuple(filter(None, map(letters, fragments))))
    return tuple(dict.fromkeys(group for group in groups if group and all(group)))
