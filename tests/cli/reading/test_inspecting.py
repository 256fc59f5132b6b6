"""`evidence inspect`: what it tells, of files and of what is preserved, and its exit codes."""

import json

import pytest

from docx_files import archive, deleted, docx, paragraph
from pdfs import line, one_page

SECRET = b"The source is Ilse Maran"
BAR = b"0 g 60 690 400 20 re f\n"


@pytest.fixture
def barred(person):
    return person.file("barred.pdf", one_page(line(SECRET) + BAR))


@pytest.fixture
def case(person):
    person.run("init", "case", "--origin", "ledger.example/case")
    return person.home / "case"


def test_what_is_found_is_told_with_its_place_and_what_to_do(person, barred):
    said = person.out("inspect", barred, code=1)
    assert "covered-words" in said
    assert "page 1" in said
    assert "“The source is Ilse Maran”" in said
    assert "What to do: " in said
    assert "yellow dots" in said


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plain.txt", "Nothing but words.", 0),
        ("shown.pdf", one_page(line(SECRET)), 0),
        ("draft.docx", docx(paragraph(deleted("Never say this"))), 1),
        ("odd.bin", b"\0\1\2\3", 3),
        ("odd.zip", archive([("a.bin", b"\0\1\2\3")]), 3),
        ("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", 3),
        ("both.txt", "Words.\n%PDF-1.7\n%%EOF\n", 3),
        ("cut.jpg", b"\xff\xd8\xff\xe0", 3),
    ],
)
def test_exit_codes_tell_nothing_something_and_not_checked(person, name, content, code):
    path = person.file(name, content)
    said = person.json("inspect", path, code=code)["files"][0]
    assert bool(said["findings"]) == (code == 1)
    assert bool(said["not_checked"]) == (code == 3)


def test_what_could_not_be_looked_into_is_never_told_as_nothing(person):
    said = person.out("inspect", person.file("odd.bin", b"\0\1\2\3"), code=3)
    assert "not checked" in said
    assert "not known" in said
    assert "gives away nothing" not in said


def test_something_found_outweighs_something_not_checked(person, barred):
    odd = person.file("odd.bin", b"\0\1\2\3")
    assert len(person.json("inspect", barred, odd, code=1)["files"]) == 2


def test_what_is_ordinary_is_told_when_asked(person):
    pdf = one_page(line(SECRET))
    path = person.file("a.docx", docx(paragraph("Seen"), files=[("docProps/thumbnail.jpeg", "")]))
    assert person.json("inspect", path)["files"][0]["ordinary"] == 1
    assert "--all" in person.out("inspect", path)
    (one,) = person.json("inspect", path, "--all")["files"][0]["findings"]
    assert (one["kind"], one["severity"]) == ("thumbnail", "tells")
    assert person.json("inspect", person.file("a.pdf", pdf), "--all")["files"][0]["findings"] == []


def test_hostile_words_are_shown_escaped(person):
    path = person.file("a.docx", docx(paragraph(deleted("Never\u202e\u2066 say"))))
    said = person.out("inspect", path, code=1)
    assert "\\u202e" in said
    assert "\u202e" not in said


def test_pictures_show_the_places_and_not_the_words(person, barred):
    folder = person.home / "places"
    person.run("inspect", barred, "--pictures", folder, code=1)
    (picture,) = folder.iterdir()
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "is there already" in person.run("inspect", barred, "--pictures", folder, code=2).output


def test_wrong_use_is_told(person, barred):
    assert "name one" in person.run("inspect", barred, barred, "--clean", "x", code=2).output
    assert "is there already" in person.run("inspect", barred, "--clean", barred, code=2).output
    assert person.run("inspect", code=2)


def test_a_preserved_file_is_told_when_it_is_added_and_inspected_by_its_id(
    person, case, barred, monkeypatch
):
    monkeypatch.chdir(case)
    plain = person.file("plain.txt", "Nothing but words.")
    assert "gives away" not in person.out("add", "artifact", plain)
    said = person.out("add", "artifact", barred)
    assert "It gives away 1 thing: evidence inspect" in said
    id_ = said.split()[-1]
    found = person.json("inspect", id_, code=1)["files"][0]
    assert found["id"].startswith(id_)
    assert found["file"] == "barred.pdf"


def test_a_reply_that_is_preserved_tells_it_too(person, case, monkeypatch):
    monkeypatch.chdir(case)
    lines = (
        *("From: a@quillmar.example", "To: b@ledger.example", "Subject: Re"),
        *("Date: Thu, 19 Jun 2031 15:03:27 +0000", "Message-ID: <1@quillmar.example>"),
        *("Bcc: c@quillmar.example", "", "We were never told.", ""),
    )
    words = ("--text", "We were never told.")
    said = person.out("add", "response-email", person.file("a.eml", "\n".join(lines)), *words)
    assert "gives away 1 thing" in said


def test_a_cleaned_copy_derives_from_what_it_was_made_of(person, case, monkeypatch):
    monkeypatch.chdir(case)
    core = (
        '<c xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        "<creator>Ilse Maran</creator></c>"
    )
    before = docx(paragraph("Seen"), files=[("docProps/core.xml", core)])
    original = person.id("add", "artifact", person.file("a.docx", before))
    out = person.home / "clean.docx"
    said = person.json("inspect", original, "--clean", out, code=1)["cleaned"]
    assert said["findings"] == []
    assert said["left"]
    assert out.read_bytes() != before
    shown = person.json("show", said["id"])
    assert original in json.dumps(shown)
    assert person.file("same.docx", before).read_bytes() == before
    assert person.json("inspect", out)["files"][0]["findings"] == []


def test_a_copy_that_still_gives_something_away_is_not_preserved(person, case, monkeypatch):
    monkeypatch.chdir(case)
    draft = person.file("draft.docx", docx(paragraph("Seen. ", deleted("Never say this"))))
    original = person.id("add", "artifact", draft)
    said = person.out("inspect", original, "--clean", person.home / "copy.docx", code=1)
    assert "still has: tracked-change (1)" in said
    assert "So the copy is not preserved" in said
    assert f"--derives-from {original[:8]}" in " ".join(said.split())
    assert len(person.json("list", "artifact")) == 1
    assert (person.home / "copy.docx").exists()


def test_a_copy_of_a_file_that_is_not_preserved_is_recorded_nowhere(person, barred):
    out = person.home / "clean.pdf"
    said = person.json("inspect", barred, "--clean", out, code=1)["cleaned"]
    assert said["id"] is None
    assert [one["kind"] for one in said["findings"]] == ["covered-words"]
    assert out.exists()


def test_what_cannot_be_cleaned_is_not_written(person):
    path, out = person.file("a.gif", b"GIF89a" + bytes(20)), person.home / "clean.gif"
    person.run("inspect", path, "--clean", out, code=3)
    assert not out.exists()


@pytest.mark.parametrize("within", [False, True])
def test_a_file_that_is_not_there_is_told_so(person, within, monkeypatch):
    if within:
        person.run("init", "case", "--origin", "ledger.example/case")
        monkeypatch.chdir(person.home / "case")
    for name in ("nofile.docx", "drafts/memo"):
        assert f"There is no file {name}." in person.run("inspect", name, code=2).output


def test_hidden_text_of_a_page_is_shown_beside_nothing(person):
    body = '<p>Seen</p><p style="display:none">Ask Ilse</p><p hidden>Not before May</p>'
    path = person.file("page.html", f"<!doctype html><html><body>{body}</body></html>")
    told = person.out("inspect", path)
    assert "Not before May" in told
    assert "nothing that was looked for; but look at its 2 hidden texts, above." in told


def test_what_a_copy_still_has_is_told_once(person):
    path = person.file("draft.docx", docx(paragraph("Seen. ", deleted("Never say this"))))
    said = person.out("inspect", path, "--clean", person.home / "copy.docx", code=1)
    assert said.count("Never say this") == 1
    assert "still has: tracked-change (1)" in said
