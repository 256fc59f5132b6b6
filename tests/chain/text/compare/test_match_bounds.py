"""Hostile quotes and streams: the work stays bounded. It is counted, not timed."""

import pytest

from evidence_chain.text import match
from evidence_chain.text.compare import elision, matching
from evidence_chain.text.compare.differing import aligning, nearest
from evidence_chain.text.compare.letters import Skeleton
from evidence_chain.text.compare.quote import MAX_QUOTE, Quote


@pytest.fixture
def counted(monkeypatch):
    """How many characters were compared, how many places found, how many words aligned."""
    counts = {"compared": 0, "places": 0, "cells": 0}
    at, find, compared = Quote.at, Skeleton.find, aligning._compared

    def counting_at(self, stream, start, end):
        counts["compared"] += len(self.typed) + 200
        return at(self, stream, start, end)

    def counting_find(self, *args):
        for place in find(self, *args):
            counts["places"] += 1
            yield place

    def counting_compared(one, other, a, b):
        counts["cells"] += len(one) * len(other)
        return compared(one, other, a, b)

    monkeypatch.setattr(Quote, "at", counting_at)
    monkeypatch.setattr(Skeleton, "find", counting_find)
    monkeypatch.setattr(aligning, "_compared", counting_compared)
    return counts


REPEATED = "word " * 40_000
INPUTS = {
    "a long quote of one word": ("word " * 3000, REPEATED),
    "a long quote of one word, normalised": ("word  " * 3000, REPEATED),
    "a long quote of one word, altered": ("word " * 1500 + "other " + "word " * 1500, REPEATED),
    "words by turns": ("one two " * 1500 + "one", "two one one " * 20_000),
    "one word": ("word", REPEATED),
    "a part of every word": ("wor", REPEATED),
    "a thousand ellipses": ("word … " * 1000 + "word", REPEATED),
    "many ellipses": ("word … " * 60 + "word", REPEATED),
    "many ellipses, and no end": ("word … " * 60 + "end", REPEATED),
    "a thousand brackets": ("word [of it] " * 1000, REPEATED),
    "many brackets": ("word [of it] " * 60 + "word", REPEATED),
    "many brackets of its own": ("word [word] " * 60 + "word", REPEATED),
    "unclosed brackets": ("word [" * 3000, REPEATED),
    "dots": ("word " + "." * 20_000 + " word", REPEATED),
    "spaced dots": ("word " + ". " * 20_000 + " word", REPEATED),
    "white space": ("word" + " " * 20_000 + "word", REPEATED),
    "quotation marks": ("“" * 3000 + "word" + "”" * 3000, REPEATED),
    "a place of dots": ("ab", "a" + "." * 150_000 + "b"),
    "a place of line ends": ("ab", "a" + "\ufffe \n" * 100_000 + "b"),
    "brackets, never closed": ("[" * 90_000 + "a", "a b"),
    "white space beside brackets": ("a [x]" + " " * 90_000 + "b", "a b"),
    "no spaces": ("字" * 3000, "字" * 40_000),
    "no spaces, altered": ("字" * 1500 + "词" + "字" * 1500, "字" * 40_000),
}


@pytest.mark.parametrize("name", INPUTS)
def test_the_work_is_bounded(name, counted):
    quote, stream = INPUTS[name]
    match(quote, stream)
    assert counted["compared"] <= 4 * matching.MAX_COMPARED + len(stream)
    assert counted["places"] <= 2 * len(stream) + 10 * elision.MAX_COMPARISONS
    assert counted["cells"] <= 40 * aligning.MAX_CELLS


def test_more_places_than_are_compared():
    found = match("word", "word " * (matching.MAX_PLACES + 50))
    assert found.occurrences == matching.MAX_PLACES
    last = 5 * (matching.MAX_PLACES + 40)
    meant = match("word", "word " * (matching.MAX_PLACES + 50), near=(last, last + 4))
    assert meant.fragments == [(last, last + 4)]
    assert "ambiguous" not in meant.notes


def test_long_lists_are_split_at_words_that_stand_once():
    one = [f"w{at}" for at in range(2000)]
    other = [*one[:700], "x", *one[701:1500], *one[1510:]]
    blocks = aligning.align(one, other)
    assert blocks == [(0, 0, 700), (701, 701, 799), (1510, 1500, 490)]


def test_long_lists_without_such_words_are_compared_at_their_ends():
    one, other = ["a", "b"] * 600, [*["a", "b"] * 200, "c", *["a", "b"] * 400]
    assert aligning.align(one, other) == [(0, 0, 400), (400, 401, 800)]


def test_a_quote_longer_than_what_is_compared_still_has_an_answer():
    stream = " ".join(f"w{at}" for at in range(nearest.MAX_WORDS * 2))
    quote = stream.replace("w100 ", "changed ")
    found = match(quote, stream)
    assert found.status == "altered"
    assert "".join(step.typed + step.typed_gap for step in found.difference) == quote


def test_a_place_far_longer_than_the_quote_is_not_folded(monkeypatch):
    folded = []
    monkeypatch.setattr(
        "evidence_chain.text.compare.quote.fold", lambda text: folded.append(len(text))
    )
    assert match("ab", "a" + "." * 150_000 + "b").status == "missing"
    assert sum(folded) < 1000


def test_a_quote_longer_than_a_document_is_not_looked_for():
    assert match("a" + " " * MAX_QUOTE + "b", "a b").status == "invalid"
    assert match("a" + " " * (MAX_QUOTE - 2) + "b", "a b").status == "normalised"
