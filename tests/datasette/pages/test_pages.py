"""Every page, as HTML and as JSON, and what is not there."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from browsing import PAGES

from evidence_chain.rules import Place
from evidence_datasette.serving import is_copy, served


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_with_headers_that_let_nothing_else_in(site, page):
    response = site.ask(f"/evidence/-/{page}")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_what_everybody_needs_to_find_their_way(site, page):
    found = site.page(f"/evidence/-/{page}")
    assert ("html", "lang", "en") in found.attributes
    assert found.tags.count("h1") == found.tags.count("main") == 1
    assert ("a", "href", "#content") in found.attributes
    assert not [a for a in found.attributes if a[1].startswith("on") or a[1] == "style"]
    assert "style" not in found.tags


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(site, page):
    for link in {link for link in site.page(f"/evidence/-/{page}").links if link[0] != "#"}:
        site.ask(link)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_its_json(site, page):
    path, _, query = f"/evidence/-/{page}".partition("?")
    response = site.ask(f"{path}.json?{query}")
    assert response.headers["content-type"].startswith("application/json")
    assert f"{path}.json" + (f"?{query}" if query else "") in site.page(f"{path}?{query}").links


@pytest.mark.parametrize("slug", ["board-knew", "microphones-listen", "quay-is-wired"])
def test_a_claim_is_what_the_command_line_resolves(site, slug):
    assert site.json(f"/evidence/-/claim/{slug}.json") == site.case.json("resolve", slug)


@pytest.mark.parametrize("name", ["never", "tender", "letter", "board-knew", "retraction"])
def test_a_record_is_what_the_command_line_shows(site, name):
    shown = site.json(f"/evidence/-/record/{site.case.ids[name]}.json")
    expected = site.case.json("show", site.case.ids[name])
    expected.pop("path", None)
    assert {part: shown[part] for part in expected} == expected
    assert "path" not in shown


def test_what_a_link_and_a_retraction_join_is_told(site):
    ids = site.case.ids
    link = site.json(f"/evidence/-/record/{ids['told-knew']}.json")
    assert (link["relation"], link["from"], link["to"]) == (
        "supports",
        ids["board-was-told"],
        ids["board-knew"],
    )
    retraction = site.json(f"/evidence/-/record/{ids['retraction']}.json")
    assert (retraction["relation"], retraction["to"]) == ("retracts", ids["repeated-listen"])


def test_the_log_is_what_the_command_line_says(site):
    shown, expected = site.json("/evidence/-/log.json"), site.case.json("log")
    assert shown["entries"] == expected["entries"][::-1]
    for part in ("origin", "size", "checkpoints"):
        assert shown[part] == expected[part]


def test_a_document_shows_its_passages_and_its_text(site):
    shown = site.json(f"/evidence/-/document/{site.case.ids['minutes']}.json")
    assert [one["id"] for one in shown["passages"]] == [
        site.case.ids[n] for n in ("never", "twice")
    ]
    text = shown["text"]["part"]
    for passage in shown["passages"]:
        for part in passage["fragments"]:
            assert text[part["start"] : part["end"]] == part["exact"]


def test_a_document_whose_text_was_changed_shows_none(invented, serve):
    kept = invented.stream("never")
    kept.chmod(0o600)
    kept.write_text(kept.read_text().replace("never", "often"))
    found = serve(invented).page(f"/evidence/-/document/{invented.ids['minutes']}")
    assert "No text of it is kept here" in found.text


@pytest.mark.parametrize(
    "path",
    [
        "claim/nobody-said",
        "claim/@1",
        "claim/@999999",
        "document/board-knew",
        "record/zzzz",
        "record/..~2F..",
        "record/%2Fetc%2Fpasswd",
        "log/999999",
        "claims?before=soon",
        "claims?status=true",
        "claims?before=" + "9" * 40,
    ],
)
def test_what_is_not_there_is_not_found(site, path):
    name, _, query = path.partition("?")
    for suffix in ("", ".json"):
        assert site.ask(f"/evidence/-/{name}{suffix}?{query}", 404)


def test_an_ambiguous_id_lists_what_it_may_be(site, monkeypatch):
    two = [Place(1, "artifact"), Place(2, "artifact")]
    monkeypatch.setattr("evidence_db.reading.reader.Reader.starting_with", lambda *_: two)
    assert "names several records: artifact" in site.text("/evidence/-/record/abcd", 404)


def test_pages_can_only_be_read(site):
    client = site.datasette.client
    response = site.loop.run_until_complete(client.put("/evidence/-/claims"))
    assert response.status_code in (403, 405)


def test_a_damaged_record_is_told_in_a_sentence(invented, serve):
    with invented.connected() as db:
        db.execute("DROP TRIGGER claim_no_update")
        db.execute("UPDATE claim SET body = '{\"slug\": [1]}' WHERE slug = 'board-knew'")
    site, index = serve(invented), invented.index("board-knew")
    assert "Run `evidence verify`" in site.json(f"/evidence/-/record/@{index}.json", 500)["error"]


def test_a_tampered_case_says_so(invented, serve):
    invented.preserved("tender").chmod(0o600)
    invented.preserved("tender").write_text("Nothing.")
    found = serve(invented).page("/evidence/-/claim/quay-is-wired")
    assert "FAILED" in found.text


def test_other_databases_are_left_alone(invented, serve, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE seal (seed TEXT)")
    site = serve(invented, [invented.database, tmp_path / "other.db"])
    assert site.ask("/other/-/claims", 404)
    assert site.ask("/other/seal")
    assert site.ask("/nowhere/-/claims", 404)
    assert "/-/claims" not in site.text("/other").replace("/evidence/-/claims", "")


def test_two_cases_are_served_side_by_side(invented, serve, tmp_path):
    second = invented.copy_to(tmp_path / "second")
    second.run("claim", "only-here", "Only the second case has this")
    site = serve(invented, [invented.database, second.database])
    assert "Only the second" not in site.text("/evidence/-/claims")
    assert "Only the second" in site.text("/evidence_2/-/claims")
    assert site.ask("/evidence_2/seal.json", 403)


def test_a_database_of_that_name_that_is_no_case_is_left_alone(serve, template, tmp_path):
    fake = tmp_path / "evidence.db"
    with closing(sqlite3.connect(fake)) as db, db:
        db.execute("CREATE TABLE claim (idx)")
    assert serve(template, [fake]).ask("/evidence/-/claims", 404)


def test_readers_never_see_half_of_what_the_command_line_adds(invented, serve):
    site = serve(invented)
    for number in range(3):
        invented.run("claim", f"added-{number}", f"Added while it was served, {number}")
        assert f"Added while it was served, {number}" in site.text("/evidence/-/claims")


def test_a_copy_that_nobody_writes_to_is_immutable(invented, serve):
    shutil.copytree(invented.root, invented.home / "edition")
    edition = invented.home / "edition" / "evidence.db"
    with closing(sqlite3.connect(edition)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    assert is_copy(edition)
    assert not is_copy(invented.database)
    copy = served(edition)
    assert not copy.databases["evidence"].is_mutable


def test_static_files_come_with_the_same_headers(site):
    response = site.ask("/-/evidence/evidence.css")
    assert response.headers["content-type"].startswith("text/css")
    assert response.headers["x-content-type-options"] == "nosniff"
    for name in ("nothing.css", "page.py"):
        site.ask(f"/-/evidence/{name}", 404)


def test_json_is_ascii_so_that_nothing_hides_in_it(site):
    assert site.text("/evidence/-/claims.json").isascii()
    assert json.loads(site.text("/evidence/-/claims.json"))
