"""What a search for withheld values tells: what it passed over, parts of values, and places."""

import pytest

from docx_files import docx, paragraph
from editions import ALL_SHOWN, DAY
from pdfs import one_page

WHY = ("--reason", "To protect a source.")
LETTER = """From: "Wilhelmina Vandersloot" <w.vandersloot@quay.example>
To: Otto Brandvold <otto@tide.example>
Message-ID: <q7-44ab@quay.example>
Date: Thu, 1 May 2031 10:00:00 +0000
Subject: The quay

The board was told twice.
"""
LETTERS = one_page(b"BT /F 12 Tf 60 700 Td (She is Wilhel) Tj (mina Vander) Tj (sloot.) Tj ET")
"""A PDF that draws a name in three pieces."""


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


def test_many_values_that_stand_in_one_field_are_told_together(invented):
    """Else a reviewer who recorded, too, makes a line of each record, and hides the others."""
    reviewer = ("--as", "Wilhelmina Vandersloot")
    many = [
        quote(invented, "The board took note of the tender.", "--speaker", reviewer[1]),
        quote(invented, "The auditor wrote on 2 May", "--speaker", reviewer[1]),
    ]
    invented.run("withhold", *many, "--field", "speaker", *WHY)
    invented.run("review", invented.ids["never"], "--approve", *reviewer)
    named = ", ".join(f"speaker of {said_of(invented, one)}" for one in many)
    draft = invented.home / "draft.txt"
    draft.write_text("Nothing.")
    assert f"{named} – they stand in reviewer of review" in flat(invented.run("leaks", draft))


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


@pytest.fixture
def hidden(invented):
    """A case with a withheld name."""
    speaker = ("--speaker", "Wilhelmina Vandersloot")
    invented.ids["hidden"] = quote(invented, "The board took note of the tender.", *speaker)
    invented.run("withhold", invented.ids["hidden"], "--field", "speaker", *WHY)
    return invented


def test_what_no_search_finds_is_told_whoever_publishes(hidden):
    """A surname by itself, as the preview tells it."""
    quote(hidden, "The auditor wrote", "--note", "Call Vandersloot.")
    warning = f"`speaker` of {said_of(hidden, hidden.ids['hidden'])} is withheld"
    assert f"told-elsewhere: {warning}" in flat(hidden.run("publish", "--preview"))
    words = ("publish", "--check-only", *ALL_SHOWN)
    told = hidden.json(*words, code=1)["warnings"]
    (named,) = [one for one in told if one["rule"] == "told-elsewhere"]
    assert named["detail"].startswith(warning)
    assert named["id"] == hidden.ids["hidden"]
    assert f"told-elsewhere: {warning}" in flat(hidden.run(*words, code=1))
    assert f"told-elsewhere: {warning}" in flat(publish(hidden))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", LETTERS),
        ("a.txt", b"She is Wilhelmina Vander-\nsloot."),
        ("a.docx", docx(paragraph("She is Wilhelmina Vander-"), paragraph("sloot."))),
    ],
)
def test_what_readers_see_in_a_document_is_searched(hidden, name, content):
    """Its code divides words, and its lines do by hyphens."""
    draft = hidden.home / name
    draft.write_bytes(content)
    (leak,) = hidden.json("leaks", draft, code=1)["leaks"]
    assert leak["path"] == str(draft)
    assert leak["forms"][0] == "drawn text"


def test_what_readers_see_in_a_preserved_file_shuts_the_gate(hidden):
    path = hidden.home / "memo.pdf"
    path.write_bytes(LETTERS)
    memo = hidden.id("add", "artifact", path)
    assert f"of the text of memo.pdf ({memo[:8]}) (drawn text" in flat(publish(hidden, code=1))
    said = flat(publish(hidden, f"--despite={memo}"))
    assert "Found in files that were named with --despite: 1 place." in said


def test_a_document_whose_text_can_not_be_drawn_is_not_searched_inside(hidden):
    draft = hidden.home / "draft.pdf"
    draft.write_bytes(b"%PDF-1.4 and nothing more")
    said = flat(hidden.run("leaks", draft, code=3))
    assert "Not searched inside, since its text could not be drawn: /" in said


def test_a_preserved_file_that_is_not_searched_inside_is_called_by_its_name(hidden):
    path = hidden.home / "draft.pdf"
    path.write_bytes(b"%PDF-1.4 and nothing more")
    draft = hidden.id("add", "artifact", path, "--no-text")
    words = ("--override", f"inspected:{draft}", "--because", "Nobody can read it.")
    said = flat(publish(hidden, *words))
    assert f"since its text could not be drawn: draft.pdf ({draft[:8]})." in said


def test_a_leak_in_the_log_is_told_by_the_fields_that_hold_it(hidden):
    """Whoever has to mend it needs records and fields, not bytes."""
    note = ("--note", "Asked wilhelmina vandersloot again.")
    told = [quote(hidden, text, *note) for text in ("We were never told", "The auditor wrote")]
    said = flat(publish(hidden, code=1))
    for one in told:
        line = f"the value in note of {said_of(hidden, one)} (data/evidence.db, data/log.jsonl)"
        assert said.count(line) == 1
    assert "of data/log.jsonl" not in said


def test_what_stands_beside_a_withheld_passage_may_be_disclosed(invented):
    """Its selector has the words before and after it, which are another's."""
    first, second = "They paid the pilot on the quay.", "Then the light went out at nine."
    path = invented.home / "pair.txt"
    path.write_text(f"{first}\n{second}\n")
    file = invented.id("add", "artifact", path)
    invented.run("add", "quote", "--artifact", file, "--text", first)
    hidden = invented.id("add", "quote", "--artifact", file, "--text", second)
    invented.run("withhold", hidden, *WHY)
    left_out = ("--without-files", file, "--reason", "The second is a secret.")
    publish(invented, *left_out)
    said = invented.home / "out" / "data" / "log.jsonl"
    assert first in said.read_text()
    assert second not in said.read_text()
    draft = invented.home / "draft.txt"
    draft.write_text(second)
    assert "the value at byte 0" in flat(invented.run("leaks", draft, code=1))


@pytest.mark.parametrize(
    ("speaker", "written"),
    [
        ("Wilhelmina Vandersloot, harbour master", "Wilhelmina Vandersloot"),
        ("Harbour master (Dr Wilhelmina Vandersloot)", "Wilhelmina Vandersloot"),
        ("Dr. Wilhelmina Vandersloot – harbour master", "wilhelmina vandersloot"),
        ("Vandersloot, Wilhelmina", "Wilhelmina Vandersloot"),
        ("Otto Brandvold, clerk; Wilhelmina Vandersloot, clerk", "Wilhelmina Vandersloot"),
    ],
)
def test_a_speaker_is_searched_for_without_their_office(invented, speaker, written):
    hidden = quote(invented, "The board took note of the tender.", "--speaker", speaker)
    invented.run("withhold", hidden, "--field", "speaker", *WHY)
    draft = invented.home / "draft.txt"
    draft.write_text(f"It was {written}, they say.")
    found = invented.json("leaks", draft, code=1)["leaks"]
    assert f"the name in speaker of {said_of(invented, hidden)}" in [one["where"] for one in found]


def test_an_office_alone_is_not_searched_for(invented):
    speaker = ("--speaker", "Wilhelmina Vandersloot, Deputy Minister")
    hidden = quote(invented, "The board took note of the tender.", *speaker)
    invented.run("withhold", hidden, "--field", "speaker", *WHY)
    draft = invented.home / "draft.txt"
    draft.write_text("The Deputy Minister was there.")
    assert invented.json("leaks", draft)["leaks"] == []


def after(case, name):
    """What stands after a passage, as its selector has it."""
    selector = case.body(name)["selector"]
    return next(one["suffix"] for one in selector if "suffix" in one)


def beside(case, name):
    """What the report calls the words around a passage."""
    return f"what stands beside the passage in selector of {said_of(case, case.ids[name])}"


def test_what_stands_beside_a_passage_of_a_withheld_file_is_searched_for(invented):
    invented.run("withhold", invented.ids["release"], *WHY)
    draft = invented.home / "draft.txt"
    draft.write_text(f"It says{after(invented, 'deaf')} and so on.")
    found = invented.json("leaks", draft, code=1)["leaks"]
    assert beside(invented, "deaf") in [one["where"] for one in found]


def test_what_stands_beside_it_may_be_quoted_by_another_passage(invented):
    """It is told, and shuts no gate: who publishes the neighbour means to."""
    suffix = after(invented, "never")
    assert suffix.endswith("The board too")
    shown = quote(invented, f"{suffix}k note")
    invented.run("withhold", invented.ids["never"], "--field", "selector", *WHY)
    draft = invented.home / "draft.txt"
    draft.write_text(f"It says {suffix} and so on.")
    said = invented.json("leaks", draft)
    told = {one["where"]: one["stands_in"] for one in said["disclosed_elsewhere"]}
    assert said_of(invented, shown) in told[beside(invented, "never")]
