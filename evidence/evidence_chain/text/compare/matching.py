"""Is this quote in that stream, where, and is it the same? (docs/format.md, section 7).

Decided by rules, never by a score: wherever the quote's letters and digits stand, the quote is
compared strictly after the folds, and its edges are looked at. Only where that fails are … and
[ ] read as a writer's own marks, and only where that fails too is something near looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from evidence_chain.text.compare.letters import skeleton
from evidence_chain.text.compare.quote import Place, Quote, without_outer_quotes
from evidence_chain.text.language.characters import OTHER_FORM
from evidence_chain.text.language.edges import cut, is_glued
from evidence_chain.text.language.negation import negated_after, negated_before
from evidence_chain.text.language.words import count_words
from evidence_chain.text.verdict import Match, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.text.compare.elision import Chain, Elided

_Found = TypeVar("_Found", "Place", "Chain")

LONG_ENOUGH = 10
"""Words from which on a passage that stands twice says the same, whichever place is meant."""
MAX_PLACES = 10_000
"""Places that are compared with one quote."""
_SENTENCE_ENDS = (".", "!", "?", "\u0964", "\u3002")
MAX_COMPARED = 4_000_000
"""Characters that are compared with one quote, if it is long; 100 places at least."""


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
    places, other = _places(typed, stream, near)
    if places:
        return _found(quote, stream, places, near)
    edited = _edited(quote, stream, near)
    if edited:
        return edited
    from evidence_chain.text.compare.altered import altered, look_near

    if isinstance(other, Place):
        return altered(quote, stream, (other.start, other.end), other.cut)
    return altered(quote, stream, other) if other else look_near(quote, stream, near)


def _places(
    typed: Quote, stream: str, near: tuple[int, int] | None
) -> tuple[list[Place], Place | tuple[int, int] | None]:
    """Every place that holds the quote with clean edges; and the first other one.

    That is one where the quote is the same but its edges cut a word, or else the slice where
    its letters and digits stand with something else between them.
    """
    places: dict[int, Place] = {}
    other: Place | tuple[int, int] | None = None
    left = max(100, min(MAX_PLACES, MAX_COMPARED // len(typed.typed)))
    for start, end in _hits(typed, stream, near):
        if typed.is_stretched(start, end):
            continue
        if isinstance(other, Place) and (is_glued(stream, start) or is_glued(stream, end)):
            continue
        left -= 1
        if left < 0:
            break
        place = typed.at(stream, start, end)
        if place and not place.cut:
            places[place.start] = place
        elif place and not isinstance(other, Place):
            other = place
        elif not other and not cut(stream, start) and not cut(stream, end):
            other = start, end
    return _written([places[start] for start in sorted(places)], stream), other


def _written(found: list[_Found], stream: str) -> list[_Found]:
    """Those in lines that don't repeat others in another form, if there are any."""
    if not skeleton(stream).has_other_forms:
        return found
    return [one for one in found if not _is_other_form(stream, one.start)] or found


def _is_other_form(stream: str, at: int) -> bool:
    return stream.startswith(OTHER_FORM, stream.rfind("\n", 0, at) + 1)


def _hits(typed: Quote, stream: str, near: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Where the quote's letters stand: first those that are meant, then all."""
    whole = skeleton(stream)
    if near:
        reach = len(typed.typed)
        yield from whole.find(typed.letters, max(0, near[0] - reach), near[1] + reach)
    yield from whole.find(typed.letters)


def _found(quote: str, stream: str, places: list[Place], near: tuple[int, int] | None) -> Match:
    """The place that is meant, and a note if nothing says which."""
    meant = _meant(places, near)
    place = next((place for place in meant if place.verbatim), meant[0])
    status = Status.VERBATIM if place.verbatim else Status.NORMALISED
    notes = [*place.notes, *around(stream, place.start, place.end), *_which(quote, len(meant))]
    return Match(status, [(place.start, place.end)], notes, len(places))


def _edited(quote: str, stream: str, near: tuple[int, int] | None) -> Match | None:
    """The match of a quote that is the same but for ellipses and brackets, if it is."""
    whole = skeleton(stream)
    for elided, noted in readings(quote, stream):
        borne_out = [chain for chain in elided.chains(whole) if elided.bears_out(chain)]
        chains = _written(borne_out, stream)
        if not chains:
            continue
        meant = _meant(chains, near)
        chain = meant[0]
        notes = [*noted, *elided.notes(chain), *around(stream, chain.start, chain.end)]
        notes += _which(quote, len(meant))
        inserted = [
            one.typed for fragment in elided.reading.fragments for one in fragment.insertions
        ]
        return Match(
            elided.status(chain),
            elided.slices(chain),
            list(dict.fromkeys(notes)),
            len(chains),
            omitted=elided.omitted(chain),
            inserted=inserted,
        )
    return None


def readings(quote: str, stream: str) -> Iterator[tuple[Elided, list[str]]]:
    """The quote read as edited: as typed, then without quotation marks around it."""
    from evidence_chain.text.compare.editorial import is_edited, read
    from evidence_chain.text.compare.elision import Elided

    whole = skeleton(stream)
    bare = without_outer_quotes(quote.strip())
    for text, notes in ((quote.strip(), []), (bare, ["outer-quotes"])):
        reading = read(text, whole) if text and is_edited(text) else None
        if reading:
            yield Elided(reading, stream), notes


def _meant(found: list[_Found], near: tuple[int, int] | None) -> list[_Found]:
    """What `near` may mean: the one that equals it, those that overlap it, or all."""
    if near is None:
        return found
    equal = [one for one in found if (one.start, one.end) == near]
    return equal or [one for one in found if one.overlap(*near)] or found


def around(stream: str, start: int, end: int) -> list[str]:
    """Notes on what stands just before and after a passage."""
    before = ["negation-before"] * negated_before(stream, start)
    ended = stream[end - 1 : end] in _SENTENCE_ENDS
    return before + ["negation-after"] * (not ended and negated_after(stream, end))


def _which(quote: str, meant: int) -> list[str]:
    """Notes on a passage that stands at several places."""
    if meant < 2:
        return []
    return ["ambiguous"] + ["short"] * (count_words(quote) < LONG_ENOUGH)
