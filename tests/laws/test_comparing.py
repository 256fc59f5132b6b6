"""What stands in a text is found in it, and nothing else is accepted."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence_chain.errors import ProofError
from evidence_chain.text import KINDS, Status, check_match, check_slices, make_selectors, match

WORD = st.text(st.sampled_from("abcXYZäßжשあ漢กñ123"), min_size=1, max_size=6)
GAP = st.sampled_from(
    [" ", "  ", "\n", "\r\n", ", ", ". ", " — ", "—", " “", "” ", "… ", " (", ") ", "; ", "\u00a0 "]
)
UNIQUE_WORDS = st.lists(
    st.text("abcdefghij", min_size=4, max_size=4), min_size=5, max_size=25, unique=True
)

STREAM = (
    "We told the city about every camera, and about the 41 doors. The city … never asked [us] "
    "again. “We told them,” he said. We did not tell the cam-\neras’ owner; WE KNEW.\n"
    "这些摄像机没有拍摄门口。我们知道。 We told the city again."
)
MARKS = [" … ", " [...] ", " [x] ", " [sic] ", "[y]", "…", " ", "  ", ". ", "[W]", " [not] ", "“"]
PIECES = st.lists(
    st.one_of(st.sampled_from(STREAM.split()), st.sampled_from(MARKS)), min_size=1, max_size=8
).map(" ".join)
REPORT = (
    "The company said in March that it does not sell 1,200 cameras to Noldus of Selmport. "
    "It was asked again in June, and it declined to comment on the tender of 2017, which the "
    "Ministry of Works had (in part) withdrawn. The prayer houses were re-opened in spring by "
    "three unrelated persons from the city. Nobody asked: did they know? They knew 10² of them.\n"
)


def _is_one_number(words, at):
    """Whether digits meet before a word, which may be one number then: `1 111`."""
    return 0 < at < len(words) and words[at - 1][-1].isdigit() and words[at][0].isdigit()


@st.composite
def slices(draw):
    """A random stream and a slice of it from one whole word to another."""
    words = draw(st.lists(WORD, min_size=1, max_size=30))
    gaps = draw(st.lists(GAP, min_size=len(words) + 1, max_size=len(words) + 1))
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    assume(not _is_one_number(words, first) and not _is_one_number(words, last + 1))
    stream, bounds = gaps[0], []
    for word, gap in zip(words, gaps[1:], strict=True):
        bounds.append((len(stream), len(stream) + len(word)))
        stream += word + gap
    return stream, bounds[first][0], bounds[last][1]


@st.composite
def edited(draw):
    """Slices of the stream in order, mostly, with marks between them."""
    bounds = draw(st.lists(st.integers(0, len(STREAM)), min_size=2, max_size=6))
    bounds = sorted(bounds) if draw(st.booleans()) else bounds
    joints = draw(st.lists(st.sampled_from(MARKS), min_size=len(bounds), max_size=len(bounds)))
    pieces = [STREAM[one:two] for one, two in zip(bounds[::2], bounds[1::2], strict=False)]
    return "".join(piece + joint for piece, joint in zip(pieces, joints, strict=False))


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


# Verdicts are given again from their selectors


@given(st.one_of(edited(), PIECES, st.text(max_size=20)))
def test_a_verdict_is_given_again_and_no_other(quote):
    found = match(quote, STREAM)
    selectors = make_selectors(STREAM, found.fragments)
    check_slices(selectors, STREAM)
    check_match(quote, STREAM, selectors, found.status, found.notes)
    for other in set(Status) - {found.status}:
        with pytest.raises(ProofError):
            check_match(quote, STREAM, selectors, other)


@given(edited())
def test_what_is_accepted_stands_there_in_order(quote):
    found = match(quote, STREAM)
    if not found.accepted:
        return
    ends = [0, *(end for _, end in found.fragments)]
    assert all(end <= start for end, (start, _) in zip(ends, found.fragments, strict=False))


# What is left out, put in or changed


WORDS = st.lists(
    st.text("abcdefghij", min_size=4, max_size=4), min_size=6, max_size=20, unique=True
)


@given(WORDS, st.data())
def test_two_random_fragments_are_elided(words, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, len(words) - 1), min_size=2, max_size=2)))
    first = data.draw(st.integers(0, cuts[0] - 1))
    last = data.draw(st.integers(cuts[1] + 1, len(words)))
    one, two = " ".join(words[first : cuts[0]]), " ".join(words[cuts[1] : last])
    stream = " ".join(words)
    found = match(f"{one} … {two}", stream)
    assert found.status == "elided"
    assert [stream[start:end] for start, end in found.fragments] == [one, two]
    assert found.omitted == [" ".join(words[cuts[0] : cuts[1]])]
    check_match(f"{one} … {two}", stream, make_selectors(stream, found.fragments), "elided")
    assert match(f"{two} … {one}", stream).status in ("altered", "missing")


@given(WORDS, st.data())
def test_an_elided_quote_with_a_word_changed_is_never_elided(words, data):
    at = data.draw(st.integers(1, len(words) - 2))
    changed = [*words[:at], "otherwise", *words[at + 1 :]]
    gap = data.draw(st.integers(1, len(words) - 1).filter(lambda one: one not in (at, at + 1)))
    quote = " ".join([*changed[:gap], "…", *changed[gap + 1 :]]) if gap != at else ""
    assert match(quote, " ".join(words)).status not in ("elided", "verbatim", "normalised")


@given(WORDS, st.data())
def test_a_bracket_between_words_is_an_insertion(words, data):
    at = data.draw(st.integers(1, len(words) - 1))
    stream = " ".join(words)
    found = match(" ".join([*words[:at], "[klmn]", *words[at:]]), stream)
    assert found.status == "bracketed"
    assert found.fragments == [(0, len(stream))]
    instead = " ".join([*words[:at], "[klmn]", *words[at + 1 :]])
    assert match(instead, stream).status == "altered"


@given(
    st.lists(st.sampled_from(REPORT.split()), min_size=1, max_size=25),
    st.sampled_from([" ", "  ", "\n", " … ", " [x] ", ", "]),
)
def test_every_difference_can_be_put_together_again(words, gap):
    quote = gap.join(words)
    found = match(quote, REPORT)
    assert set(found.kinds) <= set(KINDS)
    if found.difference:
        assert "".join(step.typed + step.typed_gap for step in found.difference) == quote.strip()
        assert any(step.kind for step in found.difference)
        for step in found.difference:
            assert (step.kind == "") == (step.op in ("same", "omitted"))
