"""The name and the address in an erased e-mail's headers are searched for apart."""

import pytest

from pdfs import line, one_page

WHY = ("--reason", "The source asked for it.", "--yes")
LETTER = """From: "Wilhelmina Vandersloot" <w.vandersloot@quay.example>
To: Otto Brandvold <otto@tide.example>
Date: Thu, 1 May 2031 10:00:00 +0000
Subject: The quay

The board was told twice.
"""


@pytest.fixture
def letter(invented):
    """A case with an e-mail, and a note that names its sender and recipient."""
    path = invented.home / "letter.eml"
    path.write_text(LETTER)
    artifact = invented.id("add", "artifact", path)
    said = ("--text", "The board was told twice.")
    invented.id("add", "response-email", "--artifact", artifact, *said)
    note = ("--text", "The auditor wrote", "--speaker", "W.VANDERSLOOT@quay.example")
    invented.ids["note"] = invented.id(
        *("add", "quote", "--artifact", invented.ids["minutes"], *note),
        *("--note", "Otto Brandvold knows Wilhelmina Vandersloot."),
    )
    invented.ids["letter"] = artifact
    return invented


def test_every_field_in_which_a_part_stands_is_told(letter):
    told = letter.run("erase", letter.ids["letter"], "--with-passages", *WHY)
    said = " ".join(told.stdout.split())
    of = f"of evidence/quote {letter.ids['note'][:8]}"
    for name, standing in (("sender", "speaker"), ("sender", "note"), ("recipient", "note")):
        assert f"A value of {name} still stands in {standing} {of}" in said


@pytest.mark.parametrize("part", ["Wilhelmina  Vandersloot", "w.vandersloot@quay.example"])
def test_a_reason_with_a_part_is_refused(letter, part):
    words = ("--with-passages", "--reason", f"{part} asked for it.", "--yes")
    refused = letter.run("erase", letter.ids["letter"], *words, code=2)
    assert "The reason repeats words of what is to be erased" in " ".join(refused.output.split())


def test_a_page_that_two_passages_are_on_is_no_trace(invented):
    ids = []
    for name in ("One of the doors is shut", "Nobody counted the boats"):
        path = invented.home / f"{name[:3]}.pdf"
        path.write_bytes(one_page(line(name.encode())))
        file = invented.id("add", "artifact", path)
        clause = ("add", "tender-clause", "--artifact", file, "--clause", "3.2.1.4")
        ids += [file, invented.id(*clause, "--page", 1, "--text", name)]
    told = invented.run("erase", ids[0], "--with-passages", *WHY).stdout
    assert ids[3][:8] not in told
    assert "still stand" not in told


def test_words_beside_a_passage_that_stand_elsewhere_are_told_as_such(invented):
    words = "The board had been told twice."
    ids = []
    for name, end in (("a.txt", "Nobody wrote it down."), ("b.txt", "The press wrote it down.")):
        path = invented.write(name, f"{words} {end} So it was left at that, and nobody asked.")
        file = invented.id("add", "artifact", path)
        ids.append(invented.id("add", "quote", "--artifact", file, "--text", end))
    told = invented.run("erase", ids[0], *WHY).stdout
    assert f"still stand in the words at the passage of evidence/quote {ids[1][:8]}" in told
