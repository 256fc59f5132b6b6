"""Strings are found in a long text where `str.find` finds them."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_chain.text.compare import searching
from evidence_chain.text.compare.searching import Searched

LONG = "lorem ipsum " * 3_000
"""Enough for an automaton, and without the letters that are looked for."""
PIECE = st.text("abя漢😀", min_size=1, max_size=6)
TEXTS = st.lists(PIECE, max_size=12).map("".join)


def places(text, needle, low, high):
    """The definition: every place that `str.startswith` knows."""
    last = min(high, len(text)) - len(needle)
    return [at for at in range(low, last + 1) if text.startswith(needle, at)]


@pytest.fixture(params=[1 << 16, 1, 3], ids=["one chunk", "tiny chunks", "small chunks"])
def few_matches(request, monkeypatch):
    """Chunks whose ends fall within strings, and no text too short for an automaton."""
    monkeypatch.setattr(searching, "_MATCHES", request.param)
    monkeypatch.setattr(searching, "_SHORT", 0)
    monkeypatch.setattr(searching, "_BLOCK", 5)


@pytest.mark.usefixtures("few_matches")
@pytest.mark.parametrize("installed", [True, False])
def test_each_place_of_each_string_is_found(installed, monkeypatch):
    monkeypatch.setattr(searching, "_has_automata", lambda: installed)

    @given(TEXTS, st.sets(PIECE, min_size=1, max_size=5), st.integers(0, 9), st.integers(0, 60))
    @example("aaaaaaaa", {"a", "aa", "aaa"}, 1, 7)
    @example("ababab", {"abab", "bab", "b"}, 0, 6)
    def check(text, needles, low, high):
        whole = Searched(text)
        expected = {needle: places(text, needle, low, high) for needle in needles}
        assert {one: list(whole.find(one, low, high)) for one in needles} == expected
        firsts = {one: at[:2] for one, at in expected.items()}
        assert whole.find_all(needles, 2, low, high) == firsts
        assert {one for one in needles if one in whole} == {one for one in needles if one in text}

    check()


@pytest.mark.parametrize("script", ["", "я", "漢", "😀"], ids=["ASCII", "2", "3", "4 bytes"])
@pytest.mark.parametrize("size", [3, 90, 700])
def test_a_string_is_found_in_a_long_text(script, size):
    needle = script + "b" * size
    text = f"{script}{LONG}{needle}{LONG}{script}{needle}{needle}"
    whole = Searched(text)
    first = len(script + LONG)
    assert list(whole.find(needle)) == places(text, needle, 0, len(text))
    assert next(whole.find(needle)) == first
    assert needle not in Searched(text[: first + len(needle) - 1])
    assert len(whole) == len(text)


def test_a_long_text_is_searched_by_an_automaton():
    sys.modules.pop("ahocorasick_rs", None)
    assert "bbb" not in Searched(LONG)
    assert "ahocorasick_rs" in sys.modules


def test_nothing_is_found_nowhere():
    assert list(Searched(LONG).find("")) == []
    assert Searched("").find_all(["a"], 3) == {"a": []}
    assert "" in Searched("")
