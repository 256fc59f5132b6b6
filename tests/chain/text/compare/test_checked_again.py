"""Every verdict of `match` is given again from its selectors, and no other one is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.text import Status, check_match, check_slices, make_selectors, match

STREAM = (
    "We told the city about every camera, and about the 41 doors. The city … never asked [us] "
    "again. “We told them,” he said. We did not tell the cam-\neras’ owner; WE KNEW.\n"
    "这些摄像机没有拍摄门口。我们知道。 We told the city again."
)
MARKS = [" … ", " [...] ", " [x] ", " [sic] ", "[y]", "…", " ", "  ", ". ", "[W]", " [not] ", "“"]
PIECES = st.lists(
    st.one_of(st.sampled_from(STREAM.split()), st.sampled_from(MARKS)), min_size=1, max_size=8
).map(" ".join)


@st.composite
def edited(draw):
    """Slices of the stream in order, mostly, with marks between them."""
    bounds = draw(st.lists(st.integers(0, len(STREAM)), min_size=2, max_size=6))
    bounds = sorted(bounds) if draw(st.booleans()) else bounds
    joints = draw(st.lists(st.sampled_from(MARKS), min_size=len(bounds), max_size=len(bounds)))
    pieces = [STREAM[one:two] for one, two in zip(bounds[::2], bounds[1::2], strict=False)]
    return "".join(piece + joint for piece, joint in zip(pieces, joints, strict=False))


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


WORDS = st.lists(
    st.text("abcdefghij", min_size=4, max_size=4), min_size=6, max_size=40, unique=True
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


QUOTE = "We told the city … 41 doors"


@pytest.mark.parametrize(
    "fragments",
    [
        [(0, 16)],
        [(0, 60)],
        [(0, 16), (51, 57)],
        [(0, 11), (51, 59)],
        [(0, 16), (17, 22), (51, 59)],
    ],
)
def test_other_fragments_fail(fragments):
    assert match(QUOTE, STREAM).fragments == [(0, 16), (51, 59)]
    with pytest.raises(ProofError, match="altered"):
        check_match(QUOTE, STREAM, make_selectors(STREAM, fragments), "elided")


def test_fragments_too_far_apart_fail():
    stream = "We told the city so. " + "Word " * 400 + "They saw 41 doors."
    at = stream.index("41")
    selectors = make_selectors(stream, [(0, 16), (at, at + 8)])
    with pytest.raises(ProofError, match="altered"):
        check_match(QUOTE, stream, selectors, "elided")


def test_a_bracket_in_the_place_of_words_fails_from_the_selectors_too():
    stream = "Mr Maran said that the city knew it."
    quote = "[Quillmar] said that the city knew it"
    selectors = make_selectors(stream, [(9, 35)])
    with pytest.raises(ProofError, match="altered"):
        check_match(quote, stream, selectors, "bracketed")
    check_match("Mr Maran said [yesterday] that the city", stream,
                make_selectors(stream, [(0, 27)]), "bracketed")  # fmt: skip


def test_a_slice_wider_than_the_passage_fails():
    stream = "████ *** he did it??!!"
    with pytest.raises(ProofError, match="altered"):
        check_match("he did it", stream, make_selectors(stream, [(0, 22)]), "verbatim")


def test_an_altered_passage_is_near_what_is_selected():
    stream = "He said that the mayor took no bribes. He said it again."
    text = "The mayor took bribes"
    near = match(text, stream)
    check_match(text, stream, make_selectors(stream, near.fragments), "altered")
    with pytest.raises(ProofError, match="hardly a word"):
        check_match(text, stream, make_selectors(stream, [(0, 7)]), "altered")


@pytest.mark.parametrize(
    ("quote", "stream", "note"),
    [
        ("they do say that … hide all of it", "they do say that they never hide all of it",
         "omits-negation"),
        ("they hid it all", "they never hid it all", "negation-before"),
        ("they hid\u202e it all", "they hid it all", "bidi-control"),
        ("they [never] hid it all", "they hid it all", "bracket-negates"),
        ("they hid it.", "they hid it, it is said", "sentence-goes-on"),
    ],
)  # fmt: skip
def test_a_note_that_is_stripped_from_the_record_is_found_out(quote, stream, note):
    quote, stream = (quote[5:], stream) if note == "negation-before" else (quote, stream)
    found = match(quote, stream)
    assert note in found.notes
    selectors = make_selectors(stream, found.fragments)
    check_match(quote, stream, selectors, found.status, [*found.notes, "ocr"])
    left = [one for one in found.notes if one != note]
    with pytest.raises(ProofError, match=note):
        check_match(quote, stream, selectors, found.status, left)


def test_a_selector_tells_which_place_is_meant():
    stream = "they hid it. they hid it."
    found = match("they hid it", stream, near=(13, 24))
    assert not found.notes
    check_match("they hid it", stream, make_selectors(stream, found.fragments), "verbatim", [])


def test_notes_that_are_no_list_are_refused():
    with pytest.raises(FormatError, match="no list"):
        check_match("We knew", "We knew", make_selectors("We knew", [(0, 7)]), "verbatim", "short")
