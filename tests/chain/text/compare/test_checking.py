"""Every verdict of `match` is given again from its selectors, and no other one is."""

import pytest

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.text import check_match, make_selectors, match

STREAM = (
    "We told the city about every camera, and about the 41 doors. The city … never asked [us] "
    "again. “We told them,” he said. We did not tell the cam-\neras’ owner; WE KNEW.\n"
    "这些摄像机没有拍摄门口。我们知道。 We told the city again."
)
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
