"""Search over claims, passages and whole documents."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from evidence_datasette.pages import search
from evidence_datasette.words.shown_text import marked, shown, terms
from evidence_db import text_search


def test_records_are_those_of_the_command_line(site):
    found = site.json("/evidence/-/search.json?q=told")
    told = site.case.json("search", "told")
    own = ("pieces", "language")
    assert [
        {name: value for name, value in record.items() if name not in own}
        for record in found["records"]
    ] == [one for one in told if one["kind"] != "artifact"]
    assert [(one["id"], one["start"]) for one in found["documents"]] == [
        (one["id"], one["start"]) for one in told if one["kind"] == "artifact"
    ]


def test_a_document_is_found_by_words_that_no_passage_has(site):
    found = site.json("/evidence/-/search.json?q=nobody+objected")
    assert found["records"] == []
    (document,) = found["documents"]
    assert document["id"] == site.case.ids["minutes"]
    page = site.page("/evidence/-/search?q=nobody+objected")
    assert page.marked == ["Nobody", "objected", "Nobody", "objected"]


def test_no_more_documents_are_read_than_said(site, monkeypatch):
    monkeypatch.setattr(text_search, "DOCUMENTS", 1)
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


def words_marked(text, words):
    pieces = marked(text, terms(words))
    assert "".join(piece["text"] for piece in pieces) == text
    return [piece["text"] for piece in pieces if piece["marked"]]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Über den Cafés, cafe", "café UBER", ["Über", "cafe"]),
        ("un cafe\u0301, deux", "café", ["cafe\u0301"]),
        ("un café, deux", "cafe\u0301", ["café"]),
        ("ＣＡＭＥＲＡ camera", "Camera", ["ＣＡＭＥＲＡ", "camera"]),
        ("camera", "ＣＡＭＥＲＡ", ["camera"]),
        ("the tax, the taxi, syntax", "tax", ["tax"]),
        ("采用Hikvision摄像机", "hikvision 摄像", ["Hikvision", "摄像"]),
        ("the ﬁrm ﬁled", "firm", ["ﬁrm"]),
        ("ガ ｶﾞ か", "ガ", ["ガ", "ｶﾞ"]),
        ("かが", "か", ["か"]),
        ("각 가", "가", ["가"]),
        ("가 각", "가".encode().decode(), ["가"]),
        ("don’t", "don't", ["don’t"]),
        ("well\u2010known", "well-known", ["well\u2010known"]),
        ("a cam\u00adera", "camera", ["cam\u00adera"]),
        ("(camera)", '"camera",', ["camera"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("שלום עולם", "עולם", ["עולם"]),
        ("हिन्दी हिन्द", "हिन्दी", ["हिन्दी"]),
        ("📹 on", "📹", ["📹"]),
        ("a * b", "*", ["*"]),
    ],
)
def test_words_are_marked_whatever_their_case_accents_and_width(text, words, found):
    assert words_marked(text, words) == found


@given(text(), text())
def test_what_is_marked_is_all_of_the_text(line, words):
    words_marked(line, words)


def test_nothing_is_marked_when_nothing_is_looked_for():
    assert marked("text", []) == [{"text": "text", "marked": False}]


def test_what_is_invisible_is_shown_as_its_code_point():
    html = str(shown("a\u202eb<i>\u200b"))
    assert "U+202E" in html
    assert "RIGHT-TO-LEFT OVERRIDE" in html
    assert "U+200B" in html
    assert "&lt;i&gt;" in html
    assert shown(None) == ""
