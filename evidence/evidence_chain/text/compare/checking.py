"""A recorded match, held against the stream again (docs/format.md, sections 7 and 8)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.text.compare.letters import core, letters
from evidence_chain.text.compare.matching import around, match, readings
from evidence_chain.text.compare.quote import Place, Quote
from evidence_chain.text.selector import spans
from evidence_chain.text.verdict import SIGN_OFF, STANDS, Match, Status

if TYPE_CHECKING:
    from evidence_chain.canonical import Json

_STATUSES = frozenset(Status)
_OF_PLACES = ("short", "ambiguous")
_SHARED = 4
"""One in so many words of a quote stands in what is shown as nearest to it."""


def check_match(
    text: Json, stream: str, selectors: Json, recorded: str, recorded_notes: Json = None
) -> None:
    """Like `check_match_at`, with the slices as selectors name them.

    Raises:
        FormatError: the selectors are none, or as `check_match_at` does.
        ProofError: as `check_match_at` does.
    """
    slices = [(start, end) for start, end, _ in spans(selectors)]
    check_match_at(text, stream, slices, recorded, recorded_notes)


def check_match_at(
    text: Json,
    stream: str,
    slices: list[tuple[int, int]],
    recorded: str,
    recorded_notes: Json = None,
) -> None:
    """Compare `text` with the selected slices again (docs/format.md, sections 7 and 8).

    The edges, and what stands before and after, are looked at in the stream. A passage recorded
    as missing is looked for. A selector tells which of several places is meant, so `ambiguous`
    and `short` need not be recorded.

    Args:
        text: the passage as it was typed.
        stream: the text of the document.
        slices: where the passage stands in it, in code points.
        recorded: the status that its record gives.
        recorded_notes: the notes that its record gives; without them they are not checked.

    Raises:
        FormatError: the text, the recorded status or the notes are none.
        ProofError: the comparison gives another status than the recorded one, or a note after
            which a person must look and which the record lacks.
    """
    if not isinstance(text, str):
        raise FormatError("The text of a passage is no text (docs/format.md, section 7).")
    if recorded not in _STATUSES:
        raise FormatError(f"{recorded!r} is no status of a match (docs/format.md, section 7).")
    found = _match_at(text, stream, slices)
    if found.status != recorded:
        raise ProofError(
            f"The passage is recorded as {recorded}, but compared again with the selected text "
            f"it is {found.status}. Look at both: `text` and `exact` of its record."
        )
    if found.status == Status.ALTERED and not _is_near(text, stream, slices):
        raise ProofError(
            "The passage is recorded as altered, but the selected text has hardly a word of it. "
            "Look at both: `text` and `exact` of its record."
        )
    if recorded_notes is not None:
        _check_notes(found, recorded_notes)


def _check_notes(found: Match, recorded: Json) -> None:
    """The record has every note, but for those that depend on which place was meant."""
    if not isinstance(recorded, list):
        raise FormatError("The notes of a match are no list (docs/format.md, section 7).")
    lacking = [note for note in found.notes if note not in (*recorded, *_OF_PLACES)]
    if found.status in STANDS and lacking:
        sign_off = ", which asks for a person's sign-off" if SIGN_OFF & set(lacking) else ""
        raise ProofError(
            f"The record of the passage lacks the note {', '.join(lacking)}{sign_off}. "
            "Compare the passage with the document before you rely on it."
        )


def _match_at(text: str, stream: str, slices: list[tuple[int, int]]) -> Match:
    """The match of `text` with these slices alone."""
    typed = Quote(text)
    if not typed.letters:
        return Match(Status.INVALID)
    if not slices:
        found = match(text, stream)
        return found if found.status in STANDS else Match(Status.MISSING)
    place = _place_at(typed, stream, *slices[0]) if len(slices) == 1 else None
    return _placed(stream, place) if place else _edited_at(text, stream, slices)


def _placed(stream: str, place: Place) -> Match:
    same = Status.VERBATIM if place.verbatim else Status.NORMALISED
    notes = [*place.notes, *around(stream, place.start, place.end)]
    return Match(Status.ALTERED if place.cut else same, [(place.start, place.end)], notes)


def _place_at(typed: Quote, stream: str, start: int, end: int) -> Place | None:
    """The quote's place, if it is this slice and no smaller or larger one."""
    if exactly := typed.exactly_at(stream, start, end):
        return exactly
    inner = core(stream[start:end])
    if inner is None or letters(stream[start:end]) != typed.letters:
        return None
    place = typed.at(stream, start + inner[0], start + inner[1])
    return place if place and (place.start, place.end) == (start, end) else None


def _edited_at(text: str, stream: str, slices: list[tuple[int, int]]) -> Match:
    for elided, noted in readings(text, stream):
        chain = elided.at(slices)
        if chain and elided.bears_out(chain):
            notes = [*noted, *elided.notes(chain), *around(stream, chain.start, chain.end)]
            return Match(elided.status(chain), slices, notes)
    return Match(Status.ALTERED, slices)


def _is_near(text: str, stream: str, slices: list[tuple[int, int]]) -> bool:
    """Whether the slices share words with `text`, or are what is found as nearest to it."""
    from evidence_chain.text.compare.differing.kinds import disguised

    there = "\n".join(stream[start:end] for start, end in slices)
    shared = any(_shares_words(one, there) for one in (text, *disguised(text)))
    near = slices[0][0], slices[-1][1]
    return (
        shared
        or letters(text) in letters(there)
        or match(text, stream, near=near).fragments == slices
    )


def _shares_words(text: str, there: str) -> bool:
    from evidence_chain.text.compare.differing.nearest import MAX_WORDS
    from evidence_chain.text.language.words import tokens

    one, other = (
        Counter(token.key.casefold() for token in tokens(each, MAX_WORDS) if token.is_word)
        for each in (text, there)
    )
    return (one & other).total() * _SHARED >= max(_SHARED, one.total())
