"""Is this quote in that stream, where, and is it the same? (docs/format.md, section 7).

Decided by rules, never by a score: wherever the quote's letters and digits stand, the quote is
compared strictly after the folds, and its edges are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.text.edges import cut, is_glued
from evidence_chain.text.nearest import Difference, count_words, difference, nearest
from evidence_chain.text.quote import Place, Quote
from evidence_chain.text.selector import spans
from evidence_chain.text.skeleton import core, letters, skeleton

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

RULES_VERSION = "1"
"""The rules here and the folds. A change that could change any verdict is a new version."""

LONG_ENOUGH = 10
"""Words from which on a passage that stands twice says the same, whichever place is meant."""


class Status(StrEnum):
    """What the comparison of a quote with a stream found."""

    VERBATIM = "verbatim"
    NORMALISED = "normalised"
    ELIDED = "elided"
    BRACKETED = "bracketed"
    ALTERED = "altered"
    MISSING = "missing"
    INVALID = "invalid"
    UNVERIFIABLE = "unverifiable"


SAME = frozenset({Status.VERBATIM, Status.NORMALISED})
"""The statuses that say: these words stand there."""
SIGN_OFF = frozenset({"bidi-control", "zero-width", "short"})
"""The notes after which a person must look before the passage is published."""


@dataclass(frozen=True)
class Match:
    """What `match` found. Positions are code points of the stream."""

    status: Status
    fragments: list[tuple[int, int]] = field(default_factory=list)
    """Slices `(start, end)`, in order; for `altered` the nearest passage; empty for none."""
    notes: list[str] = field(default_factory=list)
    """`ambiguous`, `short`, `outer-quotes`, `terminal-punctuation`, `bidi-control`,
    `zero-width`, `partial-word`, `partial-number`."""
    occurrences: int = 0
    """How many places hold the quote with clean edges."""
    difference: list[Difference] = field(default_factory=list)
    """For `altered`: the quote against the nearest passage, word by word."""

    @property
    def accepted(self) -> bool:
        """Whether the passage may be published without a person's sign-off."""
        return self.status in SAME and SIGN_OFF.isdisjoint(self.notes)


def match(quote: str, stream: str, *, near: tuple[int, int] | None = None) -> Match:
    """Look for `quote` in `stream` (docs/format.md, section 7).

    Args:
        quote: the passage as a person typed it.
        stream: the text of a document.
        near: a slice of the stream. Among several places the one that equals it is meant, or
            else the only one that overlaps it.
    """
    typed = Quote(quote)
    if not typed.letters:
        return Match(Status.INVALID)
    places, other = _places(typed, stream)
    if places:
        return _found(quote, places, near)
    if isinstance(other, Place):
        return _altered(quote, stream, (other.start, other.end), other.cut)
    passage = other or nearest(quote, stream)
    return _altered(quote, stream, passage) if passage else Match(Status.MISSING)


def check_match(text: Json, stream: str, selectors: Json, recorded: str) -> None:
    """Compare `text` with the selected slices again (docs/format.md, sections 7 and 8).

    The edges are looked at in the stream. A passage recorded as missing is looked for.

    Raises:
        FormatError: the text, the selectors or the recorded status are none.
        ProofError: the comparison gives another status than the recorded one.
    """
    if not isinstance(text, str):
        raise FormatError("The text of a passage is no text (docs/format.md, section 7).")
    if recorded not in list(Status):
        raise FormatError(f"{recorded!r} is no status of a match (docs/format.md, section 7).")
    found = _status_at(text, stream, spans(selectors))
    if found != recorded:
        raise ProofError(
            f"The passage is recorded as {recorded}, but compared again with the selected text "
            f"it is {found}. Look at both: `text` and `exact` of its record."
        )


def _places(typed: Quote, stream: str) -> tuple[list[Place], Place | tuple[int, int] | None]:
    """Every place that holds the quote with clean edges; and the first other one.

    That is one where the quote is the same but its edges cut a word, or else the slice where
    its letters and digits stand with something else between them.
    """
    places: list[Place] = []
    other: Place | tuple[int, int] | None = None
    for start, end in skeleton(stream).find(typed.letters):
        if isinstance(other, Place) and (is_glued(stream, start) or is_glued(stream, end)):
            continue
        place = typed.at(stream, start, end)
        if place and not place.cut:
            places.append(place)
        elif place and not isinstance(other, Place):
            other = place
        elif not other and not cut(stream, start) and not cut(stream, end):
            other = start, end
    return places, other


def _found(quote: str, places: list[Place], near: tuple[int, int] | None) -> Match:
    """The place that is meant, and a note if nothing says which."""
    meant = _meant(places, near)
    place = next((place for place in meant if place.verbatim), meant[0])
    notes = [*place.notes]
    if len(meant) > 1:
        notes.append("ambiguous")
        if count_words(quote) < LONG_ENOUGH:
            notes.append("short")
    return Match(_status(place), [(place.start, place.end)], notes, len(places))


def _meant(places: list[Place], near: tuple[int, int] | None) -> list[Place]:
    """The places that `near` may mean: the one that equals it, those that overlap it, or all."""
    if near is None:
        return places
    equal = [place for place in places if (place.start, place.end) == near]
    return equal or [place for place in places if place.overlap(*near)] or places


def _status(place: Place) -> Status:
    if place.cut:
        return Status.ALTERED
    return Status.VERBATIM if place.verbatim else Status.NORMALISED


def _altered(
    quote: str, stream: str, passage: tuple[int, int], notes: tuple[str, ...] = ()
) -> Match:
    steps = difference(quote, stream, *passage)
    return Match(Status.ALTERED, [passage], [*notes], difference=steps)


def _status_at(text: str, stream: str, fragments: list[tuple[int, int, str]]) -> Status:
    """The status of `text` compared with these slices alone."""
    typed = Quote(text)
    if not typed.letters:
        return Status.INVALID
    if not fragments:
        found = match(text, stream).status
        return found if found in SAME else Status.MISSING
    if len(fragments) > 1:
        return Status.ALTERED
    start, end, _ = fragments[0]
    inner = core(stream[start:end])
    if inner is None or letters(stream[start:end]) != typed.letters:
        return Status.ALTERED
    place = typed.at(stream, start + inner[0], start + inner[1])
    return _status(place) if place else Status.ALTERED
