"""Datasette's own pages of a case: in our dress, with ways back, and with all that they had."""

import re
import sqlite3

import pytest

TABLES = ("/evidence/claim", "/evidence/evidence", "/evidence/artifact", "/evidence/link")
CELLS = re.compile(r'<t[dh] [^>]*class="col-([^ "]+)')


def rows(html):
    table = re.search(r'<table class="rows-and-columns.*?</table>', html, re.DOTALL)[0]
    return [CELLS.findall(row) for row in table.split("</tr>")[:-1]]


def index(site, slug):
    (row,) = site.rows(f"/evidence/claim.json?slug={slug}")
    return row["idx"]


@pytest.mark.parametrize("path", ["/", "/evidence", "/evidence/what_contradicts", *TABLES])
def test_every_page_has_our_style_sheet_and_says_its_language(site, path):
    html = site.text(path)
    assert '<html lang="en">' in html
    assert '<link rel="stylesheet" href="/-/evidence/tables.css">' in html
    assert site.ask("/-/evidence/tables.css").headers["content-type"].startswith("text/css")


def test_the_style_sheet_knows_the_colours_of_ours_by_day_and_by_night(site):
    ours, tables = (site.text(f"/-/evidence/{name}.css") for name in ("evidence", "tables"))
    assert ours in tables
    assert tables.startswith("@layer ours {")
    assert "prefers-color-scheme: dark" in tables


@pytest.mark.parametrize("path", TABLES)
def test_the_raw_record_is_the_last_column_and_none_is_lost(site, path):
    html = site.text(path)
    (given,) = {tuple(row) for row in rows(html)}
    assert given[-1] == "body"
    columns = list(site.rows(f"{path}.json?_size=1")[0])
    assert sorted(given) == sorted(columns)
    named = re.findall(r'nth-of-type\((\d+)\):before \{ content: "([^"]*)"', html)
    assert named == [(str(n), name) for n, name in enumerate(given, 1)]


def test_a_row_has_the_raw_record_last_and_leads_to_the_pages_of_it(site):
    claim = index(site, "board-knew")
    html = site.text(f"/evidence/claim/{claim}")
    assert {row[-1] for row in rows(html)} == {"body"}
    assert f'href="/evidence/-/claim/@{claim}"' in html
    assert f'href="/evidence/-/log/{claim}"' in html
    document = site.rows("/evidence/artifact.json?_size=1")[0]["idx"]
    assert f'href="/evidence/-/document/@{document}"' in site.text(f"/evidence/artifact/{document}")
    link = site.rows("/evidence/link.json?_size=1")[0]["idx"]
    assert f'href="/evidence/-/record/@{link}"' in site.text(f"/evidence/link/{link}")
    assert f'href="/evidence/-/record/@{claim}"' in site.text(f"/evidence/entry/{claim}")


def test_ways_back_stand_on_every_page_of_the_case_and_none_on_that_of_all(site):
    for path in ("/evidence", "/evidence/claim", "/evidence/what_is_not_held"):
        html = site.text(path)
        for page in ("claims", "search", "log"):
            assert f'<li><a href="/evidence/-/{page}">' in html
    assert "of-case" not in site.text("/")


def test_what_is_filled_in_has_a_name(site):
    html = site.text("/evidence/claim?slug__contains=knew&_facet=recorded_by")
    parts = re.findall(r'<(?:select|input type="text")[^>]*name="_filter[^>]*>', html)
    assert len(parts) >= 6
    assert all("aria-label" in part for part in parts)


def test_facets_filters_sorting_and_json_stay(site):
    html = site.text("/evidence/evidence?_facet=kind&match_status=verbatim&_sort=idx")
    assert "facet-results" in html
    assert 'name="_filter_column_1"' in html
    assert "/evidence/evidence.json?" in html
    (row,) = site.rows("/evidence/claim.json?slug=board-knew")
    assert list(row)[:2] == ["idx", "body"]
    assert row["body"].startswith("{")


def test_a_long_record_is_folded_with_all_of_it_within(site):
    html = site.text("/evidence/claim?slug=board-knew")
    (row,) = site.rows("/evidence/claim.json?slug=board-knew")
    (cell,) = re.findall(r'<td class="col-body[^>]*>(.*?)</td>', html, re.DOTALL)
    assert cell.strip().startswith("<details><summary>{")
    assert row["body"] in cell.replace("&#34;", '"').replace("&#39;", "'")


def test_what_a_case_says_is_not_taken_for_markup(invented, serve):
    said = '</h1></td></tr></table><body><td class="col-body">x</td>'
    invented.run("claim", "odd", said)
    site = serve(invented)
    html = site.text("/evidence/claim")
    assert said not in html
    (given,) = {tuple(row) for row in rows(html)}
    assert given[-1] == "body"
    row = site.text(f"/evidence/claim/{index(site, 'odd')}")
    assert said not in row
    assert row.count('class="of-record"') == 1


def test_other_databases_keep_datasettes_own_dress(invented, serve, tmp_path):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE plain (body, name)")
        db.execute("INSERT INTO plain VALUES ('{\"a\": 1}', 'x')")
    site = serve(invented, files=[invented.database, other])
    html = site.text("/other/plain")
    assert "tables.css" not in html
    assert html.index("col-body") < html.index("col-name")


def test_a_column_that_is_only_called_alike_stays_in_its_place(invented, serve):
    """So that where the window is narrow each value has the name of its own column."""
    with invented.connected() as db:
        db.execute('CREATE TABLE ours (first, "body-text", "body 2", last)')
        db.execute("INSERT INTO ours VALUES (1, 2, 3, 4)")
    html = serve(invented).text("/evidence/ours")
    named = re.findall(r'nth-of-type\(\d+\):before { content: "([^"]*)"', html)
    assert named[-4:] == ["first", "body-text", "body 2", "last"]
    cells = re.findall(r'<td class="col-[^"]*">(\d)</td>', html)
    assert cells[-4:] == ["1", "2", "3", "4"]
