"""The queries of `datasette-metadata.json`, and links from Datasette's pages to ours."""

import pytest

from evidence_datasette.answering.compat import IS_1


def rows(site, query, **params):
    return site.ask(f"/evidence/{query}.json", params=params | {"_shape": "array"}).json()


def test_chain_of_a_claim(site):
    found = rows(site, "chain_of_a_claim", claim="board-knew")
    assert [(row["claim"], row["relation"], row["kind"]) for row in found] == [
        ("board-knew", "supports", "claim"),
        ("board-knew", "supports", "evidence/quote"),
        ("board-knew", "contradicts", "evidence/quote"),
        ("board-was-told", "supports", "evidence/quote"),
    ]
    ended = rows(site, "chain_of_a_claim", claim="microphones-listen")
    assert {(row["record_is"], row["link_is"]) for row in ended} == {
        ("stands", "stands"),
        ("replaced", "retracted"),
    }


def test_claims_of_a_document(site):
    body = site.case.body("minutes")
    for reference in (site.case.ids["minutes"], site.case.ids["minutes"][:8], body["blake3"]):
        found = rows(site, "claims_of_a_document", document=reference)
        assert {row["claim"] for row in found} == {"board-knew", "board-was-told"}
    assert rows(site, "claims_of_a_document", document="") == []


def test_what_rests_on_one_origin_only(site):
    found = {row["claim"]: row["origin"] for row in rows(site, "rests_on_one_origin_only")}
    assert found == {"board-was-told": "Letter of the auditor", "quay-is-wired": "The tender"}
    for slug in found:
        assert site.case.json("resolve", slug)["origins"] == 1
    assert site.case.json("resolve", "board-knew")["origins"] == 2


def test_two_records_that_repeat_one_release_rest_on_it_alone(invented, serve):
    ids = invented.ids
    invented.run("unlink", ids["deaf"], "microphones-listen", "--reason", "Read again")
    for name in ("deaf", "trained"):
        invented.run("link", ids[name], "microphones-listen", "--supports")
    found = {row["claim"]: row for row in rows(serve(invented), "rests_on_one_origin_only")}
    assert found["microphones-listen"]["supporting_records"] == 2
    assert found["microphones-listen"]["origin"] == "The release"


def test_what_contradicts(site):
    every = rows(site, "what_contradicts")
    assert {row["claim"] for row in every} == {"board-knew", "microphones-listen"}
    (one,) = rows(site, "what_contradicts", claim="board-knew")
    assert (one["who"], one["why"]) == ("The harbour master", "Under oath")


@pytest.mark.parametrize(
    ("phrase", "number"),
    [("told in writing", 1), ("told about", 1), ("writing in", 0), ('"', 0), ("", 0), ("told", 3)],
)
def test_where_a_phrase_stands(site, phrase, number):
    assert len(rows(site, "where_a_phrase_stands", phrase=phrase)) == number


def test_what_is_not_held(site):
    (letter,) = rows(site, "what_is_not_held")
    assert (letter["title"], letter["records_that_go_back_to_it"]) == ("Letter of the auditor", 1)


def test_what_was_retracted(site):
    (one,) = rows(site, "what_was_retracted")
    assert (one["kind"], one["reason"]) == ("link", "Repeats the release")
    assert rows(site, "what_was_retracted", before="1") == []


def test_tables_are_searched_through_the_index(site):
    found = site.rows("/evidence/claim.json?_search=recordings")
    assert [row["slug"] for row in found] == ["board-knew"]
    assert len(site.rows("/evidence/evidence.json?_search=deaf")) == 2


def test_datasette_links_to_our_pages(site):
    assert "/evidence/-/claims" in site.page("/").links
    assert "/evidence/-/search" in site.page("/evidence").links
    assert "/evidence/-/log" in site.page("/evidence/entry").links
    index = site.case.index("board-knew")
    assert f"/evidence/-/claim/@{index}" in site.page("/evidence/claim").links
    assert "/evidence/-/document/@1" in site.page("/evidence/artifact").links
    assert "/evidence/-/record/@0" in site.page("/evidence/entry").links
    assert f"/evidence/-/claim/@{index}" in site.page(f"/evidence/claim/{index}").links
    for link in (f"claim/@{index}", "document/@1", "record/@1"):
        site.ask(f"/evidence/-/{link}")


@pytest.mark.skipif(not IS_1, reason="Datasette 0.65 has no actions for rows.")
def test_a_row_has_its_proof_among_its_actions(site):
    assert "/evidence/-/log/1" in site.page("/evidence/artifact/1").links


def test_our_pages_link_back_to_tables_and_rows(site):
    index = site.case.index("board-knew")
    assert f"/evidence/claim/{index}" in site.page("/evidence/-/claim/board-knew").links
    assert "/evidence" in site.page("/evidence/-/claims").links


def test_answers_lead_to_the_pages_of_what_they_name(site):
    index = site.case.index("never")
    links = site.page("/evidence/what_contradicts?claim=board-knew").links
    assert "/evidence/-/claim/board-knew" in links
    assert f"/evidence/-/log/{index}" in links
