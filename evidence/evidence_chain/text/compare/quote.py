"""A quote as it was typed, and its strict comparison with one place of a stream."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.pattern import pattern
from evidence_chain.text.compare.letters import core, letters
from evidence_chain.text.language.characters import (
    ACCENTS,
    CLOSING_QUOTES,
    OPENING_QUOTES,
    UNSEEN,
    flags,
)
from evidence_chain.text.language.edges import cut
from evidence_chain.text.language.folds import Folded, agree, fold
from evidence_chain.text.language.hyphens import hyphen_unsure

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTER = pattern(f"[{OPENING_QUOTES}](.+)[{CLOSING_QUOTES}]", re.DOTALL)
_TERMINAL = pattern("(.*[^.\u2026])[.,\u060c\u06d4\u3001\u3002\uff0c\uff0e\uff61\uff64]", re.DOTALL)
_ENDS = pattern(
    f"[{UNSEEN}]*(?:[{CLOSING_QUOTES}.\u2026!?\u3002\uff01\uff1f\uff0e\uff61\u06d4\u061f\u0964]"
    "|\\s*\\Z|[^\\S\n]*\n\\s*\n)"
)
_STOPS = ".\u06d4\u3002\uff0e\uff61"
_ASKS = pattern(f"[{UNSEEN}{CLOSING_QUOTES})]*[?!\u037e\u061f\uff01\uff1f]")
MAX_QUOTE = 100_000
"""Characters of a quote that is looked for."""
MAX_STRETCH = 2000
"""Characters that a place may have beyond ten times those of the quote."""
_MARGIN = 64
"""Characters on each side of a place that are folded with it, so that its ends fold alike."""


class Place(NamedTuple):
    """The slice `[start, end)` of a stream, which holds a quote."""

    start: int
    end: int
    verbatim: bool
    """Whether it holds the same code points."""
    notes: tuple[str, ...]
    cut: tuple[str, ...]
    """What its edges cut: `partial-word`, `partial-number`, or nothing."""

    def overlap(self, start: int, end: int) -> int:
        """How many characters this place shares with `[start, end)`."""
        return max(0, min(self.end, end) - max(self.start, start))


class Quote:
    """A quote, prepared once for the comparison with any number of places."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.letters = letters(typed) if len(typed) <= MAX_QUOTE else ""
        """Its letters and digits; without any there is nothing to look for."""
        self._stripped = typed.strip()

    @cached_property
    def _lead(self) -> int:
        return (core(self._stripped) or (0, 0))[0]

    @cached_property
    def _variants(self) -> list[_Variant]:
        """Made when they are needed, which is not where the quote stands as it was typed."""
        return [_Variant(*variant) for variant in _variants(self._stripped)]

    def exactly_at(self, stream: str, start: int, end: int) -> Place | None:
        """The slice `[start, end)`, if it is the quote as it was typed, with nothing around it."""
        if self._stripped == self.typed == stream[start:end]:
            return self._place(stream, start, end, ())
        return None

    def at(self, stream: str, start: int, end: int) -> Place | None:
        """Compare with the stream where the quote's letters stand, from `start` to `end`."""
        begin = start - self._lead
        if begin >= 0 and stream.startswith(self._stripped, begin):
            return self._place(stream, begin, begin + len(self._stripped), ())
        if self.is_stretched(start, end):
            return None
        low = max(0, begin - _MARGIN)
        there = stream[low : end + len(self._stripped) + _MARGIN]
        windows = [fold(there)]
        if not ACCENTS.keys().isdisjoint(there):
            windows.append(fold(there, accents=True))
        for window, variant in product(windows, self._variants):
            span = variant.stands(window, start - low)
            if span and not variant.contradicted(stream, low + span[1]):
                bounds = _trimmed(stream, low + span[0], low + span[1])
                goes_on = ("sentence-goes-on",) * variant.goes_on(stream, bounds[1])
                return self._place(stream, *bounds, (*variant.notes, *goes_on))
        return None

    def is_stretched(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is far longer than the quote, and so not compared."""
        return end - start > 10 * len(self.typed) + MAX_STRETCH

    def _place(self, stream: str, start: int, end: int, notes: tuple[str, ...]) -> Place:
        edges = [edge for edge in (cut(stream, start), cut(stream, end)) if edge]
        passage = stream[start:end]
        unsure = ("hyphen-unsure",) * hyphen_unsure(passage, self.typed, stream)
        return Place(
            start,
            end,
            passage == self.typed,
            (*notes, *flags(passage + "\n" + self.typed), *unsure),
            tuple(dict.fromkeys(edges)),
        )


class _Variant:
    """The quote without some of the marks that were put around it, and notes that say which."""

    def __init__(self, text: str, notes: tuple[str, ...], stop: str) -> None:
        self.notes = notes
        self._stop = stop
        folded = fold(text)
        self._text = folded.text
        self._lead = folded.index((core(text) or (0, 0))[0])

    def stands(self, window: Folded, at: int) -> tuple[int, int] | None:
        """The slice of the window that equals this variant, its first letter standing at `at`."""
        start = window.index(at) - self._lead
        if start < 0:
            return None
        length = agree(self._text, window.text, start)
        return None if length is None else window.source(start, start + length)

    def contradicted(self, stream: str, end: int) -> bool:
        """Whether a typed full stop was dropped where the stream asks or exclaims."""
        return bool(self._stop) and _ASKS.match(stream, end) is not None

    def goes_on(self, stream: str, end: int) -> bool:
        """Whether a typed full stop was dropped where the stream's sentence goes on."""
        return bool(self._stop) and self._stop in _STOPS and not _ENDS.match(stream, end)


def without_outer_quotes(typed: str) -> str:
    """What stands between quotation marks around all of `typed`; nothing if there are none.

    A full stop or comma after them goes, too.
    """
    bare = _TERMINAL.fullmatch(typed)
    outer = _OUTER.fullmatch(typed) or (_OUTER.fullmatch(bare[1]) if bare else None)
    return outer[1].strip() if outer else ""


def _trimmed(stream: str, start: int, end: int) -> tuple[int, int]:
    """The slice without white space around it, which a fold may have taken in."""
    passage = stream[start:end]
    return end - len(passage.lstrip()), start + len(passage.rstrip())


def _variants(typed: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The quote as typed; without a last full stop or comma; without quotation marks around.

    With the notes of each, and the full stop or comma that it lacks.
    """
    stopped = "terminal-punctuation"
    bare = _TERMINAL.fullmatch(typed)
    yield typed, (), ""
    if bare:
        yield bare[1], (stopped,), typed[-1]
    for text, notes in ((typed, ()), (bare[1] if bare else "", (stopped,))):
        outer = _OUTER.fullmatch(text)
        if outer:
            inner = outer[1].strip()
            yield inner, ("outer-quotes", *notes), typed[-1] if notes else ""
            bare_inner = _TERMINAL.fullmatch(inner)
            if bare_inner and not notes:
                yield bare_inner[1], ("outer-quotes", stopped), inner[-1]
