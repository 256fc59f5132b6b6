"""An address that no page has is answered by a page of ours, and Datasette's own are let be."""

import sqlite3
from contextlib import closing

import pytest
from browsing import SQL

from evidence_datasette.answering.compat import IS_1

NOWHERE = (
    "nonsense",
    "nonsense.json",
    "claims.xml",
    "claims.JSON",
    "claims/more/of/it",
    "verify.xml",
    "log/-1",
    "document/@0/further.json",
    "/claims",
    "a" * 5000,
    "~00",
    "~zz",
    "~",
)


@pytest.mark.parametrize("path", NOWHERE)
def test_a_page_that_a_case_has_not_is_not_found(site, path):
    response = site.ask(f"/evidence/-/{path}", 404)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    if path.endswith(".json"):
        assert "There is no page" in response.json()["error"]
        assert response.json()["status"] == 404
    else:
        assert "There is no page" in response.text
        assert 'href="/evidence/-/claims"' in response.text
        assert len(response.text) < 5000


@pytest.mark.parametrize("garbage", ["%00", "%ff%fe", "%", "%zz", "record/%00", "record/%ff%00"])
def test_what_no_text_can_be_is_not_found(site, garbage):
    response = site.ask(f"/evidence/-/{garbage}", 404, follow_redirects=True)
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_what_ends_with_a_slash_leads_to_the_page_without(site):
    response = site.ask("/evidence/-/claims/", 302)
    assert response.headers["location"] == "/evidence/-/claims"
    site.ask("/evidence/-/", 404, follow_redirects=True)
    site.ask("/evidence/-", 404)


@pytest.mark.parametrize("path", ["claims", "nonsense", "nonsense/of/some.json"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_sent_there(site, method, path):
    ask = getattr(site.datasette.client, method)
    response = site.loop.run_until_complete(ask(f"/evidence/-/{path}"))
    assert response.status_code in (403, 404, 405)


@pytest.mark.parametrize("path", ["/one/two/three/four/five", "/nowhere/-/some/page", "//x/-/y"])
def test_an_address_that_nothing_answers_to_is_not_found(site, path):
    assert "not found" in site.text(path, 404).lower() or "404" in site.text(path, 404)


@pytest.mark.parametrize("path", ["/nowhere", "/evidence/nothing", "/evidence/claim/99999"])
def test_what_is_not_found_prints_no_traceback(site, path, capfd):
    site.ask(path, 404)
    assert capfd.readouterr() == ("", "")


def test_what_is_not_there_tells_nothing_to_those_who_may_not_see_the_case(template, serve):
    site = serve(template, allow={"id": "editor"})
    for path in ("nonsense", "some/further/page"):
        found = site.ask(f"/evidence/-/{path}", (403, 404)).text
        assert "/evidence/-/claims" not in found


@pytest.mark.parametrize("path", ["some/%3Cscript%3E/of/%E2%80%AEyours", "%3Cscript%3E%E2%80%AE"])
def test_an_address_is_shown_harmlessly(site, path):
    found = site.ask(f"/evidence/-/{path}", 404, follow_redirects=True).text
    assert "<script>" not in found
    assert "\u202e" not in found


def test_a_prefix_of_the_site_is_left_out_of_account(template, serve):
    site = serve(template)
    site.datasette._settings["base_url"] = "/cases/"
    found = site.text("/evidence/-/nonsense", 404)  # to which the client adds the prefix
    assert 'href="/cases/evidence/-/claims"' in found
    assert "/cases/-/evidence/evidence.css" in found


def test_pages_of_other_databases_are_left_to_datasette(invented, serve, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute('CREATE TABLE "-" (id INTEGER PRIMARY KEY, words TEXT)')
        other.execute("""INSERT INTO "-" VALUES (7, 'a row of a table of that name')""")
    site = serve(invented, [invented.database, tmp_path / "other.db"])
    assert "a row of a table of that name" in site.text("/other/-/7")
    assert "content-security-policy" not in site.ask("/other/-/8", (404, 500)).headers


@pytest.mark.skipif(not IS_1, reason="Datasette 0.65 has no pages of its own there.")
@pytest.mark.parametrize(
    ("page", "code"),
    [
        *(("query", 403), ("query.json", 403), ("queries", 200), ("queries.json", 200)),
        *(("schema", 200), ("schema.json", 200), ("create", 405), ("execute-write", 403)),
        *(("queries/store", (403, 405)), ("foreign-key-targets", (200, 403))),
    ],
)
def test_the_pages_that_datasette_has_there_are_its_own(site, page, code):
    found = site.ask(f"/evidence/-/{page}", code)
    assert "content-security-policy" not in found.headers


def test_an_error_of_datasettes_own_pages_is_told_by_datasette(template, serve):
    site = serve(template, allow_sql=True)
    found = site.ask(f"{SQL}?sql=select+1+from+nowhere", 400)
    assert "no such table: nowhere" in found.json()["error"]
