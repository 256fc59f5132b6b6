"""Properties of `match` over random streams."""

from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.text import check_match, make_selectors, match

WORD = st.text(st.sampled_from("abcXYZäßжשあ漢กñ123"), min_size=1, max_size=6)
GAP = st.sampled_from(
    [" ", "  ", "\n", "\r\n", ", ", ". ", " — ", "—", " “", "” ", "… ", " (", ") ", "; ", "\u00a0 "]
)
UNIQUE_WORDS = st.lists(
    st.text("abcdefghij", min_size=4, max_size=4), min_size=5, max_size=25, unique=True
)


@st.composite
def slices(draw):
    """A random stream and a slice of it from one whole word to another."""
    words = draw(st.lists(WORD, min_size=1, max_size=30))
    gaps = draw(st.lists(GAP, min_size=len(words) + 1, max_size=len(words) + 1))
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    stream, bounds = gaps[0], []
    for word, gap in zip(words, gaps[1:], strict=True):
        bounds.append((len(stream), len(stream) + len(word)))
        stream += word + gap
    return stream, bounds[first][0], bounds[last][1]


@given(slices())
def test_every_slice_between_words_is_verbatim(drawn):
    stream, start, end = drawn
    quote = stream[start:end]
    found = match(quote, stream)
    assert found.status == "verbatim"
    assert [stream[s:e] for s, e in found.fragments] == [quote]
    assert match(quote, stream, near=(start, end)).fragments == [(start, end)]
    check_match(quote, stream, make_selectors(stream, found.fragments), "verbatim")


@given(slices())
def test_a_slice_with_other_spaces_quotes_and_dashes_is_normalised(drawn):
    stream, start, end = drawn
    typed = stream[start:end].translate({0x201C: '"', 0x201D: '"', 0x2014: "–", 0x2026: "..."})
    found = match(" " + typed.replace("\n", " "), stream, near=(start, end))
    assert found.status == "normalised"
    assert found.fragments == [(start, end)]


@given(slices())
def test_a_slice_is_found_under_every_edge_only_if_it_cuts_nothing(drawn):
    stream, start, end = drawn
    if end - start < 2 or not stream[start : start + 2].isascii():
        return
    if stream[start : start + 2].isalnum():
        found = match(stream[start + 1 : end], stream, near=(start + 1, end))
        assert (start + 1, end) not in found.fragments or found.status == "altered"


@given(UNIQUE_WORDS, st.data())
def test_a_quote_with_a_word_dropped_is_never_accepted(words, data):
    at = data.draw(st.integers(1, len(words) - 2))
    found = match(" ".join(words[:at] + words[at + 1 :]), " ".join(words))
    assert not found.accepted
    assert found.status == "altered"
    assert "dropped" in {step.op for step in found.difference}


@given(UNIQUE_WORDS, st.data())
def test_a_quote_with_a_word_replaced_is_never_accepted(words, data):
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.text("klmno", min_size=2, max_size=5))
    found = match(" ".join([*words[:at], other, *words[at + 1 :]]), " ".join(words))
    assert not found.accepted
    assert found.status == "altered"
    assert other in " ".join(step.typed for step in found.difference if step.op != "same")


@given(st.text(max_size=40), st.text(max_size=200))
def test_whatever_is_accepted_has_the_same_letters(quote, stream):
    found = match(quote, stream + quote + stream)
    if found.accepted:
        start, end = found.fragments[0]
        passage = (stream + quote + stream)[start:end]
        assert [c for c in passage if c.isascii() and c.isalnum()] == [
            c for c in quote if c.isascii() and c.isalnum()
        ]
