"""Search over claims, passages and whole documents."""

from evidence_datasette import kept
from evidence_datasette.pages import search
from evidence_datasette.text import around, marked, shown


def test_records_are_those_of_the_command_line(site):
    found = site.json("/evidence/-/search.json?q=told")["records"]
    assert [
        {name: value for name, value in record.items() if name != "pieces"} for record in found
    ] == site.case.json("search", "told")


def test_a_document_is_found_by_words_that_no_passage_has(site):
    found = site.json("/evidence/-/search.json?q=nobody+objected")
    assert found["records"] == []
    (document,) = found["documents"]
    assert document["id"] == site.case.ids["minutes"]
    page = site.page("/evidence/-/search?q=nobody+objected")
    assert page.marked == ["Nobody", "objected", "Nobody", "objected"]


def test_no_more_documents_are_read_than_said(site, monkeypatch):
    monkeypatch.setattr(kept, "DOCUMENTS", 1)
    found, before = [], None
    for _ in range(4):
        query = "" if before is None else f"&before={before}"
        page = site.json(f"/evidence/-/search.json?q=the{query}")
        assert page["looked_through"] == 1
        found += [document["index"] for document in page["documents"]]
        before = page["before"]
    assert before is None
    assert found == sorted(found, reverse=True) != []


def test_scripts_without_spaces_are_looked_for_a_stretch_at_a_time(invented, serve, monkeypatch):
    invented.run("claim", "first", "海康威视知道摄像机装在哪里")
    invented.run("claim", "second", "谁也不知道摄像机")
    monkeypatch.setattr(search, "STRETCH", 3)
    site, found, older = serve(invented), [], ""
    while older is not None:
        page = site.json(f"/evidence/-/search.json?q=摄像机&older={older}")
        found += [record["fields"]["slug"] for record in page["records"]]
        older = page["older"]
    assert found == ["second", "first"]
    assert site.page("/evidence/-/search?q=摄像机").marked == ["摄像机"] * 2
    assert "older=" in site.text("/evidence/-/search?q=照相机")


def test_no_more_records_are_shown_than_said(invented, serve, monkeypatch):
    monkeypatch.setattr(search, "LIMIT", 1)
    site = serve(invented)
    shown = site.json("/evidence/-/search.json?q=told")
    assert len(shown["records"]) == 1
    assert shown["more"] is True
    assert "There are more" in site.page("/evidence/-/search?q=told").text


def test_without_words_there_is_nothing_to_find(site):
    assert site.json("/evidence/-/search.json")["records"] == []
    assert "Claims and passages" not in site.page("/evidence/-/search?q=%00+%00").text


def test_words_are_marked_whatever_their_case_and_accents():
    pieces = marked("Über den Cafés, cafe", ["café", "UBER"])
    assert [piece["text"] for piece in pieces if piece["marked"]] == ["Über", "Café", "cafe"]
    assert "".join(piece["text"] for piece in pieces) == "Über den Cafés, cafe"


def test_nothing_is_marked_when_nothing_is_looked_for():
    assert marked("text", []) == [{"text": "text", "marked": False}]


def test_the_line_is_shown_in_which_a_word_stands():
    text = "first line\n" + "x " * 100 + "needle" + " y" * 100 + "\nlast line"
    line = around(text, ["needle"])
    assert "needle" in line
    assert line.startswith("…")
    assert line.endswith("…")
    assert "first" not in line
    assert around("a\nneedle b\nc", ["needle"]) == "needle b"


def test_what_is_invisible_is_shown_as_its_code_point():
    html = str(shown("a\u202eb<i>\u200b"))
    assert "U+202E" in html
    assert "RIGHT-TO-LEFT OVERRIDE" in html
    assert "U+200B" in html
    assert "&lt;i&gt;" in html
    assert shown(None) == ""
