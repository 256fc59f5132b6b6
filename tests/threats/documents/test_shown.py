"""Row 37: a trick that no rule knows is seen by whoever looks; `--rendered` looks."""

import pytest

from cases import make_empty_case
from evidence_chain.rendering import Look, Sight, html
from pdfs import line, one_page

SEEN, COVERED = "The cameras see every face.", "They never knew about it."
PAGE = f"""<!doctype html><meta charset=utf-8><p>{SEEN}</p><p style="margin: 0">{COVERED}</p>
<div style="margin-top: -30px; height: 40px; position: relative; background: white"></div>"""


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A case with a passage that is seen, one that isn't, and one that nobody looked at."""
    case = make_empty_case(tmp_path_factory.mktemp("shown"))
    file = case.write("page.html", PAGE)
    artifact = case.id("add", "artifact", file)
    case.file = file

    def add(text, *options):
        return case.json("add", "quote", "--artifact", artifact, "--text", text, *options)

    case.add = add
    return case


@pytest.fixture
def looks(monkeypatch):
    """Have Chromium say something of each passage, without one."""

    def say(sight, detail=""):
        monkeypatch.setattr(
            html, "looks", lambda _, __, said: [Look(sight, "Chromium", detail)] * len(said)
        )

    return say


@pytest.mark.usefixtures("shows_pages")
def test_row_37_what_is_not_seen_where_it_is_shown_needs_a_person(case):
    """Also where its record was made without looking."""
    seen, covered = case.add(SEEN, "--rendered"), case.add(COVERED, "--rendered")
    assert (seen["accepted"], seen["notes"]) == (True, [])
    assert seen["rendered"]["sight"] == "seen"
    assert not covered["accepted"]
    assert covered["notes"] == ["not-seen"]
    unlooked = case.add("They never knew")
    case.run("checkpoint")
    assert case.json("verify")["outcome"] == "holds"
    report = case.json("verify", "--rendered", code=3)
    told = {c["subject"]: c for c in report["checks"] if c["check"] == "rendered"}
    missed = {one for one, check in told.items() if check["outcome"] == "not-checked"}
    assert missed == {unlooked["id"]}
    assert "Look at the document" in told[unlooked["id"]]["detail"]


@pytest.mark.parametrize(
    ("sight", "accepted", "code"),
    [(Sight.SEEN, True, 0), (Sight.DIFFERS, False, 1), (Sight.NOT_CHECKED, True, 3)],
)
def test_row_37_locating_a_passage(case, looks, sight, accepted, code):
    looks(sight, "why")
    found = case.json("locate", case.file, "--text", SEEN, "--rendered", code=code)
    assert found["accepted"] == accepted
    assert found["rendered"] == {"sight": sight, "by": "Chromium", "detail": "why"}
    told = case.run("locate", case.file, "--text", SEEN, "--rendered", code=code).output
    assert ("not checked: why" in told) == (sight is Sight.NOT_CHECKED)


def test_nothing_is_shown_unless_it_is_asked_for(case, looks):
    looks(Sight.DIFFERS)
    assert "rendered" not in case.json("locate", case.file, "--text", SEEN)


def test_a_passage_that_was_not_looked_at_is_not_said_to_be_seen(case, looks):
    looks(Sight.NOT_CHECKED, "no Chromium is installed")
    made = case.json("verify", "--rendered", code=3)
    details = [one["detail"] for one in made["checks"] if one["check"] == "rendered"]
    assert all("no Chromium is installed" in one for one in details)


@pytest.mark.usefixtures("tesseract")
def test_row_38_a_page_of_a_pdf_is_read_off_its_picture(case):
    file = case.write("minutes.pdf", one_page(line(SEEN.encode())))
    found = case.json("locate", file, "--text", SEEN, "--rendered")
    assert found["rendered"] == {"sight": "seen", "by": "tesseract", "detail": ""}


def test_a_file_that_nothing_shows(case):
    file = case.write("note.txt", "A note.")
    found = case.json("locate", file, "--text", "A note", "--rendered", code=3)
    assert found["rendered"]["sight"] == "not checked"
