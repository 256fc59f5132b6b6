"""Datasette's own tables: nothing hidden in a cell, and the database that is there now."""

import re
import shutil

import pytest

from cases import make_empty_case

RLO, BELL, HIDDEN = "\u202e", "\x07", "\u200b"


def test_what_reorders_or_hides_a_line_is_shown_as_what_it_is(tmp_path, serve):
    case = make_empty_case(tmp_path)
    title = f"Tender{RLO}gpj.exe{BELL}{HIDDEN} & <b>"
    case.run("add", "original", "--title", title, "--note", f"Note {RLO}")
    case.run("claim", "knew", f"They{HIDDEN} knew")
    site = serve(case)
    for path in ("/evidence/original", "/evidence/claim", "/evidence/original/1"):
        html = site.text(path)
        seen = re.sub("<[^>]*>", "", html.partition("<tbody>")[2].partition("</tbody>")[0])
        assert not {RLO, BELL, HIDDEN} & set(seen)
        assert "U+202E" in html or "U+200B" in html
    assert "&lt;b&gt;" in site.text("/evidence/original")


PLACES = ("?_facet=title", "?title__contains=%E2%80%AEgpj", "?_sort=title", "/1")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_hidden_beside_the_cells_either(tmp_path, serve, place):
    case = make_empty_case(tmp_path)
    case.run("add", "original", "--title", f"Tender{RLO}gpj.exe")
    case.run("add", "original", "--title", f"Tender{RLO}gpj.exe", "--note", "Another")
    html = serve(case).text(f"/evidence/original{place}")
    assert RLO not in html
    assert "U+202E" in html


def test_a_database_that_was_replaced_is_read_anew(invented, tmp_path, serve):
    old = tmp_path / "old.db"
    shutil.copy(invented.database, old)
    site = serve(invented)
    assert len(site.rows("/evidence/claim.json")) == 4
    invented.run("claim", "later", "Later")
    assert len(site.rows("/evidence/claim.json")) == 5
    for name in ("evidence.db-wal", "evidence.db-shm"):
        (invented.root / name).unlink(missing_ok=True)
    old.rename(invented.database)
    for _ in range(4):
        assert len(site.rows("/evidence/claim.json")) == 4


def test_a_database_that_is_gone_is_told(invented, serve):
    site = serve(invented)
    assert site.rows("/evidence/claim.json")
    invented.database.rename(invented.root / "elsewhere.db")
    assert site.ask("/evidence/claim.json", (400, 404, 500)).status_code >= 400
