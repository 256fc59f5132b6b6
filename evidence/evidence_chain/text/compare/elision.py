"""Whether a stream holds what an edited quote leaves standing: all fragments, in order.

Every fragment must be the same as the stream there, after the folds and with clean edges. What
is left out between two of them is bounded and listed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from evidence_chain.pattern import pattern
from evidence_chain.text.compare.differing.kinds import disguised
from evidence_chain.text.compare.letters import Skeleton, core, letters
from evidence_chain.text.compare.quote import Place, Quote
from evidence_chain.text.language.characters import CLOSING_QUOTES, OPENING_QUOTES
from evidence_chain.text.language.edges import is_glued
from evidence_chain.text.language.folds import fold
from evidence_chain.text.language.negation import AROUND, completes, negates, refuses, unsure
from evidence_chain.text.language.numbers import may_count
from evidence_chain.text.language.recognising import languages
from evidence_chain.text.language.words import count_words
from evidence_chain.text.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_chain.text.compare.editorial import Insertion, Joint, Reading

MAX_GAP = 1800
"""Characters that an ellipsis may leave out: a standard page. What is farther apart was not said
in one breath, and is spliced."""
MAX_HOLE = 200
"""Characters whose place a bracket is thought to take: about a sentence."""
MAX_ANCHORS = 1000
"""Places of the longest fragment around which the others are looked for."""
MAX_COMPARISONS = 10_000
"""Places of all fragments that are looked at for one quote."""

MIN_WORDS = 3
"""Words that each fragment of an elided quote has on average, or a person must look: "They … did
not respond" may be about anybody. A fragment of one word is looked at anyway."""

_MARGIN = 64
_REDACTED = pattern("[\u2580-\u259f\u25a0-\u25ac]|[*_#]{3,}|X{4,}")
_DOTS = pattern("[\u2025\u2026\u22ef]|\\.\\s?\\.\\s?\\.")
_CLOSING = f"{CLOSING_QUOTES})\\]"
_BEGINS = pattern(
    f"(?:\\A|[.!?\u2026\u3002\uff01\uff1f:\uff1a][{_CLOSING}]*|\n\\s*\n)\\s*[{OPENING_QUOTES}]*\\Z"
    f"|(?:\\A|[\\s(])[{OPENING_QUOTES}]+\\Z"
)
_ENDS = pattern(f"[{_CLOSING}]*[.!?\u2026\u3002\uff01\uff1f]|\\s*\\Z|\\s*\n\\s*\n|[{_CLOSING}]")
_BEFORE = 40
_SPELLED = pattern(r"\b[^\W\d_](?:[\s._\u00b7*-]{1,2}[^\W\d_]){1,9}\b")
"""A word spelled out letter by letter: n.o.t."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The place of each fragment of a reading, in order."""

    places: tuple[Place, ...]

    @property
    def start(self) -> int:
        return self.places[0].start

    @property
    def end(self) -> int:
        return self.places[-1].end

    def overlap(self, start: int, end: int) -> int:
        """How many characters it shares with `[start, end)`, what it leaves out included."""
        return max(0, min(self.end, end) - max(self.start, start))


class Elided:
    """A reading of a quote, to be held against a stream."""

    def __init__(self, reading: Reading, stream: str) -> None:
        self.reading = reading
        self._stream = stream
        self._quotes = [Quote(fragment.text) for fragment in reading.fragments]
        self._gaps = [MAX_HOLE if joint.is_hole else MAX_GAP for joint in reading.joints]
        self._left = MAX_COMPARISONS

    def chains(self, skeleton: Skeleton) -> list[Chain]:
        """Every chain that has no other within it, in order.

        Bounded by `MAX_ANCHORS` and `MAX_COMPARISONS`: where they are reached, later chains are
        not found.
        """
        found: list[Chain] = []
        for low, high in self._windows(skeleton):
            found += self._within(skeleton, low, high)
        return found

    def at(self, slices: list[tuple[int, int]]) -> Chain | None:
        """The chain whose fragments stand in exactly these slices, if there is one."""
        quotes, places = list(self._quotes), list[Place]()
        for start, end in slices:
            inner = Skeleton(self._stream[start:end])
            there, done = str(inner.text), 0
            while done < len(there):
                quote = quotes.pop(0) if quotes else None
                if not quote or not there.startswith(quote.letters, done):
                    return None
                first, last = inner.slice(done, done + len(quote.letters))
                place = quote.at(self._stream, start + first, start + last)
                if not place or place.cut:
                    return None
                places.append(place)
                done += len(quote.letters)
        gaps = zip(pairwise(places), self._gaps, strict=False)
        fits = all(one.end <= other.start <= one.end + gap for (one, other), gap in gaps)
        chain = Chain(tuple(places)) if places and not quotes and fits else None
        return chain if chain and self.slices(chain) == slices else None

    def bears_out(self, chain: Chain) -> bool:
        """Whether the brackets stand in the place of no words: see `Fragment.begins`, `ends`."""
        pairs = zip(self.reading.fragments, chain.places, strict=True)
        return not any(
            (fragment.begins and not _is_sentence_start(self._stream, place.start))
            or (fragment.ends and not _is_sentence_end(self._stream, place))
            for fragment, place in pairs
        )

    def status(self, chain: Chain) -> Status:
        """`elided` if anything may be left out, else `bracketed` or, without any, `normalised`."""
        if self.reading.is_open or len(self.slices(chain)) > 1:
            return Status.ELIDED
        bracketed = any(fragment.insertions for fragment in self.reading.fragments)
        return Status.BRACKETED if bracketed else Status.NORMALISED

    def slices(self, chain: Chain) -> list[tuple[int, int]]:
        """The slices of the chain; two fragments are one where the ellipsis is the stream's own."""
        found = [(chain.start, chain.places[0].end)]
        for gap, place in zip(self._between(chain), chain.places[1:], strict=True):
            if gap.is_own:
                found[-1] = found[-1][0], place.end
            else:
                found.append((place.start, place.end))
        return found

    def omitted(self, chain: Chain) -> list[str]:
        """What the stream has where the quote has an ellipsis, or a bracket for words."""
        return [gap.text for gap in self._between(chain) if not gap.is_own]

    def notes(self, chain: Chain) -> list[str]:
        """What a person must look at: see docs/format.md, section 7."""
        found = [note for place in chain.places for note in place.notes]
        written = self._languages(chain)
        for before, text in self._left_out(chain):
            halved = completes(before, text, written)
            found += ["omits-negation"] * (halved or _negates(text, written))
            found += ["negation-unsure"] * unsure(text, written)
            found += ["omits-number"] * may_count(text, written)
            found += [note for note, shows in _OMITS.items() if shows(text)]
        for one in (one for fragment in self.reading.fragments for one in fragment.insertions):
            found += ["bracket-negates"] * _negates(one.content, written)
            found += ["negation-unsure"] * (not one.is_harmless and unsure(one.content, written))
            found += [note for note, shows in _PUTS_IN.items() if shows(one)]
        if self._is_fragmentary(len(self.slices(chain))):
            found.append("fragmentary")
        return list(dict.fromkeys(found))

    def _left_out(self, chain: Chain) -> list[tuple[str, str]]:
        """What stands before each omission, and what is left out there."""
        gaps = zip(self._between(chain), chain.places[:-1], strict=True)
        return [
            (self._stream[max(0, place.end - _BEFORE) : place.end] + " ", gap.text)
            for gap, place in gaps
            if not gap.is_own
        ]

    def _languages(self, chain: Chain) -> frozenset[str]:
        """The languages that the passage may be in, by itself or by what stands around it."""
        start, end = max(0, chain.start - AROUND), chain.end + AROUND
        return languages(self._stream[chain.start : chain.end], self._stream[start:end])

    def _is_fragmentary(self, parts: int) -> bool:
        """Whether so little stands between the ellipses that anything could be put together."""
        words = [count_words(fragment.text) for fragment in self.reading.fragments]
        return parts > 1 and (sum(words) < MIN_WORDS * parts or min(words) < 2)

    def _between(self, chain: Chain) -> list[_Gap]:
        return [
            _Gap(joint, self._stream[one.end : other.start].strip())
            for joint, (one, other) in zip(self.reading.joints, pairwise(chain.places), strict=True)
        ]

    def _windows(self, skeleton: Skeleton) -> list[tuple[int, int]]:
        """Slices of the stream where all fragments may stand together."""
        lengths = [2 * len(quote.typed) + _MARGIN for quote in self._quotes]
        longest = max(range(len(lengths)), key=lambda at: len(self._quotes[at].letters))
        before = sum(lengths[:longest]) + sum(self._gaps[:longest]) + _MARGIN
        after = sum(lengths[longest:]) + sum(self._gaps[longest:])
        anchors = skeleton.find(self._quotes[longest].letters)
        windows: list[tuple[int, int]] = []
        for start, _ in islice(anchors, MAX_ANCHORS):
            low, high = max(0, start - before), start + after
            if windows and low <= windows[-1][1]:
                windows[-1] = windows[-1][0], high
            else:
                windows.append((low, high))
        return windows

    def _within(self, skeleton: Skeleton, low: int, high: int) -> list[Chain]:
        """The chains in one window. Each fragment is linked to the last one before it."""
        chains = [Chain((place,)) for place in self._places(skeleton, 0, low, high)]
        for at, gap in enumerate(self._gaps, 1):
            if not chains:
                return []
            reach = chains[-1].end + gap + len(self._quotes[at].typed) * 2 + _MARGIN
            following = self._places(skeleton, at, chains[0].end, min(high, reach))
            chains = [
                Chain((*before.places, place))
                for place in following
                if (before := _last_before(chains, place.start)) and place.start <= before.end + gap
            ]
        firsts = {chain.start: chain for chain in reversed(chains)}
        return [firsts[start] for start in sorted(firsts)]

    def _places(self, skeleton: Skeleton, at: int, low: int, high: int) -> list[Place]:
        """Where fragment `at` stands with clean edges, as far as comparisons are left."""
        found: list[Place] = []
        quote = self._quotes[at]
        for start, end in skeleton.find(quote.letters, low, high):
            self._left -= 1
            if self._left < 0:
                return []
            if is_glued(self._stream, start) or is_glued(self._stream, end):
                continue
            place = quote.at(self._stream, start, end)
            if place and not place.cut and place.start >= low:
                found.append(place)
        return found


@dataclass(frozen=True, slots=True)
class _Gap:
    joint: Joint
    text: str
    """What the stream has there, without the white space around it."""

    @property
    def is_own(self) -> bool:
        """Whether the ellipsis is the stream's own, so that nothing is left out."""
        return not letters(self.text) and fold(self.text).text == fold(self.joint.typed).text


def _last_before(chains: list[Chain], start: int) -> Chain | None:
    """The last of the chains, which are in order, that ends at `start` or before."""
    at = bisect_right(chains, start, key=lambda chain: chain.end)
    return chains[at - 1] if at else None


def _is_sentence_start(stream: str, at: int) -> bool:
    return _BEGINS.search(stream[max(0, at - _BEFORE) : at]) is not None


def _is_sentence_end(stream: str, place: Place) -> bool:
    last = (core(stream[place.start : place.end]) or (0, 0))[1]
    return _ENDS.match(stream, place.start + last) is not None


def _negates(text: str, written: frozenset[str]) -> bool:
    """Whether words of `text` negate or refuse, in look-alike letters or spaced out, too."""
    spelled = _SPELLED.sub(lambda word: re.sub(r"[^\w]|_", "", word[0]), text)
    return any(negates(one, written) or refuses(one) for one in {spelled, *disguised(text)})


_OMITS: dict[str, Callable[[str], object]] = {
    "omits-redaction": _REDACTED.search,
    "source-ellipsis": _DOTS.search,
}
_PUTS_IN: dict[str, Callable[[Insertion], bool]] = {
    "bracket-number": lambda one: may_count(one.content),
    "bracket-in-word": lambda one: one.glued and not one.is_harmless,
    "inserted-words": lambda one: not one.is_harmless and not one.is_plain,
}
