"""Looking for a passage in a file, without a case."""

import pytest

from pdfs import line, one_page

TEXT = "The council said: “We never asked.” It was told twice, in May and in June.\n"


@pytest.fixture
def desk(person):
    person.file("minutes.txt", TEXT)
    return person


def test_a_passage_that_stands_there(desk):
    found = desk.json("locate", "minutes.txt", "--text", "It was told twice")
    assert found["status"] == "verbatim"
    assert found["accepted"]
    assert found["fragments"] == [{"start": 36, "end": 53, "exact": "It was told twice"}]
    assert found["media_type"] == "text/plain"
    assert found["occurrences"] == 1


def test_people_see_it_in_its_context(desk):
    shown = desk.out("locate", "minutes.txt", "--text", "It was told twice")
    assert "verbatim" in shown
    assert "[[It was told twice]], in May" in shown


def test_a_passage_that_differs_is_not_accepted(desk):
    result = desk.run("locate", "minutes.txt", "--text", "It was told once, in May", code=1)
    assert "altered" in result.stdout
    assert "once" in result.stdout
    assert "twice" in result.stdout
    assert "sign-off" in result.stdout


def test_a_passage_that_is_nowhere(desk):
    found = desk.json("locate", "minutes.txt", "--text", "Fishing was forbidden here", code=1)
    assert found["status"] == "missing"
    assert not found["fragments"]


def test_hidden_text_is_found_and_not_accepted(desk):
    desk.file("page.html", "<p>Seen words.</p><p style='display:none'>Words nobody sees.</p>")
    found = desk.json("locate", "page.html", "--text", "Words nobody sees", code=1)
    assert found["status"] == "verbatim"
    assert not found["accepted"]
    assert [mark["kind"] for mark in found["marks"]] == ["hidden"]
    assert "display" in found["marks"][0]["detail"]


def test_the_passage_from_a_file_and_from_standard_input(desk):
    desk.file("typed.txt", "It was told twice\n")
    assert desk.json("locate", "minutes.txt", "--text-file", "typed.txt")["accepted"]
    assert desk.json("locate", "minutes.txt", "--text", "-", stdin="It was told twice")["accepted"]
    desk.run("locate", "minutes.txt", "--text", "a", "--text-file", "typed.txt", code=2)
    desk.run("locate", "minutes.txt", "--text-file", "gone.txt", code=2)
    desk.run("locate", "minutes.txt", code=2)


def test_files_that_hold_no_text(desk):
    desk.run("locate", "gone.txt", "--text", "a", code=2)
    desk.file("noise.bin", bytes(range(256)))
    result = desk.run("locate", "noise.bin", "--text", "a", code=3)
    assert "a file of a type that isn't known here" in result.stderr


def test_control_codes_of_the_document_do_not_reach_the_terminal(desk):
    desk.file("trap.txt", "It was \x1b[2Jtold twice, and nobody wrote it down.")
    assert "\x1b[2J" not in desk.run("locate", "trap.txt", "--text", "told twice", code=None).output


def test_words_before_it_that_change_its_sense_are_told_and_ask_for_nobody(desk):
    desk.file("letter.txt", "It is unlikely that we knew of it. In truth we knew of it.\n")
    words = ("locate", "letter.txt", "--text")
    found = desk.json(*words, "we knew of it. In truth")
    assert (found["before"], found["accepted"]) == (["unlikely that"], True)
    said = " ".join(desk.out(*words, "we knew of it. In truth").split())
    assert "Before it stands “unlikely that …”, which may change what it says." in said
    assert desk.json(*words, "In truth we knew of it")["before"] == [None]


def test_the_text_that_a_case_has_drawn_is_looked_in(case, monkeypatch):
    case.file("minutes.pdf", one_page(line(b"They knew of it.")))
    case.run("add", "artifact", "minutes.pdf")
    asked = ("locate", "minutes.pdf", "--text", "They knew of it.")
    anew = case.json(*asked)
    drawn = []
    monkeypatch.setattr("evidence_chain.extract.extract", lambda *given: drawn.append(given))
    assert case.json(*asked) == anew
    assert not drawn


def test_the_text_of_a_file_that_changed_is_drawn(case):
    case.file("minutes.pdf", one_page(line(b"They knew of it.")))
    case.run("add", "artifact", "minutes.pdf")
    case.file("minutes.pdf", one_page(line(b"They never knew of it.")))
    found = case.json("locate", "minutes.pdf", "--text", "They knew of it.", code=1)
    assert found["status"] == "altered"
