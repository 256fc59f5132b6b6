"""Document, passage and claim in one command; passages that are picked by their ends."""

import re

import pytest

LETTER = (
    "Dear Ada,\nwe knew of the doors.\nThe crew of the mill counted them twice.\n"
    "The crew of the port did not.\nYours, Bo\n"
)
LINK = "https://mill.example/letter#:~:text="


@pytest.fixture
def letter(case):
    """Somebody with a letter that isn't in the case yet, and a claim."""
    case.file("letter.txt", LETTER)
    case.run("claim", "mill-knew", "The mill knew")
    return case


@pytest.fixture
def page(letter):
    """The same, with the letter preserved as a page of the web."""
    letter.run("add", "artifact", "letter.txt", "--url", "https://mill.example/letter")
    return letter


def passage(person, *words):
    return person.json("show", person.json("quote", *words)["id"])["fields"]


def refused(person, *words, code=1):
    before = person.json("log")["size"]
    told = person.run("quote", *words, code=code).stderr
    assert "Traceback" not in told
    assert person.json("log")["size"] == before
    return told


def test_one_command_preserves_records_links_and_shows(letter):
    words = ("quote", "letter.txt", "we knew of the doors", "-s", "Bo", "-d", "2031")
    told = letter.out(*words, "--supports", "mill-knew", "-m", "He says so")
    assert "Preserved letter.txt" in told
    assert "Dear Ada, [[we knew of the doors]]. The crew" in told
    assert "It supports mill-knew" in told
    again = letter.json(*words, "--supports", "knew", "-m", "He says so")
    assert not again["new"]
    shown = letter.json("show", again["id"])["fields"]
    assert (shown["speaker"], shown["date"]) == ("Bo", "2031")
    (link,) = letter.json("list", "link")
    assert (link["id"], link["fields"]["note"]) == (again["links"][0], "He says so")
    letter.run("verify", code=3)


def test_a_claim_that_is_not_there_leaves_nothing_behind(letter):
    told = refused(letter, "letter.txt", "we knew", "--supports", "port-knew", code=2)
    assert "port-knew" in told
    assert not list(letter.home.glob("artifacts/*/*"))


def test_a_reason_needs_a_claim(letter):
    assert "--supports" in refused(letter, "letter.txt", "we knew", "-m", "So", code=2)


def test_what_speaks_both_ways_is_refused_with_all_else(letter):
    both = ("--supports", "mill-knew", "--qualifies", "mill-knew")
    assert "one way only" in refused(letter, "letter.txt", "we knew", *both, code=2)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Dear Ada … of the doors", "Dear Ada, we knew of the doors"),
        ("Dear Ada ... of the doors", "Dear Ada, we knew of the doors"),
        ("The crew of the mill … twice.", "The crew of the mill counted them twice."),
    ],
)
def test_first_and_last_words_pick_all_between_them(letter, typed, stands):
    found = passage(letter, "letter.txt", typed)
    assert found["text"] == stands
    assert found["match"]["status"] in ("verbatim", "normalised")
    assert len([one for one in found["selector"] if one["type"] == "TextPositionSelector"]) == 1


def test_an_ellipsis_in_brackets_leaves_out(letter):
    found = passage(letter, "letter.txt", "The crew of the mill […] twice")
    assert found["match"]["status"] == "elided"


def test_what_fits_twice_is_asked_back_and_chosen_by_its_place(letter):
    told = refused(letter, "letter.txt", "The crew … Bo")
    starts = [LETTER.index("The crew of the mill"), LETTER.index("The crew of the port")]
    assert ", ".join(map(str, starts)) in told
    found = passage(letter, "letter.txt", "The crew … Bo", "--at", starts[1])
    assert found["text"] == "The crew of the port did not. Yours, Bo"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("The crow … Bo", "The first words of the passage do not stand there: 'The crow'"),
        ("The crew … Di", "The last words of the passage do not stand there: 'Di'"),
        ("Yours … Dear Ada", "Between 'Yours' and 'Dear Ada' there is no passage"),
    ],
)
def test_ends_that_fit_nothing_are_told(letter, typed, says):
    assert says in refused(letter, "letter.txt", typed)


@pytest.mark.parametrize(
    ("directive", "stands"),
    [
        ("we%20knew", "we knew"),
        ("Dear,doors", "Dear Ada, we knew of the doors"),
        ("port-,did%20not", "did not"),
        ("The%20crew,-of%20the%20port", "The crew"),
        ("mill-,counted,twice,-The%20crew", "counted them twice"),
    ],
)
def test_a_link_to_words_of_a_page_gives_document_and_passage(page, directive, stands):
    assert passage(page, LINK + directive)["text"] == stands


@pytest.mark.parametrize(
    ("directive", "says", "code"),
    [
        ("The%20crew", "2 passages", 1),
        ("sea-,did%20not", "not between the words", 1),
        ("crew&text=mill", "names 2 passages", 2),
        (",", "names no passage", 2),
    ],
)
def test_a_link_that_names_no_one_passage_is_refused(page, directive, says, code):
    assert says in refused(page, LINK + directive, code=code)


def test_an_address_that_no_document_was_recorded_with_is_no_document(page):
    assert "address on the web" in refused(page, "https://sea.example", "we knew", code=2)


@pytest.mark.parametrize(
    ("there", "says"), [("", "no text in the clipboard"), (None, "wl-clipboard")]
)
def test_a_clipboard_without_words_is_told(letter, monkeypatch, there, says):
    import pyperclip

    def paste():
        if there is None:
            raise pyperclip.PyperclipException
        return there

    monkeypatch.setattr(pyperclip, "paste", paste)
    assert says in refused(letter, "letter.txt", "--from-clipboard", code=2)
    monkeypatch.setattr(pyperclip, "paste", lambda: "we knew\n")
    assert passage(letter, "letter.txt", "--from-clipboard")["text"].strip() == "we knew"


def test_every_kind_of_passage_is_linked_at_once(letter):
    words = ("add", "letter", "--artifact", "letter.txt", "--text", "we knew")
    letter.run("add", "artifact", "letter.txt")
    told = letter.out(*words, "--qualifies", "mill-knew")
    assert "It qualifies mill-knew" in told


def test_a_claim_gets_its_short_name_from_its_words(case):
    first = case.json("claim", "The mill’s crew knew of every single door that it had built")
    assert first["slug"] == "the-mills-crew-knew-of-every-single-door"
    assert not case.json("claim", "The mill’s crew knew of every single door that it had built")[
        "new"
    ]
    other = case.json("claim", "The mill’s crew knew of every single door of a port")
    assert other["slug"] == "the-mills-crew-knew-of-every-single-door-2"
    assert case.json("claim", "他们知道")["slug"] == "claim"
    assert case.json("claim", "Wir wußten é")["slug"] == "wir-wussten-e"
    assert (
        "What does the claim supplier-knew state"
        in case.run("claim", "supplier-knew", code=2).stderr
    )


def test_a_new_document_is_described_along_with_its_quote(letter):
    url = "https://mill.example/letter"
    words = ("letter.txt", "we knew", "--url", url, "--title", "A letter")
    assert passage(letter, *words)["text"] == "we knew"
    (document,) = letter.json("list", "artifact")
    assert (document["fields"]["url"], document["fields"]["title"]) == (url, "A letter")
    assert not letter.json("quote", *words)["new"]
    told = refused(letter, "letter.txt", "Dear Ada", "--title", "Another", code=2)
    assert "'A letter' as its title" in told
    assert "evidence amend" in told
    assert "evidence amend" in refused(letter, document["id"], "Dear Ada", "--title", "x", code=2)


def test_a_path_that_leads_nowhere_is_told_as_that(letter):
    """Whoever mistyped it need not look for a record, nor add what isn't there."""
    told = refused(letter, "letters/lettre.txt", "we knew", code=2)
    assert "no such file" in told
    assert "has to be added first" not in told
    assert "`evidence list`" in refused(letter, "lettre", "we knew", code=2)


AGAINST = ("quote", "letter.txt", "we knew of the doors", "--contradicts", "mill-knew")
ASKS = "The gate will ask for a note on this link, which is given by -m WHY."


def test_that_a_contradiction_has_no_note_is_told_with_what_mends_it(letter):
    told = letter.out(*AGAINST)
    assert told.count(ASKS) == 1
    first, then = (words.split()[1:] for words in re.findall("`(.*?)`", told))
    shut = " ".join(letter.out("publish", "--check-only", code=1).split())
    assert f"`evidence {' '.join(first)}`, then `evidence {' '.join(then)}`" in shut
    letter.run(*first, "--yes")
    assert ASKS not in letter.out(*then)
    assert letter.json(*AGAINST)["wants_note"] == []


def test_a_note_on_the_record_is_none_on_the_link(letter):
    quoted = letter.out(*AGAINST, "--note", "He was angry")
    assert ASKS in quoted
    first, then = (words.split()[1:] for words in re.findall("`(.*?)`", quoted))
    letter.run(*first, "--yes")
    assert ASKS not in letter.out(*then[:-2], "--why", "He took it back")


def test_it_is_told_of_a_link_too_and_of_one_that_is_there(letter):
    made = letter.id("quote", "letter.txt", "we knew of the doors")
    link = ("link", made, "mill-knew", "--contradicts")
    assert ASKS in letter.out(*link)
    assert ASKS in letter.out(*link)
    assert letter.json(*link)["wants_note"] == [letter.json(*link)["id"]]
    assert len(letter.out(*link, "--quiet").split()) == 1


def test_it_is_not_told_where_there_is_a_note_or_nobody_asks(letter):
    assert ASKS not in letter.out(*AGAINST, "-m", "Bo took it back")
    supports = ("quote", "letter.txt", "The crew of the mill", "--supports", "mill-knew")
    assert ASKS not in letter.out(*supports)
    letter.file("policy.toml", "contradictions_noted = false\n")
    against = ("quote", "letter.txt", "counted them twice", "--contradicts", "mill-knew")
    assert ASKS not in letter.out(*against)


def test_a_passage_that_says_less_than_one_that_stands_is_that_one(letter):
    first = ("quote", "letter.txt", "we knew of the doors", "-s", "Bo", "--role", "letter")
    whole = letter.json(*first, "--supports", "mill-knew")
    for less in (first[:3], first[:5]):
        again = letter.json(*less, "--supports", "mill-knew")
        assert (again["id"], again["new"]) == (whole["id"], False)
        assert again["links"] == whole["links"]
    assert len(letter.json("list", "quote")) == 1
    told = letter.out(*first[:3])
    assert (
        "It is recorded with: speaker “Bo”, role “letter”. To correct that: evidence amend" in told
    )


def test_another_speaker_of_a_passage_that_is_recorded_is_told_with_both_ways_to_mend_it(letter):
    old = letter.id("quote", "letter.txt", "we knew of the doors", "-s", "Bo")
    told = " ".join(letter.out("quote", "letter.txt", "we knew of the doors", "-s", "Cy").split())
    assert f"recorded as quote {old[:8]} already (speaker “Bo” there, “Cy” here)" in told
    assert f"evidence amend {old[:8]} --speaker Cy --reason …" in told
    assert "The same" not in letter.out("quote", "letter.txt", "The crew of the port did not.")
