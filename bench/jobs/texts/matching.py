"""Quotes looked for in a long stream."""

from __future__ import annotations

from random import Random
from typing import Any

from bench.jobs.clock import Stopwatch

_SYLLABLES = tuple(a + b for a in "bcdfghjklmnprstvwxyz" for b in "aeiou")


def stream(characters: int) -> str:
    """Invented sentences of words that are mostly rare, as those of a language are."""
    source, pieces, size = Random(7), list[str](), 0
    while size < characters:
        words = ["".join(source.choices(_SYLLABLES, k=source.randint(1, 4))) for _ in range(12)]
        pieces.append(" ".join(words).capitalize() + ". ")
        size += len(pieces[-1])
    return "".join(pieces)[:characters]


def quotes(text: str, count: int) -> list[str]:
    """Passages of `text`: three fifths as they stand, a fifth retyped, a fifth with a word more."""
    source, found = Random(11), list[str]()
    for number in range(count):
        start = text.index(" ", source.randrange(len(text) - 400)) + 1
        passage = text[start : text.index(" ", start + source.randint(60, 250))]
        if number % 5 == 3:
            passage = passage.replace(" ", "  ", 2)
        elif number % 5 == 4:
            first, _, rest = passage.partition(" ")
            passage = f"{first} not {rest}"
        found.append(passage)
    return found


def find_plainly(characters: int, count: int) -> dict[str, Any]:
    """`str.find`, which knows of no fold and no edge."""
    text = stream(characters)
    asked = quotes(text, count)
    watch = Stopwatch()
    for quote in asked:
        text.find(quote)
    return {"seconds": watch.seconds()}


def match_ours(characters: int, count: int) -> dict[str, Any]:
    """`match`, with the look at the stream that the first quote needs."""
    from evidence_chain.text import match

    text = stream(characters)
    asked = quotes(text, count)
    watch = Stopwatch()
    for quote in asked:
        match(quote, text)
    return {"seconds": watch.seconds()}


def score(characters: int, count: int) -> dict[str, Any]:
    """rapidfuzz, which finds the best score and accepts a dropped "not"; of a few of the quotes."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    text = stream(characters)
    few = quotes(text, count)[:2]
    watch = Stopwatch()
    for quote in few:
        partial_ratio_alignment(quote, text)
    return {"seconds": watch.seconds() / len(few) * count}
