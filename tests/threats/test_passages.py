"""Rows 33 and 36: words that do not stand there as they were typed, and words that do twice."""

import pytest

from adversary import Insider, verdict
from cases import CLAUSE

CHANGED = {
    "a word dropped": (CLAUSE.replace("forty ", ""), "forty"),
    "a word added": (CLAUSE.replace("forty", "forty hidden"), "hidden"),
    "words moved": ("The supplier shall fit along the northern quay forty microphones.", "forty"),
    "negated": (CLAUSE.replace("shall", "shall not"), "not"),
    "a number": (CLAUSE.replace("forty", "fourteen"), "fourteen"),
    "a name": (CLAUSE.replace("supplier", "contractor"), "contractor"),
    "half a word": ("The supplier shall fit forty micro", "micro"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_row_33_a_quote_that_was_changed_is_refused_with_the_word(case, what):
    typed, word = CHANGED[what]
    before = case.json("log")["size"]
    quote = ("add", "quote", "--artifact", case.ids["tender"], "--text", typed)
    result = case.run(*quote, code=1)
    assert "does not stand in the file as typed" in result.stderr
    assert word in "".join(result.stderr.split(">>")[1:])
    assert case.json("log")["size"] == before
    assert case.json(*quote, "--as-altered")["status"] == "altered"
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


@pytest.mark.parametrize("what", CHANGED)
def test_row_33_a_changed_quote_sealed_as_verbatim(case, what):
    insider = Insider(case)
    insider.record("evidence/tender-clause", case.body("clause") | {"text": CHANGED[what][0]})
    insider.sign()
    found = verdict(case, code=1)
    assert found[:2] == (["match"], set())
    assert "altered" in found.details


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("the place", {"start": 5, "end": 70}),
        ("its words", {"exact": CLAUSE.replace("forty", "fifty")}),
        (
            "both",
            {"exact": CLAUSE.replace("forty", "fifty"), "text": CLAUSE.replace("forty", "fifty")},
        ),
    ],
)
def test_row_33_a_slice_that_is_not_in_the_text(case, typed, changed):
    fields = case.body("clause")
    quoted, placed = fields["selector"]
    places = {name: changed[name] for name in ("start", "end") if name in changed}
    fields["selector"] = [
        quoted | {name: value for name, value in changed.items() if name == "exact"},
        placed | places,
    ]
    fields["text"] = changed.get("text", fields["text"])
    insider = Insider(case)
    insider.record("evidence/tender-clause", fields)
    insider.sign()
    assert verdict(case, code=1)[:2] == (["passage"], {"match"})


def test_row_33_a_verbatim_quote_sealed_as_altered_is_told_too(case):
    fields = case.body("clause")
    insider = Insider(case)
    fields["match"] = fields["match"] | {"status": "altered"}
    insider.record("evidence/tender-clause", fields)
    insider.sign()
    assert verdict(case, code=1)[:2] == (["match"], set())


def test_row_33_a_passage_of_a_stream_that_the_file_does_not_give(case):
    """The stream was made up and preserved with its digest; drawing the text anew tells."""
    forged = case.write("forged.txt", "Our system is deaf to conversation, and we knew it.")
    stream = case.id("add", "artifact", forged)
    fields = case.body("deaf") | {"text": "we knew it", "extracted": case.body(stream)["blake3"]}
    fields["selector"] = [
        {"type": "TextQuoteSelector", "exact": "we knew it", "prefix": "", "suffix": ""},
        {"type": "TextPositionSelector", "start": 40, "end": 50},
    ]
    insider = Insider(case)
    insider.record("evidence/quote", fields)
    insider.sign()
    assert verdict(case, code=1)[:2] == (["extraction"], set())


def test_row_36_a_short_quote_that_stands_there_twice(case):
    quote = ("add", "quote", "--artifact", case.ids["minutes"], "--text", "Nobody objected.")
    added = case.json(*quote)
    assert added["occurrences"] == 2
    assert "ambiguous" in added["notes"]
    assert case.body(added["id"])["match"]["notes"] == added["notes"]
    assert "It stands there 2 times" in case.run(*quote, "--note", "again").stdout


def test_row_36_its_place_may_be_told(case):
    quote = ("add", "quote", "--artifact", case.ids["minutes"], "--text", "Nobody objected.")
    minutes = case.preserved("minutes").read_text()
    places = minutes.index("Nobody"), minutes.rindex("Nobody")
    for place in places:
        added = case.json(*quote, "--at", place)
        assert added["fragments"] == [[place, place + len("Nobody objected.")]]
        assert "ambiguous" not in added["notes"]
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


def test_row_36_a_claim_shows_that_it_rests_on_an_ambiguous_quote(case):
    quote = ("add", "quote", "--artifact", case.ids["minutes"], "--text", "Nobody objected.")
    case.run("link", case.id(*quote), "board-knew", "--supports")
    assert "ambiguous" in case.run("resolve", "board-knew").stdout
