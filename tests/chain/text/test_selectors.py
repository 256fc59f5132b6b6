"""Selectors, and the two checks that a verifier makes of them."""

import json

import pytest

from evidence_chain.errors import FormatError, ProofError
from evidence_chain.text import check_match, check_slices, fragments, make_selectors, match, spans

STREAM = "The tender asks for cameras at 3 gates.\r\nZweite Zeile: „Größe“ 第二条\n"
FRAGMENTS = [(20, 38), (56, 61)]


@pytest.fixture
def selectors():
    return make_selectors(STREAM, FRAGMENTS, context=8)


def test_selectors_as_they_are_sealed(selectors):
    assert selectors == [
        {
            "type": "TextQuoteSelector",
            "exact": "cameras at 3 gates",
            "prefix": "sks for ",
            "suffix": ".\r\nZweit",
        },
        {"type": "TextPositionSelector", "start": 20, "end": 38},
        {
            "type": "TextQuoteSelector",
            "exact": "Größe",
            "prefix": " Zeile: „"[-8:],
            "suffix": "“ 第二条\n",
        },
        {"type": "TextPositionSelector", "start": 56, "end": 61},
    ]


def test_context_ends_with_the_stream():
    quoted, _ = make_selectors(STREAM, [(0, 3)])
    assert (quoted["prefix"], quoted["suffix"]) == ("", STREAM[3:35])


@pytest.mark.parametrize("member", ["prefix", "suffix"])
def test_a_context_is_short(member):
    at = {"prefix": 34, "suffix": 3}[member]
    quoted, positioned = make_selectors(STREAM, [(at, at + 3)])
    before, after = STREAM[at - 33 : at], STREAM[at + 3 : at + 36]
    check_slices([quoted, positioned], STREAM)
    quoted[member] = before if member == "prefix" else after
    with pytest.raises(FormatError, match="wrong value"):
        check_slices([quoted, positioned], STREAM)


def test_spans_are_read_back(selectors):
    assert spans(selectors) == [(start, end, STREAM[start:end]) for start, end in FRAGMENTS]
    assert spans([]) == []
    check_slices(selectors, STREAM)


def test_a_page_may_follow_a_group(selectors):
    page = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc8118"}
    paged = [*selectors[:2], page | {"value": "page=3"}, *selectors[2:]]
    assert spans(paged) == spans(selectors)
    assert [one.page for one in fragments(paged)] == ["3", None]
    assert [one.page for one in fragments(selectors)] == [None, None]
    for value in ("page=0", "page=-1", "page=3&x", "3", "page=３"):
        with pytest.raises(FormatError):
            spans([*selectors[:2], page | {"value": value}])


def test_a_time_may_follow_a_group(selectors):
    spoken = {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/"}
    for value in ("t=12.5,15", "t=0,0.001", "t=360015,360018.25"):
        timed = [*selectors[:2], spoken | {"value": value}, *selectors[2:]]
        assert [(one.page, one.time) for one in fragments(timed)] == [
            (None, value.removeprefix("t=")),
            (None, None),
        ]
    for value in ("t=15,12.5", "t=1,1", "t=1.50,2", "t=01,2", "t=1", "t=1,", "t=-1,2", "t=1,2&x"):
        with pytest.raises(FormatError):
            spans([*selectors[:2], spoken | {"value": value}])


def without(selector, key):
    del selector[key]


@pytest.mark.parametrize(
    "harm",
    [
        lambda s: s.reverse(),
        lambda s: s.pop(),
        lambda s: s.pop(0),
        lambda s: s.insert(0, None),
        lambda s: s.insert(0, []),
        lambda s: s[0].update(type="CssSelector"),
        lambda s: s[0].update(type=1),
        lambda s: s[0].update(exact=1),
        lambda s: s[0].update(exact="cameras"),
        lambda s: s[0].update(more=""),
        lambda s: without(s[0], "prefix"),
        lambda s: without(s[1], "end"),
        lambda s: s[1].update(start=-1, end=17),
        lambda s: s[1].update(start="20"),
        lambda s: s[1].update(start=20.0),
        lambda s: s[1].update(start=False, end=18),
        lambda s: s[1].update(start=38, end=20),
        lambda s: s[3].update(start=37, end=42),
        lambda s: s.extend(s[:2]),
    ],
)
def test_malformed_selectors_are_refused(selectors, harm):
    harm(selectors)
    with pytest.raises(FormatError):
        spans(selectors)


@pytest.mark.parametrize("selectors", [None, {}, "x", 3, [1], [None, None]])
def test_what_is_no_list_of_selectors_is_refused(selectors):
    with pytest.raises(FormatError):
        spans(selectors)


def test_a_slice_with_another_text_fails(selectors):
    selectors[0]["exact"] = "cameras at 4 gates"
    with pytest.raises(ProofError, match="cameras at 3 gates"):
        check_slices(selectors, STREAM)


@pytest.mark.parametrize("member", ["prefix", "suffix"])
@pytest.mark.parametrize("text", ["never said ", "x" * 32])
def test_a_context_that_does_not_stand_there_fails(selectors, member, text):
    selectors[0][member] = text
    with pytest.raises(ProofError, match=text[:10]):
        check_slices(selectors, STREAM)


def test_a_slice_beyond_the_stream_fails(selectors):
    with pytest.raises(ProofError):
        check_slices(selectors, STREAM[:30])


def test_moved_positions_fail(selectors):
    selectors[1].update(start=21, end=39)
    with pytest.raises(ProofError):
        check_slices(selectors, STREAM)


def test_format_vectors(shared):
    vectors = json.loads(shared("format-vectors.json").read_text())
    for record in vectors["records"]:
        if selector := record["fields"].get("selector"):
            assert make_selectors(STREAM, [(20, 38)])[0]["exact"] == spans(selector)[0][2]
            check_match(record["fields"]["text"], STREAM, selector, "verbatim")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("cameras at 3 gates", "verbatim"),
        ("cameras at\n3 gates", "normalised"),
        ('"cameras at 3 gates."', "normalised"),
        ("cameras at 4 gates", "altered"),
        ("amera", "altered"),
    ],
)
def test_the_recorded_status_is_given_again(text, status):
    found = match(text, STREAM)
    assert found.status == status
    selectors = make_selectors(STREAM, found.fragments)
    check_match(text, STREAM, selectors, status)
    for other in {"verbatim", "normalised", "altered", "missing", "elided"} - {status}:
        with pytest.raises(ProofError, match=status):
            check_match(text, STREAM, selectors, other)


def test_the_text_is_held_against_its_own_slices_alone(selectors):
    with pytest.raises(ProofError, match="altered"):
        check_match("cameras at 3 gates", STREAM, selectors[2:], "verbatim")
    with pytest.raises(ProofError, match="altered"):
        check_match("cameras at 3 gates", STREAM, selectors, "verbatim")


def test_edges_are_looked_at_in_the_stream():
    cut = make_selectors(STREAM, [(20, 26)])
    check_match("camera", STREAM, cut, "altered")
    with pytest.raises(ProofError, match="altered"):
        check_match("camera", STREAM, cut, "verbatim")


@pytest.mark.parametrize("bounds", [(8, 19), (9, 19), (8, 21), (7, 20)])
def test_the_slice_is_what_was_found_and_no_other(bounds):
    quoted = "He said “no cameras”. Then"
    found = match("“no cameras”", quoted).fragments
    check_match("“no cameras”", quoted, make_selectors(quoted, found), "verbatim")
    with pytest.raises(ProofError, match="altered"):
        check_match("“no cameras”", quoted, make_selectors(quoted, [bounds]), "verbatim")


def test_a_passage_recorded_as_missing_is_looked_for():
    check_match("never said so", STREAM, [], "missing")
    with pytest.raises(ProofError, match="verbatim"):
        check_match("cameras at 3 gates", STREAM, [], "missing")
    with pytest.raises(ProofError, match="missing"):
        check_match("never said so", STREAM, [], "verbatim")


def test_a_passage_without_words_stays_invalid():
    check_match("…", STREAM, [], "invalid")
    with pytest.raises(ProofError, match="invalid"):
        check_match("…", STREAM, [], "verbatim")


@pytest.mark.parametrize("text", [None, 3, ["cameras"], {}])
def test_a_text_that_is_none_is_refused(selectors, text):
    with pytest.raises(FormatError, match="no text"):
        check_match(text, STREAM, selectors, "verbatim")


def test_an_unknown_status_is_refused(selectors):
    with pytest.raises(FormatError, match="exact"):
        check_match("cameras", STREAM, selectors, "exact")
