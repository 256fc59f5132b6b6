"""The passage nearest to a quote, to show the difference and never to accept it.

A window is found by the rarer words that quote and stream share, then compared word by word.
The work is bounded whatever the stream: see the constants.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from evidence_chain.text.characters import SPACELESS, UNSEEN
from evidence_chain.text.edges import cut
from evidence_chain.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from difflib import SequenceMatcher

MAX_ANCHORS = 32
"""Words of the quote that are looked for, the longest first."""
MAX_HITS = 1000
"""Places from which on a word is too common to lead anywhere."""
MAX_WINDOWS = 3
"""Windows that are compared word by word."""
MAX_REACH = 64
"""Characters beyond an edge that are looked at for the rest of a word."""
MAX_WORDS = 3000
"""Words of a quote that are compared; what follows is not shown."""

_LETTER = f"[^\\W_{SPACELESS}]"
_WORD = f"{_LETTER}(?:{_LETTER}|[\u0300-\u036f{UNSEEN}])*"
_TOKEN = (  # a pattern as text is compiled at its first use, which is rare
    f"[{SPACELESS}]|\\d+(?:[.,:]\\d+)*|{_WORD}(?:['\u2019\\-\u2010\u2011]{_WORD})*|[^\\w\\s]|_"
)
_RUN = f"[{SPACELESS}]{{2,}}|{_WORD}"
_SPACELESS = f"[{SPACELESS}]"

Op = Literal["same", "dropped", "added", "changed"]
_OPS: dict[str, Op] = {
    "equal": "same",
    "insert": "dropped",
    "delete": "added",
    "replace": "changed",
}


class Difference(NamedTuple):
    """One step from the passage as it stands to the quote as it was typed."""

    op: Op
    """`dropped`: the quote lacks it; `added`: only the quote has it."""
    typed: str
    found: str


class _Token(NamedTuple):
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.key[:1].isalnum()


class _Block(NamedTuple):
    """Words that are the same in the quote, from `a`, and in the window, from `b`."""

    a: int
    b: int
    size: int

    def of(self, typed: list[_Token]) -> list[_Token]:
        """The quote's words in this block."""
        return typed[self.a : self.a + self.size]

    def is_far(self, following: _Block, size: int) -> bool:
        """Whether more of the stream lies before `following` than `size` shared words bridge."""
        skipped = following.b - self.b - self.size
        return skipped > 4 * size + 2 + (following.a - self.a - self.size)


def count_words(text: str) -> int:
    """How many words `text` has; two letters of a script without word spaces count as one."""
    words = [token.key for token in _tokens(text) if token.is_word]
    letters = sum(re.match(_SPACELESS, word) is not None for word in words)
    return len(words) - letters + letters // 2


def nearest(quote: str, stream: str) -> tuple[int, int] | None:
    """The slice of `stream` that is most like `quote`, or `None` if nothing is near.

    Near is what shares, in order, three of five words with the quote, whatever their case, and
    is not much more than twice as long.
    """
    typed = _tokens(quote)[:MAX_WORDS]
    best = (0, (0, 0))
    for low, high in _windows(quote, stream):
        window = _tokens(stream[low:high])
        blocks = _without_strays(_blocks(typed, window))
        shared = sum(token.is_word for block in blocks for token in block.of(typed))
        if shared <= best[0]:
            continue
        start, end = _extent(typed, window, blocks)
        if end - start <= 2 * len(typed) + 4:
            best = shared, (low + window[start].start, low + window[end - 1].end)
    total = sum(token.is_word for token in typed)
    return best[1] if best[0] and best[0] * 5 >= total * 3 else None


def difference(quote: str, stream: str, start: int, end: int) -> list[Difference]:
    """The quote against the slice `[start, end)` of the stream, and what its edges cut."""
    passage = _widened(stream, start, end)
    typed, found = _tokens(quote)[:MAX_WORDS], _tokens(passage)[: 2 * MAX_WORDS]
    matcher = _matcher([token.key for token in typed], [token.key for token in found])
    return [
        Difference(_OPS[tag], _text(quote, typed[a0:a1]), _text(passage, found[b0:b1]))
        for tag, a0, a1, b0, b1 in matcher.get_opcodes()
    ]


def _tokens(text: str) -> list[_Token]:
    return [_Token(fold(found[0]).text, *found.span()) for found in re.finditer(_TOKEN, text)]


def _text(text: str, tokens: list[_Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _widened(stream: str, start: int, end: int) -> str:
    """The slice with the whole of what its edges cut."""
    low, high = max(0, start - MAX_REACH), min(len(stream), end + MAX_REACH)
    while start > low and (cut(stream, start) or stream[start].isspace()):
        start -= 1
    while end < high and (cut(stream, end) or stream[end - 1].isspace()):
        end += 1
    return stream[start:end]


def _matcher(typed: list[str], found: list[str]) -> SequenceMatcher[str]:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, typed, found, autojunk=len(typed) > MAX_WORDS // 6)


def _windows(quote: str, stream: str) -> list[tuple[int, int]]:
    """Slices of the stream where most of the quote's rarer words stand together."""
    starts = _estimated_starts(quote, stream)
    tolerance = len(quote) // 2 + 100
    slack = len(quote) // 4 + 50
    chosen: list[tuple[int, int]] = []
    for first, last in _densest(starts, tolerance):
        low, high = max(0, first - slack), last + len(quote) + slack
        if all(high <= taken[0] or low >= taken[1] for taken in chosen):
            chosen.append((low, high))
        if len(chosen) == MAX_WINDOWS:
            break
    return chosen


def _estimated_starts(quote: str, stream: str) -> list[tuple[int, str]]:
    """Where the quote would begin, by each place of each of its rarer words, in order."""
    lower = stream.lower()
    if len(lower) != len(stream):  # a letter such as İ grows
        lower = stream
    anchors = _anchors(quote)
    hits = {anchor: list(_hits(lower, anchor)) for anchor in anchors}
    rare = {anchor: places for anchor, places in hits.items() if 0 < len(places) < MAX_HITS}
    return sorted(
        (place - anchors[anchor], anchor)
        for anchor, places in (rare or hits).items()
        for place in places
    )


def _anchors(quote: str) -> dict[str, int]:
    """The longest words of the quote, and pairs of letters where words have no spaces."""
    found: dict[str, int] = {}
    for run in re.finditer(_RUN, quote):
        if re.match(_SPACELESS, run[0]):
            pairs = enumerate(map("".join, pairwise(run[0])), run.start())
            for at, pair in pairs:
                found.setdefault(pair, at)
        else:
            found.setdefault(run[0].lower(), run.start())
    longest = sorted(found, key=len, reverse=True)[:MAX_ANCHORS]
    return {anchor: found[anchor] for anchor in longest}


def _hits(lower: str, anchor: str) -> Iterator[int]:
    """The first places of a word, not within a longer one; their number is bounded."""
    at, whole, size = lower.find(anchor), not re.match(_SPACELESS, anchor), len(anchor)
    for _ in range(MAX_HITS):
        while whole and at >= 0 and _within(lower, at, at + size):
            at = lower.find(anchor, at + size)
        if at < 0:
            return
        yield at
        at = lower.find(anchor, at + size)


def _within(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum()


def _densest(starts: list[tuple[int, str]], tolerance: int) -> list[tuple[int, int]]:
    """Groups of estimated starts within `tolerance`, those with the most words first."""
    counts: dict[str, int] = {}
    groups, left = [], 0
    for place, anchor in starts:
        counts[anchor] = counts.get(anchor, 0) + 1
        while place - starts[left][0] > tolerance:
            gone = starts[left][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            left += 1
        groups.append((-len(counts), place - starts[left][0], starts[left][0]))
    return [(first, first + extent) for _, extent, first in sorted(groups)]


def _blocks(typed: list[_Token], window: list[_Token]) -> list[_Block]:
    matcher = _matcher([one.key.lower() for one in typed], [one.key.lower() for one in window])
    return [_Block(*block) for block in matcher.get_matching_blocks() if block.size]


def _without_strays(blocks: list[_Block]) -> list[_Block]:
    """Drop a few words at either end that stand far from the rest of what is the same."""
    while len(blocks) > 1 and blocks[0].is_far(blocks[1], blocks[0].size):
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-2].is_far(blocks[-1], blocks[-1].size):
        blocks = blocks[:-1]
    return blocks


def _extent(typed: list[_Token], window: list[_Token], blocks: list[_Block]) -> tuple[int, int]:
    """The window's tokens that the blocks span, with those that changed at either end."""
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    before = sum(token.is_word for token in typed[: blocks[0].a])
    after = sum(token.is_word for token in typed[blocks[-1].a + blocks[-1].size :])
    while before and start and window[start - 1].is_word:
        start, before = start - 1, before - 1
    while after and end < len(window) and window[end].is_word:
        end, after = end + 1, after - 1
    return start, end
