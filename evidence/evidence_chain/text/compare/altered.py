"""What is said of a quote that doesn't stand there: what is nearest to it, and how it differs."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from evidence_chain.text.compare.differing.difference import difference, is_reordered
from evidence_chain.text.compare.differing.kinds import disguised, kind_of
from evidence_chain.text.compare.differing.nearest import nearest, parts
from evidence_chain.text.compare.editorial import is_edited, read
from evidence_chain.text.compare.elision import MAX_GAP, Chain, Elided
from evidence_chain.text.compare.letters import letters, skeleton
from evidence_chain.text.language.folds import fold
from evidence_chain.text.language.words import count_words
from evidence_chain.text.verdict import Difference, Match, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.text.compare.editorial import Reading
    from evidence_chain.text.compare.letters import Skeleton

_BESIDE = 8
"""Characters beside a passage in which a bracket may be closed."""
MANY = 5
"""Words that differ in a row, from which on it is asked whether the quote was put together."""
MAX_APART = 100
"""Letters between two parts of a quote, up to which the words between them were dropped."""
MAX_TOGETHER = 100
"""Places of each part that are looked at."""
_NEAR = 400
"""Characters around a place that a person named in which the nearest passage is looked for."""


def altered(
    quote: str, stream: str, passage: tuple[int, int], notes: tuple[str, ...] = ()
) -> Match:
    """The match of a quote that differs from `passage`, a slice of the stream."""
    return _match(stream, passage, difference(quote, stream, *passage), [*notes])


def look_near(quote: str, stream: str, near: tuple[int, int] | None = None) -> Match:
    """The match of a quote that doesn't stand in `stream`: `altered`, or `missing`.

    Args:
        quote: the passage as typed, which has letters or digits.
        stream: the text of a document.
        near: where in the stream it is looked for first.
    """
    passage = _nearest(quote, stream, near)
    edited = _edited(quote.strip(), stream, passage) if is_edited(quote) else None
    if edited:
        return edited
    there = altered(quote, stream, passage) if passage else None
    if there and not any(_is_long(step) for step in there.difference):
        return there
    return _put_together(quote, stream, there) or there or Match(Status.MISSING)


def _is_long(step: Difference) -> bool:
    if step.op == "same":
        return False
    return max(count_words(step.typed), count_words(step.found)) >= MANY


def _nearest(quote: str, stream: str, near: tuple[int, int] | None) -> tuple[int, int] | None:
    if near:
        reach = _NEAR + len(quote)
        around = nearest(quote, stream, max(0, near[0] - reach), near[1] + reach)
        if around:
            return around
    disguises = (text for text in disguised(quote) if text != quote)
    return next(filter(None, (nearest(text, stream) for text in (quote, *disguises))), None)


def _match(
    stream: str, passage: tuple[int, int], steps: list[Difference], notes: list[str]
) -> Match:
    if is_reordered(steps):
        notes.append("word-order")
    same = skeleton(stream).find(letters(stream[slice(*passage)]))
    if sum(1 for _, _ in zip(same, range(2), strict=False)) > 1:
        notes.append("ambiguous")
    return Match(Status.ALTERED, [passage], notes, difference=steps)


def _edited(quote: str, stream: str, passage: tuple[int, int] | None) -> Match | None:
    """A quote whose brackets stand in the place of words, or of which one fragment differs."""
    whole = skeleton(stream)
    reading = read(quote, whole, holes=True)
    if not reading or (passage and _has_brackets(quote, stream, passage)):
        return None
    elided = Elided(reading, stream)
    chain = next(iter(elided.chains(whole)), None)
    if chain:
        steps = list(_around_joints(quote, stream, reading, chain))
        notes = [note for note in elided.notes(chain) if note != "fragmentary"]
        return _match(stream, (chain.start, chain.end), steps, notes)
    if not reading.joints or any(joint.is_hole for joint in reading.joints):
        return None
    return _by_fragments(quote, stream, reading, passage)


def _has_brackets(quote: str, stream: str, passage: tuple[int, int]) -> bool:
    """Whether a bracket of the quote stands in the passage, so that it is the stream's own."""
    there = fold(stream[passage[0] : passage[1] + _BESIDE]).text
    return any(fold(bracket).text in there for bracket in re.findall("\\[[^\\[\\]]+\\]", quote))


def _segments(quote: str, reading: Reading) -> list[str]:
    """What was typed of each fragment."""
    found, done = list[str](), 0
    for joint in reading.joints:
        found.append(quote[done : joint.at])
        done = joint.at + len(joint.typed)
    return [*found, quote[done:]]


def _around_joints(quote: str, stream: str, reading: Reading, chain: Chain) -> list[Difference]:
    """The steps of a quote whose fragments are all the same, but whose brackets are not."""
    steps: list[Difference] = []
    segments = _segments(quote, reading)
    for at, (fragment, place) in enumerate(zip(reading.fragments, chain.places, strict=True)):
        typed = segments[at]
        if at:
            joint = reading.joints[at - 1]
            there = stream[chain.places[at - 1].end : place.start]
            steps.append(_joint(joint.typed, there, is_hole=joint.is_hole, before=typed))
        opening, closing = "", ""
        if fragment.begins:
            opening = _through(typed, fragment.insertions[0].typed)
        if fragment.ends:
            closing = typed[typed.rindex(fragment.insertions[-1].typed) :]
        middle = typed[len(opening) : len(typed) - len(closing)]
        if opening:
            steps.append(_bracket(opening))
        found = stream[place.start : place.end]
        steps.append(Difference("same", middle.strip(), found, "", _space_after(middle)))
        if closing:
            steps.append(_bracket(closing))
    return _spaced(steps)


def _joint(typed: str, there: str, *, is_hole: bool, before: str) -> Difference:
    kind = "bracket-replaces-words" if is_hole else ""
    space = before[: len(before) - len(before.lstrip())]
    return Difference(
        "changed" if is_hole else "omitted", typed, there.strip(), kind, space, _space_after(there)
    )


def _bracket(typed: str) -> Difference:
    kind = "bracket-replaces-words"
    return Difference("added", typed.strip(), "", kind, _space_after(typed))


def _through(typed: str, bracket: str) -> str:
    """What was typed up to the end of a bracket, and the white space after it."""
    end = typed.index(bracket) + len(bracket)
    return typed[:end] + typed[end : len(typed) - len(typed[end:].lstrip())]


def _space_after(text: str) -> str:
    return text[len(text.rstrip()) :]


def _spaced(steps: list[Difference]) -> list[Difference]:
    """Each passage with the white space that the stream has before what is left out."""
    return [
        step._replace(found_gap=" ")
        if step.op == "same" and following.op in ("changed", "omitted") and following.found
        else step
        for step, following in zip(steps, [*steps[1:], Difference("same", "", "")], strict=True)
    ]


def _by_fragments(
    quote: str, stream: str, reading: Reading, passage: tuple[int, int] | None
) -> Match | None:
    """A quote with ellipses of which a fragment differs: each beside what is nearest to it.

    Nothing if the quote as a whole is near a passage, and a fragment alone is not.
    """
    segments = [segment.strip() for segment in _segments(quote, reading)]
    longest = max(range(len(segments)), key=lambda at: len(letters(segments[at])))
    first = nearest(segments[longest], stream, *passage) if passage else None
    first = first or nearest(segments[longest], stream)
    if not first:
        return None
    places: dict[int, tuple[int, int]] = {longest: first}
    for at in [*range(longest - 1, -1, -1), *range(longest + 1, len(segments))]:
        reach = MAX_GAP + 2 * len(segments[at])
        known = places[min(places) if at < longest else max(places)]
        low, high = (known[0] - reach, known[0]) if at < longest else (known[1], known[1] + reach)
        found = nearest(segments[at], stream, max(0, low), high)
        if found:
            places[at] = found
    if passage and len(places) < len(segments):
        return None
    steps = _beside(segments, reading, stream, places)
    whole = places[min(places)][0], places[max(places)][1]
    return _match(stream, whole, steps, [])


def _beside(
    segments: list[str], reading: Reading, stream: str, places: dict[int, tuple[int, int]]
) -> list[Difference]:
    steps: list[Difference] = []
    end = places[min(places)][0]
    for at, segment in enumerate(segments):
        place = places.get(at)
        if at:
            there = stream[end : place[0]] if place else ""
            typed = reading.joints[at - 1].typed
            steps.append(Difference("omitted", typed, there.strip(), "", " ", _space_after(there)))
        if place:
            steps += difference(segment, stream, *place)
            end = place[1]
        else:
            elsewhere = letters(segment) in skeleton(stream).text
            kind = "spliced" if elsewhere else kind_of(segment, "")
            steps.append(Difference("added", segment, "", kind))
        steps[-1] = steps[-1]._replace(typed_gap=" " * (at + 1 < len(segments)))
    return steps


def _put_together(quote: str, stream: str, there: Match | None) -> Match | None:
    """A quote whose parts stand in the stream, but far apart or in another order.

    Nothing if `there`, the match with what is nearest, shows them as they stand together.
    """
    whole = skeleton(stream)
    cuts = parts(quote, whole)
    places = [list(islice(_hits(quote[slice(*part)], whole), MAX_TOGETHER)) for part in cuts]
    if len(cuts) < 2 or (there and _stand_together(places)):
        return None
    longest = max(range(len(cuts)), key=lambda at: cuts[at][1] - cuts[at][0])
    passage = whole.slice(*places[longest][0])
    ends = [start for start, _ in cuts[1:]] + [len(quote.rstrip())]
    steps: list[Difference] = []
    for at, ((start, end), following) in enumerate(zip(cuts, ends, strict=True)):
        if at == longest:
            steps += difference(quote[start:end], stream, *passage)
        else:
            steps.append(Difference("added", quote[start:end], "", "spliced"))
        steps[-1] = steps[-1]._replace(typed_gap=quote[end:following])
    return _match(stream, passage, steps, [])


def _hits(part: str, whole: Skeleton) -> Iterator[tuple[int, int]]:
    """Where the letters of a part stand in the skeleton, whatever their case."""
    wanted = letters(part).lower()
    return ((at, at + len(wanted)) for at in whole.lower.find(wanted))


def _stand_together(places: list[list[tuple[int, int]]]) -> bool:
    """Whether the parts stand somewhere in this order, and near one another."""
    ends = [end for _, end in places[0]]
    for hits in places[1:]:
        ends = [
            end for start, end in hits if any(0 <= start - before <= MAX_APART for before in ends)
        ]
    return bool(ends)
