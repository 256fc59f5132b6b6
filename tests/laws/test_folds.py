"""Folding twice is folding once, and every part of what was folded leads back to the text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.text.compare import letters as module
from evidence_chain.text.compare.letters import Skeleton, letters
from evidence_chain.text.language.folds import agree, fold

PIECES = st.sampled_from(
    [
        *"aZé7²% \n\t-.,'\"()",
        "e\u0301",
        "n\u0303",
        "\u00a0",
        "\u3000",
        "\u2009",
        "\u00ad",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u2013",
        "\u2014",
        "\u2212",
        "\u2011",
        "--",
        "-\n",
        "\ufffe",
        "\u2026",
        "\u201c",
        "\u2019",
        "\u00bb",
        "ﬁ",
        "ﬃ",
        "％",
        "Ａ",
        "，",
        "ｶﾞ",
        "⽤",
        "摄像",
        "。",
        "ﻻ",
        "\u212b",
        "\u1112\u1161\u11ab",
        "한",
        "\U0001f600",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(st.lists(PIECES, max_size=30).map("a".join))
def test_folding_twice_is_folding_once(text):
    """Where pieces stand apart: two dashes of two kinds are two hyphens, and those are one."""
    once = fold(text).text
    assert fold(once).text == once


@given(TEXTS)
def test_canonically_equivalent_texts_fold_alike(text):
    decomposed, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert fold(decomposed).text == fold(composed).text == fold(text).text


@given(TEXTS, st.data())
def test_neighbouring_slices_lead_back_to_neighbours(text, data):
    folded = fold(text)
    if len(folded.text) < 2:
        return
    middle = data.draw(st.integers(1, len(folded.text) - 1))
    start = data.draw(st.integers(0, middle - 1))
    end = data.draw(st.integers(middle + 1, len(folded.text)))
    one, other = folded.source(start, middle), folded.source(middle, end)
    assert folded.source(start, end) == (one[0], other[1])


@given(TEXTS)
def test_the_map_back_is_monotone_and_covers_the_text(text):
    folded = fold(text)
    spans = [folded.source(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@given(TEXTS)
def test_there_and_back_leads_to_the_same_piece(text):
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.source(index, index + 1)
        first = folded.index(start)
        assert first <= index
        assert folded.source(first, first + 1) == (start, end)


@given(TEXTS, st.data())
def test_a_folded_slice_maps_back_to_text_that_folds_to_it(text, data):
    folded = fold(text)
    at = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(at, len(folded.text)))
    if not folded.text[at:end].isalnum():
        return
    start, stop = folded.source(at, end)
    again = fold(text[start:stop]).text
    assert folded.text[at:end] in again or agree(folded.text[at:end], again) is not None


@given(TEXTS, TEXTS)
def test_texts_agree_with_themselves_and_each_with_the_other(text, other):
    one, other = fold(text).text, fold(other).text
    assert agree(one, one) == len(one)
    assert (agree(one, other) == len(other)) == (agree(other, one) == len(one))


@given(TEXTS)
def test_no_fold_changes_the_skeleton(text):
    assert letters(fold(text).text) == letters(text)


@given(
    st.text(st.sampled_from("abé ,ﬁ한e\u0301\u00ad"), max_size=60),
    st.text(st.sampled_from("abéfi"), min_size=1, max_size=3),
)
def test_all_places_are_found_across_blocks(stream, needle):
    original, module._BLOCK = module._BLOCK, 4
    try:
        found = list(Skeleton(stream).find(letters(needle)))
    finally:
        module._BLOCK = original
    assert found == list(Skeleton(stream).find(letters(needle)))
    for start, end in found:
        assert letters(needle) in letters(stream[start:end])
    whole, wanted = letters(stream), letters(needle)
    assert len(found) == sum(whole.startswith(wanted, at) for at in range(len(whole)))
