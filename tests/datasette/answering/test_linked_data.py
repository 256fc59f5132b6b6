"""`.jsonld` of claims and records, and how a page names it."""

import pytest


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("claim/board-knew", "Claim"),
        ("record/board-knew", "Claim"),
        ("record/@1", "MediaObject"),
        ("record/@5", "CreativeWork"),
        ("record/@6", "Annotation"),
    ],
)
def test_a_page_names_its_linked_data(site, page, kind):
    path = f"/evidence/-/{page}.jsonld"
    response = site.ask(path)
    assert response.headers["content-type"].startswith("application/ld+json")
    found = response.json()
    assert (found.get("@type") or found["type"]) == kind
    assert path in site.page(f"/evidence/-/{page}").links


def test_what_bears_on_a_claim_is_what_the_page_shows(site):
    found = site.json("/evidence/-/claim/board-knew.jsonld")
    (disputing,) = found["cito:isDisputedBy"]
    assert disputing["text"] == "We were never told about the recordings."
    assert disputing["@id"] == f"/evidence/-/record/{site.case.ids['never']}"
    assert found == site.json("/evidence/-/record/board-knew.jsonld")


def test_a_link_and_a_retraction_say_what_they_join(site):
    ids = site.case.ids
    link = site.json(f"/evidence/-/record/{ids['never-knew']}.jsonld")
    assert link["cito:disputes"] == {"@id": f"/evidence/-/record/{ids['board-knew']}"}
    gone = site.json(f"/evidence/-/record/{ids['retraction']}.jsonld")
    assert gone["cito:retracts"] == {"@id": f"/evidence/-/record/{ids['repeated-listen']}"}


def test_a_passage_is_an_annotation_of_its_file(site):
    found = site.json(f"/evidence/-/record/{site.case.ids['never']}.jsonld")
    (target,) = found["target"]
    assert target["source"].startswith("ni:///sha-256;")
    assert target["selector"][0]["exact"] == found["body"][0]["value"]
