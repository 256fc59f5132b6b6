"""Whole documents are searched, whose texts are read when they are added."""

import pytest

from evidence_db.recording.preserving import drawing

PAGE = "<h1>Diary</h1><p>The lantern burnt at the quay.</p>"


@pytest.fixture
def shelf(case):
    case.file("diary.html", PAGE)
    case.file("log.txt", "No lantern was lit.")
    case.file("empty.html", "<p></p>")
    return case


def names(person, *words):
    return [one["fields"].get("filename") for one in person.json("search", *words)]


def test_documents_are_found_once_they_are_added(shelf):
    shelf.run("add", "artifact", "diary.html", "log.txt")
    assert sorted(names(shelf, "lantern")) == ["diary.html", "log.txt"]
    assert names(shelf, "lantern", "burnt") == ["diary.html"]
    told = shelf.out("search", "quay")
    assert "lantern burnt at the quay" in told
    assert "Not searched" not in told


def test_a_beginning_of_words_is_looked_for_where_it_is_asked(shelf):
    shelf.run("quote", "diary.html", "The lantern burnt")
    shelf.run("add", "artifact", "log.txt")
    assert names(shelf, "lanter*").count("log.txt") == 1
    assert len(shelf.json("search", "lanter*")) == 3
    assert shelf.json("search", "lanter") == []
    assert shelf.json("search", "antern*") == []


def test_what_was_not_read_is_told(shelf):
    shelf.run("add", "artifact", "diary.html", "--no-text")
    told = shelf.out("search", "quay")
    assert "Nothing found." in told
    assert "Not searched: 1 document" in told


def test_what_can_not_be_quoted_from_is_told_at_once(shelf):
    told = shelf.out("add", "artifact", "empty.html", "diary.html")
    assert "It can't be quoted from: empty.html was read as text/html and holds no text." in told
    (one,) = shelf.json("add", "artifact", "log.txt")
    assert one["unquotable"] is None
    shelf.file("other.html", "<i></i>")
    (one,) = shelf.json("add", "artifact", "other.html")
    assert "holds no text" in one["unquotable"]


def test_reading_texts_has_an_end(shelf, monkeypatch):
    monkeypatch.setattr(drawing, "SECONDS", 0)
    monkeypatch.setattr(drawing.draw_texts, "__kwdefaults__", {"seconds": -1})
    told = shelf.out("add", "artifact", "diary.html", "empty.html")
    assert "2 texts will be read when a passage is looked for." in told


def test_a_folder_that_is_imported_is_searched(shelf):
    shelf.file("folder/diary.html", PAGE)
    shelf.file("folder/empty.html", "<p></p>")
    told = shelf.out("import", "folder")
    assert "can't be quoted from" in told
    assert names(shelf, "lantern") == ["diary.html"]
