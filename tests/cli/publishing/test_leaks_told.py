"""What a search for withheld values tells: what it passed over, parts of values, and places."""

import pytest

from editions import ALL_SHOWN, DAY

WHY = ("--reason", "To protect a source.")
LETTER = """From: "Wilhelmina Vandersloot" <w.vandersloot@quay.example>
To: Otto Brandvold <otto@tide.example>
Message-ID: <q7-44ab@quay.example>
Date: Thu, 1 May 2031 10:00:00 +0000
Subject: The quay

The board was told twice.
"""


def publish(case, *words, code=0):
    case.run("checkpoint")
    target = case.home / "out"
    return case.run("publish", target, "--made", DAY.format(1), *ALL_SHOWN, *words, code=code)


def quote(case, text, *words):
    return case.id("add", "quote", "--artifact", case.ids["minutes"], "--text", text, *words)


def said_of(case, id_):
    return f"evidence/quote {id_[:8]} (entry {case.json('show', id_)['index']})"


def flat(result):
    return " ".join(result.output.split())


def test_a_value_that_a_disclosed_field_has_too_is_told_by_name(invented):
    """It isn't searched for, as it would be found; whoever withholds it must know."""
    speaker = ("--speaker", "Wilhelmina Vandersloot")
    hidden = quote(invented, "The board took note of the tender.", *speaker)
    shown = quote(invented, "The auditor wrote on 2 May", *speaker)
    invented.run("withhold", hidden, "--field", "speaker", *WHY)
    names = [f"speaker of {said_of(invented, one)}" for one in (hidden, shown)]
    told = (
        "Not searched for, since a disclosed field has the same value: "
        f"{names[0]} – it stands in {names[1]}."
    )
    draft = invented.home / "draft.txt"
    draft.write_text("Nothing.")
    assert told in flat(invented.run("leaks", draft))
    (same,) = [
        one for one in invented.json("leaks", draft)["disclosed_elsewhere"] if one["decided"]
    ]
    assert same["where"].startswith("speaker of evidence/quote")
    assert told in flat(publish(invented))


@pytest.fixture
def letter(invented):
    """A case with an e-mail of which nothing is disclosed."""
    path = invented.home / "letter.eml"
    path.write_text(LETTER)
    artifact = invented.id("add", "artifact", path)
    said = ("--text", "The board was told twice.")
    invented.ids["letter"] = invented.id("add", "response-email", "--artifact", artifact, *said)
    invented.run("withhold", artifact, *WHY)
    return invented


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("Wilhelmina Vandersloot", "the name in sender of"),
        ("W.Vandersloot@quay.example", "the address in sender of"),
        ("Otto Brandvold", "the name in recipient of"),
        ("q7-44ab@quay.example", "the id in message_id of"),
    ],
)
def test_a_name_and_an_address_are_searched_for_apart(letter, part, what):
    draft = letter.home / "draft.txt"
    draft.write_text(f"It was {part}, they say.")
    (leak,) = letter.json("leaks", draft, code=1)["leaks"]
    assert leak["where"].startswith(what)
    draft.write_text("It was quay.example, they say.")
    assert letter.json("leaks", draft)["leaks"] == []
