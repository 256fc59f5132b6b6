"""Rows 33 to 36: words that do not stand there as typed, and words that do more than once."""

import pytest

from adversary import Insider, verdict
from cases import CLAUSE
from evidence_chain.text import make_selectors, match

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


@pytest.mark.parametrize(("notes", "failed"), [([], ["match"]), (["omits-number"], [])])
def test_row_33_a_note_that_asks_for_a_person_taken_out_of_the_record(case, notes, failed):
    fields = case.body("clause")
    stream = case.preserved("tender").read_text()
    typed = CLAUSE.replace("forty", "…")
    found = match(typed, stream)
    assert "omits-number" in found.notes
    insider = Insider(case)
    fields["match"] = fields["match"] | {"status": "elided", "notes": notes}
    fields |= {"text": typed, "selector": make_selectors(stream, found.fragments)}
    insider.record("evidence/tender-clause", fields)
    insider.sign()
    assert verdict(case, code=1 if failed else 0).failed == failed


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


def quoted(case, words, *more, artifact="minutes", code=0):
    """The answer to adding a quote of a file."""
    add = ("add", "quote", "--artifact", case.ids[artifact], "--text", words, *more)
    return case.json(*add, code=code)


def test_row_34_a_quote_that_was_spliced_from_two_places(case):
    spliced = "We were told twice, in writing"
    assert "does not stand" in quoted(case, spliced, code=1)["error"]
    assert quoted(case, spliced, "--as-altered")["status"] == "altered"


@pytest.mark.parametrize(
    "typed", ["We were … told about the recordings", "We were [...] told about"]
)
def test_row_34_an_ellipsis_in_the_place_of_a_negation(case, typed):
    made = quoted(case, typed)
    assert (made["status"], made["accepted"]) == ("elided", False)
    assert "omits-negation" in made["notes"]
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


@pytest.mark.parametrize(
    ("passage", "typed"),
    [
        ("Ředitel napsal, že přístroje nekoupil a že je nemá.", "Ředitel napsal, že … je nemá."),
        ("Mkurugenzi aliandika kwamba hakununua vyombo hivyo.", "Mkurugenzi aliandika … hivyo."),
    ],
)
def test_row_34_an_ellipsis_where_negations_can_not_be_looked_for(case, passage, typed):
    case.ids["foreign"] = case.id("add", "artifact", case.write("foreign.txt", passage))
    made = quoted(case, typed, artifact="foreign")
    assert (made["status"], made["accepted"]) == ("elided", False)
    assert "negation-unsure" in made["notes"]
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


def test_row_34_an_ellipsis_between_places_far_apart_or_out_of_order(case):
    quoted(case, "told twice, in writing … We were never told", code=1)
    filler = "\n".join(f"Item {n} was taken note of without debate." for n in range(100))
    file = case.write("long.txt", f"The board met in May.\n{filler}\nNobody objected to it.")
    case.ids["long"] = case.id("add", "artifact", file)
    quoted(case, "The board met in May … Nobody objected to it", artifact="long", code=1)


def test_row_34_a_bracket_that_negates(case):
    made = quoted(case, "the board had [not] been told twice, in writing")
    assert (made["status"], made["accepted"]) == ("bracketed", False)
    assert "bracket-negates" in made["notes"]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("We were … told about the recordings", "verbatim"),
        ("We were told about the recordings", "elided"),
        ("We were [always] told about the recordings", "elided"),
    ],
)
def test_row_34_an_elision_sealed_as_something_else(case, typed, status):
    """The places of the fragments are true, and the record says another thing of them."""
    fields = case.body(quoted(case, "We were … told about the recordings")["id"])
    fields["match"] |= {"status": status, "notes": []}
    insider = Insider(case)
    insider.record("evidence/quote", fields | {"text": typed})
    insider.sign()
    assert verdict(case, code=1)[:2] == (["match"], set())


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("We were never t\u043eld about the recordings", "altered"),
        ("Nobody \u043ebjected", "altered"),
        ("We were never told a\u200bbout the recordings", "normalised"),
        ("We were never \u202etold\u202c about the recordings", "normalised"),
    ],
)
def test_row_35_letters_that_only_look_the_same_and_ones_that_are_not_seen(case, typed, status):
    if status == "altered":
        assert "does not stand" in quoted(case, typed, code=1)["error"]
    made = quoted(case, typed, *(["--as-altered"] if status == "altered" else []))
    assert (made["status"], made["accepted"]) == (status, False)
    assert case.body(made["id"])["text"] == typed
    shown = case.run("show", made["id"]).stdout
    assert "\u202e" not in shown
    case.run("checkpoint")
    assert verdict(case, code=0).failed == []


def test_row_35_unseen_and_strange_letters_in_the_file_itself(case):
    file = case.write(
        "strange.txt", "Vardo t\u043eld the board of it. Nobody ob\u200bjected to it."
    )
    case.ids["strange"] = case.id("add", "artifact", file)
    quoted(case, "Vardo told the board of it", artifact="strange", code=1)
    made = quoted(case, "Nobody objected to it", artifact="strange")
    assert (made["status"], made["accepted"]) == ("normalised", False)
    assert "zero-width" in made["notes"]


def test_row_35_accents_that_are_composed_otherwise(case):
    file = case.write("cafe.txt", "They met in the caf\u00e9 of \u00c5ldmere.")
    case.ids["cafe"] = case.id("add", "artifact", file)
    made = quoted(case, "met in the cafe\u0301 of A\u030aldmere", artifact="cafe")
    assert (made["status"], made["accepted"]) == ("normalised", True)
    assert quoted(case, "met in the caf\u00e9", artifact="cafe")["status"] == "verbatim"
    quoted(case, "met in the cafe", artifact="cafe", code=1)


def test_row_35_a_normalised_quote_sealed_as_verbatim(case):
    fields = case.body(quoted(case, "We were never told a\u200bbout the recordings")["id"])
    fields["match"] |= {"status": "verbatim", "notes": []}
    insider = Insider(case)
    insider.record("evidence/quote", fields)
    insider.sign()
    assert verdict(case, code=1)[:2] == (["match"], set())


def test_row_36_what_says_the_place_is_checked_too(case):
    """A record that claims the other place of the two, by its position alone."""
    text = case.preserved("minutes").read_text()
    made = quoted(case, "Nobody objected.", "--at", text.index("Nobody"))
    fields, other = case.body(made["id"]), text.rindex("Nobody")
    fields["selector"][1] |= {"start": other, "end": other + len("Nobody objected.")}
    insider = Insider(case)
    insider.record("evidence/quote", fields)
    insider.sign()
    assert verdict(case, code=1)[:2] == (["passage"], {"match"})
