"""Seeds and salts are in no page, query or function; Datasette's permissions hold."""

import json
import sqlite3

import pytest
from browsing import PAGES, SQL

from evidence_chain.digest import b3
from evidence_chain.entry import derive_salts
from evidence_db.publishing.writing.metadata import packaged

QUERIES = {
    "chain_of_a_claim": "claim=board-knew",
    "what_contradicts": "claim=",
    "where_a_phrase_stands": "phrase=recordings",
}
TABLES = ("claim", "evidence", "artifact", "original", "link", "retraction", "entry", "checkpoint")


@pytest.fixture(scope="module")
def secrets(template):
    """Every seed and salt of the case, as a page might show it."""
    with template.connected() as db:
        rows = db.execute("SELECT seed, entry FROM seal JOIN entry USING (idx)").fetchall()
    seeds = [seed for seed, _ in rows]
    salts = [
        salt.hex()
        for seed, entry in rows
        for salt in derive_salts(seed, json.loads(entry)["sealed"]).values()
    ]
    return {*salts, *(seed.hex() for seed in seeds), *(seed.hex().upper() for seed in seeds)}


def shown(site):
    """Everything that anybody may look at."""
    yield from (f"/evidence/-/{page}" for page in PAGES)
    yield from (f"/evidence/-/{page.partition('?')[0]}.json" for page in PAGES)
    yield from (f"/evidence/{table}{suffix}" for table in TABLES for suffix in ("", ".json"))
    yield from (f"/evidence/{table}/0.json" for table in ("entry", "artifact"))
    for query in packaged()["databases"]["evidence"]["queries"]:
        yield from (f"/evidence/{query}{s}?{QUERIES.get(query, '')}" for s in ("", ".json"))
    yield from ("/", "/evidence", "/evidence.json", "/-/databases.json", "/-/metadata.json")


def test_no_page_has_a_secret(site, secrets):
    for path in shown(site):
        text = site.loop.run_until_complete(site.datasette.client.get(path)).text
        assert not [secret for secret in secrets if secret in text], path


ASKED = (".json?_shape=array&_nofacet=1&_nosuggest=1", ".csv?_nosuggest=1", "/-/fragment")
"""How Datasette may be asked for a table, in either of its versions."""
OF_COLUMNS = (
    *("?_col=seed&_col=salts", "?_facet=salts", "?_facet_array=salts", "?_sort=salts"),
    *("?_sort_desc=seed", "?salts__contains=a", "?seed__gt=0", "?_where=salts+is+not+null"),
    *("?_search=a", "?_search_salts=a", "?_json=salts", "?_next=0"),
    "?_extra=columns,query,debug,request,display_rows,render_cell,suggested_facets",
)


def names_of(case):
    """The tables and views of the database."""
    with case.connected() as db:
        named = db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        return [name for (name,) in named]


def test_no_table_shows_a_secret_however_it_is_asked_for(site, secrets):
    with site.case.connected() as db:
        seeds = [seed for (seed,) in db.execute("SELECT seed FROM seal")]
    for path in (f"/evidence/{table}{asked}" for table in names_of(site.case) for asked in ASKED):
        answer = site.loop.run_until_complete(site.datasette.client.get(path))
        assert not [secret for secret in secrets if secret in answer.text], path
        assert not [seed for seed in seeds if seed in answer.content], path


@pytest.mark.parametrize("table", ["seal", "record"])
def test_no_question_about_columns_opens_what_is_closed(site, table):
    for asked in OF_COLUMNS:
        for suffix in ("", ".json", ".csv"):
            site.ask(f"/evidence/{table}{suffix}{asked}", (400, 403))


@pytest.mark.parametrize("path", ["databases", "metadata", "config", "settings", "schema", "jump"])
def test_nothing_about_the_whole_shows_a_secret(site, secrets, path):
    for suffix in ("", ".json"):
        answer = site.loop.run_until_complete(site.datasette.client.get(f"/-/{path}{suffix}"))
        assert not [secret for secret in secrets if secret in answer.text]


@pytest.mark.parametrize("part", ["data", "idx", "docsize", "config"])
def test_the_parts_of_the_search_index_are_closed(site, part):
    """They have words of a text for as long as the index isn't built anew."""
    for suffix in ("", ".json", ".csv", "/1.json", "/1.blob?_blob_column=block"):
        site.ask(f"/evidence/search_{part}{suffix}", (403, 404))
    assert site.json("/evidence/claim.json?_search=recordings")["rows"]
    assert site.json("/evidence/-/search.json?q=recordings")["records"]


def test_those_who_may_not_see_a_case_find_it_in_no_menu(template, serve):
    site = serve(template, allow={"id": "editor"})
    assert "/evidence/-/claims" not in site.text("/")
    assert "/evidence/-/claims" in serve(template).text("/")


def test_what_cannot_be_checked_in_sql_is_told_without_where_it_lies(invented, serve):
    site = serve(invented, allow_sql=True)
    with invented.connected() as db:
        db.execute("DROP TRIGGER link_no_update")
        db.execute("DROP INDEX link_to")
        db.execute("ALTER TABLE tree_node RENAME TO tree_knot")
    found = json.dumps(verified(site, invented.ids["board-knew"]))
    assert "tree_node" in found
    assert str(invented.root) not in found


@pytest.mark.parametrize(
    "path",
    [
        *("/evidence/seal", "/evidence/seal.json", "/evidence/record", "/evidence/record.json"),
        "/evidence/seal.csv",
        *("/evidence/seal/0", "/evidence/seal/0.json"),
        "/evidence/seal/0.blob?_blob_column=seed",
        "/evidence.db",
    ],
)
def test_what_opens_the_log_is_forbidden(site, path):
    site.ask(path, 403)


@pytest.mark.parametrize("path", ["SEAL", "SEAL.json", "Record.json", "[seal].json"])
def test_no_other_spelling_opens_them(site, path):
    site.ask(f"/evidence/{path}", (403, 404))


def test_they_are_forbidden_though_the_metadata_forgot_to_say_so(template, serve):
    site = serve(template, tables={})
    site.ask("/evidence/seal.json", 403)
    site.ask("/evidence/record.json", 403)


def test_strangers_run_no_sql(site):
    site.ask(f"{SQL}?sql=select+1", 403)
    site.ask("/evidence/claim.json?_where=1=1", (400, 403))


def test_strangers_run_no_sql_though_metadata_and_settings_forgot_to_say_so(template, serve):
    site = serve(template, allow_sql=...)
    site.ask(f"{SQL}?sql=select+1", 403)


@pytest.mark.parametrize(
    "sql",
    [
        "select seed, salts from seal",
        "select hex(seed) as seed from seal",
        "select salts from record",
        "select group_concat(salts) as salts from (select * from record)",
        "with s as (select * from seal) select * from s",
        "select json_group_array(salts) as salts from seal join entry using (idx)",
        "select seal.salts || '' as salts from seal",
    ],
)
def test_who_may_run_sql_reads_no_secret(template, serve, secrets, sql):
    site = serve(template, allow_sql=True)
    params = {"sql": sql, "_shape": "array"}
    text = site.ask(SQL, (200, 400), params=params).text
    assert not [secret for secret in secrets if secret in text]
    assert site.rows(f"{SQL}?sql=select+slug+from+claim")


def test_blake3_in_sql_is_that_of_the_text(template, serve):
    site = serve(template, allow_sql=True)
    (row,) = site.rows(f"{SQL}?sql=select+blake3('abc')+a,+blake3(x'616263')+b,+blake3(null)+c")
    assert row == {"a": b3(b"abc").hex(), "b": b3(b"abc").hex(), "c": None}


def verified(site, id_):
    sql = {"sql": "select evidence_verify(:id) as found", "id": id_, "_shape": "array"}
    (row,) = site.ask(SQL, params=sql).json()
    return row["found"] and json.loads(row["found"])


def test_a_record_is_checked_in_sql(template, serve, secrets):
    site = serve(template, allow_sql=True)
    assert verified(site, "f" * 64) is None
    for name in ("never", "tender", "board-knew", "retraction"):
        found = verified(site, template.ids[name])
        assert found["outcome"] == "holds" or not found["counts"]["failed"]
        assert not [secret for secret in secrets if secret in json.dumps(found)]


def test_a_record_whose_values_were_changed_fails_in_sql(invented, serve):
    with invented.connected() as db:
        db.execute("DROP TRIGGER claim_no_update")
        db.execute("UPDATE claim SET body = replace(body, 'harbour', 'market')")
    found = verified(serve(invented, allow_sql=True), invented.ids["board-knew"])
    assert found["outcome"] == "failed"
    assert "commitment" in {one["check"] for one in found["findings"]}


@pytest.mark.parametrize("page", PAGES)
def test_who_may_not_see_the_database_sees_no_page(template, serve, page):
    site = serve(template, allow={"id": "editor"})
    name, _, query = page.partition("?")
    site.ask(f"/evidence/-/{name}?{query}", 403)
    site.ask(f"/evidence/-/{name}.json?{query}", 403)


@pytest.mark.parametrize(("table", "page"), [("evidence", "claims"), ("artifact", "document/@1")])
def test_who_may_not_see_a_table_sees_no_page_with_its_rows(template, serve, table, page):
    described = packaged()["databases"]["evidence"]["tables"]
    described[table] = {"allow": {"id": "editor"}}
    site = serve(template, tables=described)
    site.ask(f"/evidence/-/{page}.json", 403)
    site.ask("/evidence/-/log/0.json")


def test_the_connection_of_another_database_is_left_as_it_is():
    from evidence_datasette.answering import functions

    connection = sqlite3.connect(":memory:")
    functions.prepare_connection(connection, "nothing", type("D", (), {"databases": {}})())
    with pytest.raises(sqlite3.OperationalError, match="no such function"):
        connection.execute("SELECT blake3('x')")
    connection.close()


@pytest.mark.parametrize("path", ["/-/databases", "/-/databases.json"])
def test_nobody_is_told_where_the_case_lies(site, path):
    (shown,) = [one for one in site.json(path) if one["name"] == "evidence"]
    assert shown["path"] is None
    assert str(site.case.root) not in site.text(path)


def test_a_case_that_is_closed_is_not_listed(template, serve):
    assert "evidence" not in serve(template, allow={"id": "editor"}).text("/-/databases.json")
