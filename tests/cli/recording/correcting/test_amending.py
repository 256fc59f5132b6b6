"""Corrections of what describes a record, by a person at the command line."""

import pytest

WHY = ("--reason", "Misspelt in the article")


@pytest.fixture
def quote(tender):
    """A passage of the tender, with a speaker and a date."""
    said = ("--speaker", "Ann Rell", "--date", "2031-05", "--language", "en")
    words = ("--artifact", "tender.txt", "--text", "We buy cameras.", *said)
    tender.quote = tender.id("add", "quote", *words)
    return tender


def test_what_describes_a_record_is_corrected_and_the_old_value_stays_visible(quote):
    quote.run("amend", quote.quote, "--speaker", "Anne Rell", "--date", "2031-05-03", *WHY)
    shown = quote.json("show", quote.quote)
    assert shown["fields"]["speaker"] == "Anne Rell"
    assert shown["fields"]["date"] == "2031-05-03"
    one = shown["amended"]["speaker"]
    assert (one["was"], one["by"], one["reason"]) == ("Ann Rell", "tester", WHY[1])
    assert one["at"].endswith("Z")
    said = " ".join(quote.out("show", quote.quote).split())
    assert f"speaker Anne Rell amended: it was “Ann Rell”; tester, {one['at']}: {WHY[1]}" in said
    assert quote.json("verify", code=3)["counts"]["failed"] == 0


def test_a_claim_resolves_to_what_is_right_now(quote):
    quote.run("claim", "bought", "They bought cameras")
    quote.run("link", quote.quote, "bought", "--supports")
    quote.run("amend", quote.quote, "--speaker", "Anne Rell", *WHY)
    quote.run("amend", "tender.txt", "--title", "Tender 8", "--publisher", "Town", *WHY)
    quote.run("checkpoint")
    (link,) = quote.json("resolve", "bought")["chain"]
    record = link["record"]
    assert record["fields"]["speaker"] == "Anne Rell"
    assert record["amended"]["speaker"]["was"] == "Ann Rell"
    assert (record["document"]["title"], record["document"]["publisher"]) == ("Tender 8", "Town")
    assert record["document"]["amended"]["title"]["was"] == "Tender 7"
    assert record["document"]["amended"]["publisher"]["was"] is None
    said = " ".join(quote.out("resolve", "bought").split())
    assert "quote · Anne Rell" in said
    assert "speaker amended: it was “Ann Rell”; tester" in said
    assert "title amended: it was “Tender 7”; tester" in said
    assert quote.json("verify")["outcome"] == "holds"


def test_the_newest_that_was_not_retracted_counts(quote):
    def title():
        return quote.json("show", "tender.txt")["fields"]["title"]

    first = quote.id("amend", "tender.txt", "--title", "Tender 8", *WHY)
    second = quote.id("amend", "tender.txt", "--title", "Tender 9", *WHY)
    assert title() == "Tender 9"
    quote.run("retract", second, "--reason", "It was 8")
    assert title() == "Tender 8"
    quote.run("retract", first, "--reason", "It was 7")
    assert title() == "Tender 7"
    ended = [one["ended"] for one in quote.json("show", "tender.txt")["amendments"]]
    assert ended == [True, True]


def test_an_empty_value_takes_a_wrong_one_away(quote):
    quote.run("amend", quote.quote, "--speaker", "", *WHY)
    shown = quote.json("show", quote.quote)
    assert shown["fields"]["speaker"] is None
    assert shown["amended"]["speaker"]["was"] == "Ann Rell"
    assert "speaker" in quote.out("show", quote.quote)


def test_what_is_recorded_twice_is_recorded_once_whatever_was_amended(quote):
    quote.run("amend", quote.quote, "--speaker", "Anne Rell", *WHY)
    for name in ("Ann Rell", "Anne Rell"):
        said = ("--speaker", name, "--date", "2031-05", "--language", "en")
        words = ("--artifact", "tender.txt", "--text", "We buy cameras.", *said)
        assert quote.id("add", "quote", *words) == quote.quote


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sender", "x"], "A quote has no --sender; it has --speaker"),
        (["--title", "x"], "A quote has no --title"),
        (["--speaker", "Ann Rell"], "says so already"),
        (["--date", "30.04.2021"], "2021-04-30"),
        (["--language", "dutch"], "nl, en-GB or zh-Hans"),
        ([], "Say what it should be"),
    ],
)
def test_what_can_not_be_amended_is_refused(quote, words, said):
    before = quote.json("log")["size"]
    assert said in quote.run("amend", quote.quote, *words, *WHY, code=2).stderr
    assert quote.json("log")["size"] == before


@pytest.mark.parametrize("option", ["--text", "--blake3", "--statement", "--recorded-by"])
def test_what_is_hashed_or_quoted_has_no_option(quote, option):
    said = quote.run("amend", quote.quote, option, "x", *WHY, code=2).stderr
    assert ("so it is not amended" if option == "--text" else "No such option") in said


def test_what_is_read_off_the_document_is_not_amended(case):
    case.file("reply.eml", "From: a@x.example\nSubject: Yes\nDate: 1 May 2031\n\nWe know it.\n")
    case.run("add", "response-email", "reply.eml")
    (mail,) = case.json("list", "response-email")
    said = case.run("amend", mail["id"], "--sender", "b@x.example", *WHY, code=2).stderr
    assert "evidence replace" in said
    case.run("amend", mail["id"], "--speaker", "Ada", *WHY)


def test_a_claim_or_link_is_not_amended(quote):
    quote.run("claim", "bought", "They bought cameras")
    said = quote.run("amend", "bought", "--note", "x", *WHY, code=2).stderr
    assert "a claim is replaced" in said


def test_the_title_of_an_original_is_not_taken_away(case):
    original = case.id("add", "original", "--title", "Letter")
    said = case.run("amend", original, "--title", "", *WHY, code=2).stderr
    assert "needs its title" in said
    case.run("amend", original, "--title", "Letter of the auditor", *WHY)
    assert case.json("show", original)["fields"]["title"] == "Letter of the auditor"


def test_a_file_that_is_there_says_how_its_description_is_corrected(tender):
    (again,) = tender.json("add", "artifact", "tender.txt", "--title", "Tender 8")
    assert again["differs"] == {"title": "Tender 8"}
    said = tender.out("add", "artifact", "tender.txt", "--title", "Tender 8")
    assert f"evidence amend {again['id'][:8]} --title 'Tender 8' --reason" in said
    assert "amend" not in tender.out("add", "artifact", "tender.txt", "--title", "Tender 7")
    tender.run("amend", again["id"][:8], "--title", "Tender 8", *WHY)
    assert "amend" not in tender.out("add", "artifact", "tender.txt", "--title", "Tender 8")
