"""The passage nearest to a quote, to show the difference and never to accept it.

Windows of the stream are found by pieces of the quote that stand there letter by letter, then
compared word by word. The work is bounded whatever the stream: see the constants.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_chain.text.compare.differing.aligning import Block, align
from evidence_chain.text.compare.letters import letters, skeleton
from evidence_chain.text.language.words import Token, count_words, is_spaceless, tokens

if TYPE_CHECKING:
    from evidence_chain.text.compare.letters import Skeleton
    from evidence_chain.text.compare.searching import Searched

MAX_PIECES = 8
"""Pieces of the quote that are looked for at a time."""
PIECE = 16
"""Letters of a piece at most."""
MAX_HITS = 1000
"""Places from which on a piece is too common to lead anywhere."""
MAX_WINDOWS = 3
"""Windows that are compared word by word."""
MAX_WORDS = 3000
"""Words of a quote that are compared; what follows is not shown."""

_WITHIN_SENTENCES = frozenset(",;:()[]'\"-，、；：")


def nearest(
    quote: str, stream: str, low: int = 0, high: int | None = None
) -> tuple[int, int] | None:
    """The slice of `stream` that is most like `quote`, or `None` if nothing is near.

    Near is what shares, in order, three of five words with the quote, whatever their case, and
    is not much more than twice as long. Only between `low` and `high`, if they are given.
    """
    typed = tokens(quote, MAX_WORDS)
    wanted = letters(quote).lower()
    total = sum(token.is_word for token in typed)
    whole = skeleton(stream)
    bounds = whole.index(low), len(whole.text) if high is None else whole.index(high)
    best: tuple[int, tuple[int, int]] = (0, (0, 0))
    for cut_up in (_chunks, _anchors):
        windows = _windows(cut_up(wanted, typed), len(wanted), whole.lower, bounds)
        for start, end in windows:
            best = max(best, _compared(typed, stream, *whole.slice(start, end)), key=_first)
        if best[0] and best[0] * 5 >= total * 3:
            return best[1]
    return None


def parts(quote: str, whole: Skeleton, most: int = 4) -> list[tuple[int, int]]:
    """Where a quote must be cut so that each part stands in the stream by itself.

    Returns up to `most` slices of the quote, each of three words at least and as long as can
    be, whatever their case; or nothing if it can't be cut so.
    """
    typed = tokens(quote, MAX_WORDS)
    found, at = list[tuple[int, int]](), 0
    while at < len(typed) and len(found) < most:
        end = _longest(quote, typed, at, whole.lower)
        part = quote[typed[at].start : typed[end - 1].end] if end > at else ""
        if count_words(part) < 3:
            return []
        found.append((typed[at].start, typed[end - 1].end))
        at = end
    return found if at == len(typed) else []


def _longest(quote: str, typed: list[Token], at: int, text: Searched) -> int:
    """The token after the longest part from `at` on whose letters stand in `text` in a row."""
    low, high = at, len(typed)
    while low < high:
        middle = (low + high + 1) // 2
        if letters(quote[typed[at].start : typed[middle - 1].end]).lower() in text:
            low = middle
        else:
            high = middle - 1
    return low


def _first(best: tuple[int, tuple[int, int]]) -> int:
    return best[0]


def _compared(typed: list[Token], stream: str, low: int, high: int) -> tuple[int, tuple[int, int]]:
    """How many words a window shares with the quote, and the slice that they span."""
    window = tokens(stream[low:high])
    one, other = ([token.key.lower() for token in each] for each in (typed, window))
    blocks = _without_strays(_of_words(align(one, other), typed))
    common = (token for block in blocks for token in typed[block.a : block.a + block.size])
    shared = sum(token.is_word for token in common)
    if not shared:
        return 0, (0, 0)
    start, end = _extent(typed, window, blocks)
    if end - start > 2 * len(typed) + 4:
        return 0, (0, 0)
    return shared, (low + window[start].start, low + window[end - 1].end)


def _chunks(wanted: str, _: list[Token]) -> dict[str, int]:
    """Pieces of equal length all over the quote's letters, and where they stand."""
    size = 4 if is_spaceless(wanted[len(wanted) // 2 :]) else 8
    size = max(size, min(PIECE, len(wanted) // 6))
    last = len(wanted) - size
    if last < 0:
        return {}
    number = min(MAX_PIECES, last // size + 2)
    starts = (last * at // max(1, number - 1) for at in range(number))
    return {wanted[at : at + size]: at for at in starts}


def _anchors(_: str, typed: list[Token]) -> dict[str, int]:
    """The longest words of the quote, and pairs of letters where words have no spaces."""
    found: dict[str, int] = {}
    at = 0
    for token, following in zip(typed, [*typed[1:], None], strict=True):
        word = letters(token.key).lower()
        piece = word
        if is_spaceless(word) and following and is_spaceless(following.key):
            piece += letters(following.key).lower()
        if piece:
            found.setdefault(piece, at)
        at += len(word)
    longest = sorted(found, key=len, reverse=True)[:MAX_PIECES]
    return {anchor: found[anchor] for anchor in longest}


def _windows(
    pieces: dict[str, int], size: int, text: Searched, bounds: tuple[int, int]
) -> list[tuple[int, int]]:
    """Slices of `text` where most of the pieces stand together, in the right order."""
    hits = text.find_all(pieces, MAX_HITS, *bounds)
    rare = {piece: places for piece, places in hits.items() if 0 < len(places) < MAX_HITS}
    starts = sorted(
        (place - pieces[piece], piece)
        for piece, places in (rare or hits).items()
        for place in places
    )
    tolerance, slack = size // 2 + 60, size // 4 + 40
    chosen: list[tuple[int, int]] = []
    for first, last in _densest(starts, tolerance):
        low, high = max(bounds[0], first - slack), min(bounds[1], last + size + slack)
        if low < high and all(high <= taken[0] or low >= taken[1] for taken in chosen):
            chosen.append((low, high))
        if len(chosen) == MAX_WINDOWS:
            break
    return chosen


def _densest(starts: list[tuple[int, str]], tolerance: int) -> list[tuple[int, int]]:
    """Groups of estimated starts within `tolerance`, those with the most pieces first."""
    counts: dict[str, int] = {}
    groups, left = [], 0
    for place, piece in starts:
        counts[piece] = counts.get(piece, 0) + 1
        while place - starts[left][0] > tolerance:
            gone = starts[left][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            left += 1
        groups.append((-len(counts), place - starts[left][0], starts[left][0]))
    return [(first, first + extent) for _, extent, first in sorted(groups)]


def _of_words(blocks: list[Block], typed: list[Token]) -> list[Block]:
    """The blocks without punctuation at either end of them all."""
    words = [
        at
        for at, block in enumerate(blocks)
        if any(token.is_word for token in typed[block.a : block.a + block.size])
    ]
    if not words:
        return []
    blocks = blocks[words[0] : words[-1] + 1]
    while not typed[blocks[0].a].is_word:
        blocks[0] = Block(blocks[0].a + 1, blocks[0].b + 1, blocks[0].size - 1)
    while not typed[blocks[-1].a + blocks[-1].size - 1].is_word:
        blocks[-1] = blocks[-1]._replace(size=blocks[-1].size - 1)
    return blocks


def _without_strays(blocks: list[Block]) -> list[Block]:
    """Drop a few words at either end that stand far from the rest of what is the same."""
    while len(blocks) > 1 and _is_far(blocks[0], blocks[1], blocks[0].size):
        blocks = blocks[1:]
    while len(blocks) > 1 and _is_far(blocks[-2], blocks[-1], blocks[-1].size):
        blocks = blocks[:-1]
    return blocks


def _is_far(block: Block, following: Block, size: int) -> bool:
    """Whether more of the stream lies between two blocks than `size` shared words bridge."""
    skipped = following.b - block.b - block.size
    return skipped > 4 * size + 2 + (following.a - block.a - block.size)


def _extent(typed: list[Token], window: list[Token], blocks: list[Block]) -> tuple[int, int]:
    """The window's tokens that the blocks span, with those that changed at either end."""
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    before = sum(token.is_word for token in typed[: blocks[0].a])
    after = sum(token.is_word for token in typed[blocks[-1].a + blocks[-1].size :])
    while before and start and window[start - 1].is_word:
        start, before = start - 1, before - 1
    while after and end < len(window) and window[end].is_word:
        end, after = end + 1, after - 1
    return _with_moved(typed, window, start, end)


def _with_moved(typed: list[Token], window: list[Token], start: int, end: int) -> tuple[int, int]:
    """The extent with the words beside it that the quote has elsewhere."""
    left = Counter(token.key for token in typed if token.is_word)
    left -= Counter(token.key for token in window[start:end])
    at = _word_beside(window, start, -1)
    while at >= 0 and left[window[at].key] > 0:
        left[window[at].key] -= 1
        start, at = at, _word_beside(window, at, -1)
    at = _word_beside(window, end - 1, 1)
    while at >= 0 and left[window[at].key] > 0:
        left[window[at].key] -= 1
        end, at = at + 1, _word_beside(window, at, 1)
    return start, end


def _word_beside(window: list[Token], at: int, step: int) -> int:
    """The next word before or after a token, over one comma or the like; -1 for none."""
    at += step
    if 0 <= at < len(window) and window[at].key in _WITHIN_SENTENCES:
        at += step
    return at if 0 <= at < len(window) and window[at].is_word else -1
