"""A quote against the passage that stands there, word by word and by kind."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.text.compare.differing.aligning import align
from evidence_chain.text.compare.differing.kinds import is_name, kind_of
from evidence_chain.text.compare.differing.nearest import MAX_WORDS
from evidence_chain.text.compare.letters import letters, skeleton
from evidence_chain.text.language.edges import cut
from evidence_chain.text.language.folds import agree, fold
from evidence_chain.text.language.words import Token, count_words, tokens
from evidence_chain.text.verdict import Difference, Op

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_REACH = 64
"""Characters beyond an edge that are looked at for the rest of a word."""

_GERMAN = "\\b(?:und|der|das|den|dem|ist|nicht|wir|für|mit|von|im)\\b"
"""Words of a language in which a capital makes no name."""

SPLICED = 3
"""Words that stand elsewhere in the stream, from which on they are said to come from there."""


class _Region(NamedTuple):
    """Tokens of the quote and of the passage that correspond, the same or not."""

    is_same: bool
    a0: int
    a1: int
    b0: int
    b1: int


def difference(quote: str, stream: str, start: int, end: int) -> list[Difference]:
    """The quote against the slice `[start, end)` of the stream, and what its edges cut.

    At most `MAX_WORDS` words are compared; the rest of either is shown as one change.
    """
    start, end = _with_marks(quote.strip(), stream, start, end)
    edges = cut(stream, start), cut(stream, end)
    start, end = _widened(stream, start, end)
    pair = _Pair(quote.strip(), stream[start:end])
    named = _Naming(pair, stream)
    steps = [pair.step(region) for region in pair.regions()]
    steps = [step if step.op == "same" else step._replace(kind=named.kind(step)) for step in steps]
    steps = _spliced(steps, stream, letters(pair.found).lower())
    return _merged(_reordered(_at_edges(steps, edges)))


def is_reordered(steps: list[Difference]) -> bool:
    """Whether the quote has the words of the passage in another order."""
    changed = [step for step in steps if step.op not in ("same", "omitted")]
    typed, found = (
        Counter(token.key for text in texts for token in tokens(text) if token.is_word)
        for texts in ([step.typed for step in changed], [step.found for step in changed])
    )
    return bool(typed) and typed == found


class _Pair:
    """The quote and the passage in words."""

    def __init__(self, typed: str, found: str) -> None:
        self.typed, self.found = typed, found
        self.a = _bounded(tokens(typed, MAX_WORDS + 1), MAX_WORDS, len(typed))
        self.b = _bounded(tokens(found, 2 * MAX_WORDS + 1), 2 * MAX_WORDS, len(found))

    def regions(self) -> Iterator[_Region]:
        a = b = 0
        one, other = ([token.key for token in each] for each in (self.a, self.b))
        for block in [*align(one, other), None]:
            next_a, next_b = (block.a, block.b) if block else (len(one), len(other))
            yield from self._changed(a, next_a, b, next_b)
            if block:
                yield from self._same(block.a, block.b, block.size)
                a, b = block.a + block.size, block.b + block.size

    def step(self, region: _Region) -> Difference:
        """The region with the text of both sides, and what follows it there."""
        _, a0, a1, b0, b1 = region
        op: Op = "same" if region.is_same else "changed"
        if not region.is_same and (a0 == a1 or b0 == b1):
            op = "dropped" if a0 == a1 else "added"
        typed, typed_gap = _cut_out(self.typed, self.a, a0, a1)
        found, found_gap = _cut_out(self.found, self.b, b0, b1)
        if op == "changed" and _agrees(typed, found):
            op = "same"
        return Difference(op, typed, found, "", typed_gap, found_gap)

    def _changed(self, a0: int, a1: int, b0: int, b1: int) -> Iterator[_Region]:
        """One region, or one for each word where there are as many on both sides."""
        alike = a1 - a0 == b1 - b0 and all(
            one.is_word == other.is_word
            for one, other in zip(self.a[a0:a1], self.b[b0:b1], strict=True)
        )
        if alike:
            for at in range(a1 - a0):
                yield _Region(False, a0 + at, a0 + at + 1, b0 + at, b0 + at + 1)
        elif a0 < a1 or b0 < b1:
            yield _Region(False, a0, a1, b0, b1)

    def _same(self, a: int, b: int, size: int) -> Iterator[_Region]:
        """The same words, apart from those with more or less white space between them."""
        done = 0
        for at in range(1, size):
            if not self._is_spaced_alike(a + at, b + at):
                if done < at - 1:
                    yield _Region(True, a + done, a + at - 1, b + done, b + at - 1)
                yield _Region(False, a + at - 1, a + at + 1, b + at - 1, b + at + 1)
                done = at + 1
        if done < size:
            yield _Region(True, a + done, a + size, b + done, b + size)

    def _is_spaced_alike(self, a: int, b: int) -> bool:
        one = self.typed[self.a[a - 1].start : self.a[a].end]
        other = self.found[self.b[b - 1].start : self.b[b].end]
        return one == other or _agrees(one, other)


class _Naming:
    """Gives each step its kind."""

    def __init__(self, pair: _Pair, stream: str) -> None:
        self._stream = stream
        self._is_german = len(re.findall(_GERMAN, pair.found)) >= 1 + len(pair.b) // 20
        self._starts = _sentence_starts(pair.a) | _sentence_starts(pair.b)

    def kind(self, step: Difference) -> str:
        kind = kind_of(step.typed, step.found)
        if kind != "words":
            return kind
        sides = [side for side in (step.typed, step.found) if letters(side)]
        names = sides and not self._is_german and all(map(self._has_name, sides))
        return "name" if names else kind

    def _has_name(self, text: str) -> bool:
        words = [token.key for token in tokens(text, 20) if token.is_word]
        return any(is_name(word, self._stream, starts=word in self._starts) for word in words)


def _agrees(one: str, other: str) -> bool:
    """Whether two texts are equal after the folds."""
    one, other = fold(one).text, fold(other).text
    return agree(one, other) == len(other)


def _sentence_starts(words: list[Token]) -> set[str]:
    """The words with which the text and its sentences begin."""
    firsts = {one.key for one in words[:1]} | {
        following.key for one, following in pairwise(words) if one.key in ".!?\u2026"
    }
    marks = {following.key for one, following in pairwise(words[:2]) if not one.is_word}
    return firsts | marks


def _bounded(words: list[Token], most: int, end: int) -> list[Token]:
    """The first words; if there are more, one more that holds all the rest."""
    if len(words) <= most:
        return words
    return [*words[:most], Token("\ufdd0", words[most].start, end)]


def _cut_out(text: str, words: list[Token], first: int, last: int) -> tuple[str, str]:
    """The text of some words, and what is between them and the next."""
    following = words[last].start if last < len(words) else len(text)
    if first == last:
        return "", ""
    end = words[last - 1].end
    start = words[first].start if first else 0
    return text[start:end], text[end:following]


def _with_marks(quote: str, stream: str, start: int, end: int) -> tuple[int, int]:
    """The slice with the stream's punctuation beside it, where the quote has some, too."""
    passage = stream[start:end]
    if not quote[:1].isalnum() and passage[:1].isalnum():
        before = re.search("[^\\w\\s]{1,3}\\Z", stream[max(0, start - 3) : start])
        start -= len(before[0]) if before else 0
    if not quote[-1:].isalnum() and passage[-1:].isalnum():
        after = re.match("[^\\w\\s]{1,3}", stream[end : end + 3])
        end += len(after[0]) if after else 0
    return start, end


def _widened(stream: str, start: int, end: int) -> tuple[int, int]:
    """The slice with the whole of what its edges cut."""
    low, high = max(0, start - MAX_REACH), min(len(stream), end + MAX_REACH)
    while start > low and (cut(stream, start) or stream[start].isspace()):
        start -= 1
    while end < high and (cut(stream, end) or stream[end - 1].isspace()):
        end += 1
    return start, end


def _at_edges(steps: list[Difference], edges: tuple[str | None, str | None]) -> list[Difference]:
    """What an edge cuts is of that kind; marks around the quote alone don't count."""
    for at, edge in zip((0, -1), edges, strict=True):
        step = steps[at] if steps else None
        if not step or step.op == "same":
            continue
        if edge:
            steps[at] = step._replace(kind=edge)
        elif step.kind == "punctuation" and any(each.kind for each in steps if each is not step):
            steps[at] = _forgiven(step, last=at == -1)
    return steps


def _forgiven(step: Difference, *, last: bool) -> Difference:
    """Quotation marks around a quote, or a full stop after it, that the passage lacks there."""
    after = ".,\u3002\u060c\u06d4\u3001\uff0c" if last else ""
    marks = f"[\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u2026{after}]"
    pattern = f"(?:{marks}|\\[[\u2026.\\s]+\\])+"
    asks = last and re.search("[?!\uff1f\uff01\u061f]", step.found)
    return (
        step if asks or not re.fullmatch(pattern, step.typed) else step._replace(op="same", kind="")
    )


def _reordered(steps: list[Difference]) -> list[Difference]:
    """Words that only stand elsewhere are a matter of words, whatever they are."""
    moved = ("name", "words", "punctuation", "case")
    if not is_reordered(steps) or not all(step.kind in ("", *moved) for step in steps):
        return steps
    return [step._replace(kind="words") if step.kind in moved else step for step in steps]


def _spliced(steps: list[Difference], stream: str, here: str) -> list[Difference]:
    """Three words or more that stand in the stream, but not here, were put together with these."""
    text = skeleton(stream).lower
    return [
        step._replace(kind="spliced")
        if step.op != "same"
        and count_words(step.typed) >= SPLICED
        and letters(step.typed).lower() not in here
        and letters(step.typed).lower() in text
        else step
        for step in steps
    ]


def _merged(steps: list[Difference]) -> list[Difference]:
    """Neighbours of one kind in one step."""
    found: list[Difference] = []
    for step in steps:
        last = found[-1] if found else None
        if last and (last.op, last.kind) == (step.op, step.kind):
            found[-1] = last._replace(
                typed=last.typed + last.typed_gap + step.typed,
                found=last.found + last.found_gap + step.found,
                typed_gap=step.typed_gap,
                found_gap=step.found_gap,
            )
        else:
            found.append(step)
    return found
