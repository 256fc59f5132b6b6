"""Which words of two texts are the same, in order; bounded for any two texts."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

MAX_CELLS = 40_000
"""Words of one text times words of the other, up to which each is compared with each."""


class Block(NamedTuple):
    """Words that are the same in one text, from `a`, and in the other, from `b`."""

    a: int
    b: int
    size: int


def align(one: list[str], other: list[str]) -> list[Block]:
    """The longest common parts of two lists of words, in order.

    Long lists are first split at the words that both have exactly once. Between these, where
    more than `MAX_CELLS` comparisons were needed, only what is the same at either end counts.
    """
    if len(one) * len(other) <= MAX_CELLS:
        return _merged(_compared(one, other, 0, 0))
    blocks: list[Block] = []
    a = b = 0
    for next_a, next_b in [*_landmarks(one, other), (len(one), len(other))]:
        blocks += _between(one[a:next_a], other[b:next_b], a, b)
        if next_a < len(one):
            blocks.append(Block(next_a, next_b, 1))
        a, b = next_a + 1, next_b + 1
    return _merged(blocks)


def _landmarks(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """The longest run, in order, of words that both lists have exactly once."""
    counts, others = Counter(one), Counter(other)
    places = {word: at for at, word in enumerate(other) if others[word] == 1}
    pairs = [
        (at, places[word]) for at, word in enumerate(one) if counts[word] == 1 and word in places
    ]
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        rank = bisect_left(tails, place)
        before.append(last[rank - 1] if rank else -1)
        tails[rank : rank + 1] = [place]
        last[rank : rank + 1] = [at]
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(one: list[str], other: list[str], a: int, b: int) -> list[Block]:
    if len(one) * len(other) <= MAX_CELLS:
        return _compared(one, other, a, b)
    most = min(len(one), len(other))
    head = next((at for at in range(most) if one[at] != other[at]), most)
    most -= head
    tail = next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
    ends = Block(a, b, head), Block(a + len(one) - tail, b + len(other) - tail, tail)
    return [block for block in ends if block.size]


def _compared(one: list[str], other: list[str], a: int, b: int) -> list[Block]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    found = (Block(a + i, b + j, size) for i, j, size in matcher.get_matching_blocks())
    return [block for block in found if block.size]


def _merged(blocks: list[Block]) -> list[Block]:
    """Blocks that follow one another in both texts are one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else Block(-1, -1, 0)
        if (last.a + last.size, last.b + last.size) == (block.a, block.b):
            found[-1] = last._replace(size=last.size + block.size)
        else:
            found.append(block)
    return found
