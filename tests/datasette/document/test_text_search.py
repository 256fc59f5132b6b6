"""Whole documents are searched where their text is here, and counted where it is not."""

import pytest

from adversary import change_body, tampering
from cases import make_empty_case
from evidence_chain.digest import b3
from evidence_chain.extract.guard import guard
from evidence_db import text_search

NOTES = "Notes of a walk\n\nThe quay smelt of tar, and a lantern burnt at the end of it.\n"
PAGE = "<!doctype html><title>Diary</title><p>A lantern burnt. The keeper slept.</p>"
UNREAD = "<!doctype html><title>Log</title><p>The lantern was never lit.</p>"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Documents without any passage: plain, drawn for a passage that it lacks, and not drawn."""
    case = make_empty_case(tmp_path_factory.mktemp("library"))

    def add(name, file, content, *more):
        case.ids[name] = case.id("add", "artifact", case.write(file, content), *more)

    add("notes", "notes.txt", NOTES, "--language", "en-GB")
    add("drawn", "diary.html", PAGE, "--no-text")
    add("unread", "log.html", UNREAD, "--no-text")
    add("other", "other.bin", b"\x00\x01lantern\xff" * 40)
    add("latin", "latin.txt", "La lanterne brûla.".encode("latin-1"))
    words = (
        "--artifact",
        case.ids["drawn"],
        "--text",
        "Nothing like this is anywhere in it at all",
    )
    case.run("add", "quote", *words, code=1)
    return case


@pytest.fixture
def books(library, tmp_path):
    """A copy of them, for one test to do with as it likes."""
    return library.copy_to(tmp_path / "books")


def look(site, words="lantern", **more):
    return site.ask("/evidence/-/search.json", params={"q": words} | more).json()


def found(site, words="lantern"):
    """How it is known that a text is that of a document, by the document."""
    names = {id_: name for name, id_ in site.case.ids.items()}
    return {names[one["id"]]: one["known"] for one in look(site, words)["documents"]}


def unsearched(site, words="lantern"):
    """The names of what was not searched, by the reason."""
    names = {id_: name for name, id_ in site.case.ids.items()}
    left = look(site, words)["unsearched"]
    assert all(one["count"] == len(one["documents"]) for one in left if one["why"] != "withheld")
    return {one["why"]: {names[each["id"]] for each in one["documents"]} for one in left}


def withhold(case, name, *fields):
    with case.connected() as db:
        db.execute("DROP TRIGGER artifact_no_update")
        for field in fields:
            query = "UPDATE artifact SET body = json_remove(body, ?) WHERE idx = ?"
            db.execute(query, (f"$.{field}", case.index(name)))


def drawn_copy(case, name):
    """Where the text that was drawn from a document is kept."""
    (file,) = (case.root / "streams").glob(f"*/{case.body(name)['blake3']}.*")
    return file


def test_documents_without_a_passage_are_searched(library, serve):
    site = serve(library)
    assert found(site) == {"notes": "file", "drawn": "drawn"}
    assert look(site)["looked_through"] == 2
    assert found(site, "keeper") == {"drawn": "drawn"}


def test_nothing_is_drawn_for_a_search(library, serve, monkeypatch):
    def run(*_, **__):
        raise AssertionError("an extraction was started")

    monkeypatch.setattr(guard, "run", run)
    streams = library.root / "streams"
    before = sorted(streams.rglob("*"))
    assert unsearched(serve(library))["not-drawn"] == {"unread"}
    assert sorted(streams.rglob("*")) == before


def test_what_was_not_searched_is_said_and_why(library, serve):
    site = serve(library)
    assert unsearched(site) == {"not-drawn": {"unread"}, "unreadable": {"other", "latin"}}
    page = site.page("/evidence/-/search?q=lantern")
    assert "1 document was not searched: no text was drawn from it yet." in page.text
    assert "2 documents were not searched: nothing here reads text from them." in page.text
    assert f"/evidence/-/document/{library.ids['unread']}" in page.links
    assert "The text of 2 documents was looked through" in page.text


def test_the_commands_that_it_names_do_what_it_says(books, serve):
    words = "The lantern was never lit."
    books.run("locate", books.home / "log.html", "--text", words)
    books.run("add", "quote", "--artifact", books.ids["unread"], "--text", words)
    site = serve(books)
    assert found(site)["unread"] == "recorded"
    assert "not-drawn" not in unsearched(site)


def test_text_that_nothing_seals_is_told_from_text_that_is_recorded(library, serve):
    (one,) = look(serve(library), "keeper")["documents"]
    assert (one["known"], one["text"]) == ("drawn", None)
    page = serve(library).page("/evidence/-/search?q=keeper")
    assert "as this machine drew it from the file. No record seals it" in page.text
    assert f"/evidence/-/document/{library.ids['drawn']}" in page.links
    assert "No record seals it" not in serve(library).page("/evidence/-/search?q=tar").text


def test_a_document_opens_where_the_words_stand(library, serve):
    site = serve(library)
    (one,) = look(site, "burnt end")["documents"]
    assert NOTES[one["start"] :].startswith("burnt at the end")
    digest = library.body("notes")["blake3"][:16]
    link = f"/evidence/-/document/{library.ids['notes']}?at={one['start']}&text={digest}#text"
    assert link in site.page("/evidence/-/search?q=burnt+end").links
    assert "burnt at the end" in site.page(link).text


def test_the_line_is_the_one_with_most_of_the_words(books, serve):
    lines = ["a heron", *["reeds"] * 900, "heron and reeds and mud", *["mud"] * 900]
    books.ids["pond"] = books.id("add", "artifact", books.write("pond.txt", "\n".join(lines)))
    (one,) = look(serve(books), "mud heron reeds")["documents"]
    assert "".join(piece["text"] for piece in one["pieces"]) == "heron and reeds and mud"


def test_words_far_apart_are_found_in_a_long_text(books, serve, monkeypatch):
    monkeypatch.setattr("evidence_db.reading.finding._CHUNK", 50)
    text = "Erste Zeile\u0301 mit ﬁnster\n" + "Wort " * 100 + "Lampe " + "Wort " * 100 + "Ende"
    books.ids["long"] = books.id("add", "artifact", books.write("long.txt", text))
    (one,) = look(serve(books), "lampe finster ende")["documents"]
    assert text[one["start"] :].startswith("ﬁnster")
    assert look(serve(books), "lampe finster laterne")["documents"] == []


def test_the_language_of_a_line_is_told_if_it_is_known(library, serve):
    site = serve(library)
    lines = {one["name"]: one["language"] for one in look(site)["documents"]}
    assert lines == {"notes.txt": "en-GB", "diary.html": None}
    page = site.page("/evidence/-/search?q=tar")
    assert ("blockquote", "lang", "en-GB") in page.attributes
    assert ("blockquote", "dir", "auto") in page.attributes


def test_a_passage_has_the_language_of_its_file_if_it_tells_none(books, serve):
    words = ("--artifact", books.ids["notes"], "--text", "a lantern burnt at the end of it")
    books.run("add", "quote", *words)
    (record,) = look(serve(books))["records"]
    assert record["language"] == "en-GB"
    assert ("p", "lang", "en-GB") in serve(books).page("/evidence/-/search?q=lantern").attributes


def test_what_is_no_language_is_told_as_none(books, serve):
    books.ids["x"] = books.id("add", "artifact", books.write("x.txt", "A heron."))
    with tampering(books) as db:  # as another program may have recorded it
        change_body(db, books.index("x"), lambda values: values | {"language": 'en" onload="x'})
    (one,) = look(serve(books), "heron")["documents"]
    assert one["language"] is None


@pytest.mark.parametrize("name", ["notes", "drawn"])
def test_text_of_a_withheld_file_is_neither_searched_nor_shown(books, serve, name):
    words = {"notes": "a lantern burnt at the end of it", "drawn": "The keeper slept."}[name]
    books.run("add", "quote", "--artifact", books.ids[name], "--text", words)
    assert drawn_copy(books, "drawn").is_file()
    assert name in found(serve(books))
    withhold(books, name, "blake3")
    site = serve(books)
    assert name not in found(site)
    left = {one["why"]: one for one in look(site)["unsearched"]}
    assert left["withheld"] == {"why": "withheld", "count": 1, "documents": []}
    page = site.page("/evidence/-/search?q=lantern").text
    assert "1 document was not searched: it is withheld, and the text with it." in page
    assert ("smelt" if name == "notes" else "A lantern burnt") not in page


def test_a_file_that_is_withheld_whole_is_counted(books, serve):
    with books.connected() as db:
        db.execute("DROP TRIGGER artifact_no_update")
        db.execute("DROP TRIGGER artifact_no_delete")
        db.execute("UPDATE artifact SET body = NULL WHERE idx = ?", (books.index("notes"),))
        db.execute("DELETE FROM artifact WHERE idx = ?", (books.index("unread"),))
    site = serve(books)
    assert found(site) == {"drawn": "drawn"}
    assert {"why": "withheld", "count": 2, "documents": []} in look(site)["unsearched"]


def test_a_file_is_searched_only_if_it_is_what_was_recorded(books, serve):
    file = books.preserved("notes")
    file.chmod(0o600)
    file.write_text(NOTES.replace("lantern", "lampion"))
    site = serve(books)
    assert "notes" not in found(site, "lampion")
    assert unsearched(site)["not-here"] == {"notes"}
    file.unlink()
    file.symlink_to(books.home / "notes.txt")
    assert unsearched(site)["not-here"] == {"notes"}
    books.preserved("unread").unlink()
    assert unsearched(site)["not-here"] == {"notes", "unread"}
    assert "is missing here, or is not what was" in site.page("/evidence/-/search?q=tar").text


def test_a_recorded_text_is_searched_only_if_it_is_what_was_recorded(books, serve):
    words = ("--artifact", books.ids["drawn"], "--text", "The keeper slept.")
    books.ids["quote"] = books.id("add", "quote", *words)
    assert found(serve(books))["drawn"] == "recorded"
    stream = books.stream("quote")
    stream.chmod(0o600)
    stream.write_text("Another text.")
    assert unsearched(serve(books))["not-here"] == {"drawn"}


def test_a_kept_text_that_contradicts_itself_is_not_used(books, serve):
    copy = drawn_copy(books, "drawn")
    copy.write_bytes(copy.read_bytes().replace(b"keeper", b"warden"))
    site = serve(books)
    assert found(site, "warden") == {}
    assert "drawn" in unsearched(site)["not-drawn"]


def test_a_kept_text_that_was_forged_is_never_told_as_recorded(books, serve):
    copy = drawn_copy(books, "drawn")
    head, _, text = copy.read_bytes().partition(b"\n")
    forged = text.replace(b"keeper", b"warden")
    digest = (b3(text).hex().encode(), b3(forged).hex().encode())
    copy.write_bytes(head.replace(*digest) + b"\n" + forged)
    site = serve(books)
    assert found(site, "warden") == {"drawn": "drawn"}
    assert "No record seals it" in site.page("/evidence/-/search?q=warden").text


def test_a_text_that_is_too_long_is_counted_and_the_rest_searched(library, serve, monkeypatch):
    monkeypatch.setattr(text_search, "BYTES", 60)
    site = serve(library)
    assert unsearched(site)["too-long"] == {"notes"}
    assert found(site) == {"drawn": "drawn"}
    assert "too long to be looked through" in site.page("/evidence/-/search?q=tar").text


def test_a_search_goes_on_where_it_had_read_enough(library, serve, monkeypatch):
    monkeypatch.setattr(text_search, "BYTES", 100)
    monkeypatch.setattr(text_search, "DOCUMENTS", 2)
    site, names, before = serve(library), [], None
    while True:
        page = look(site, "lantern", **({} if before is None else {"before": before}))
        left = [one["documents"] for one in page["unsearched"]]
        names += [each["name"] for one in [page["documents"], *left] for each in one]
        assert page["records"] == []
        if (before := page["before"]) is None:
            break
    assert sorted(names) == ["diary.html", "latin.txt", "log.html", "notes.txt", "other.bin"]


def test_of_many_that_were_not_searched_some_are_named(library, serve, monkeypatch):
    monkeypatch.setattr("evidence_datasette.pages.search.NAMED", 1)
    site = serve(library)
    left = {one["why"]: one for one in look(site)["unsearched"]}
    assert left["unreadable"]["count"] == 2
    assert len(left["unreadable"]["documents"]) == 1
    assert "and 1 more" in site.page("/evidence/-/search?q=lantern").text
