"""Somebody who never opens a terminal finds out whether a claim holds."""

import json
import re

import pytest
from playwright.sync_api import expect

from evidence_chain.digest import b3

ASKED = {
    "demo": ("Quillmar knew", "quillmar-knew"),
    "surveillance": ("Hikvision knew", "hikvision-knew"),
}
ASKING = (("demo", True), ("surveillance", True), ("surveillance", False))
SAYS = re.compile(r"has (\d+) independent origins? and is seen through (\d+) preserved documents?")


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request):
    return request.param


@pytest.fixture(params=ASKING, ids=lambda asking: "-".join(map(str, asking)))
def asked(request, read):
    """Somebody with scripts or without, the words of a claim in a case, and its short name."""
    name, scripts = request.param
    site = request.getfixturevalue(name)
    return read(site, scripts=scripts), *ASKED[name]


def find(reader, words, slug):
    """Go from the claims to one claim as somebody would who looks for it."""
    page = reader.go("claims")
    page.get_by_label("Words of the statement").fill(words)
    page.get_by_role("button", name="Show").click()
    card = page.locator(".claims > li").filter(has=page.locator("code", has_text=slug))
    expect(card).to_have_count(1)
    return card


def open_claim(reader, words, slug):
    find(reader, words, slug).get_by_role("heading").get_by_role("link").click()
    expect(reader.page).to_have_url(reader.site.at(f"claim/{slug}"))
    return reader.page


def first_document(resolved):
    return next(
        link["record"]["document"] for link in resolved["chain"] if link["record"].get("document")
    )


def test_a_claim_is_found_and_has_the_numbers_of_the_command_line(asked):
    reader, words, slug = asked
    site = reader.site
    resolved = site.resolved(slug)
    card = find(reader, words, slug)
    expect(card.locator(".status")).to_contain_text(resolved["status"])
    shown = [int(one) for one in card.locator(".counts b").all_inner_texts()]
    assert shown == [resolved[name] for name in ("supports", "contradicts", "qualifies")]
    origins, documents = SAYS.search(card.inner_text()).groups()
    assert [int(origins), int(documents)] == [resolved["origins"], resolved["documents"]]
    page = open_claim(reader, words, slug)
    expect(page.locator(".axes .status").first).to_contain_text(resolved["status"])
    for relation in ("supports", "contradicts", "qualifies"):
        links = [link for link in resolved["chain"] if link["relation"] == relation]
        expect(page.locator(f"#{relation} > article")).to_have_count(len(links))
    page.get_by_role("link", name="This page as JSON").click()
    assert json.loads(page.locator("body").inner_text()) == resolved


def test_a_passage_of_a_claim_is_read_in_its_document(asked):
    reader, words, slug = asked
    page = open_claim(reader, words, slug)
    card = page.locator("article.card").filter(has=page.locator(".passage mark")).last
    said = card.locator(".passage mark").inner_text()
    if not card.locator("details.proof[open]").count():
        card.locator("details.proof summary").click()
    card.get_by_role("link", name="all its fields").click()
    page.locator("blockquote.place + p a").first.click()
    expect(page.locator("h2#text")).to_be_attached()
    link = page.locator(f"a.stands#{page.url.partition('#')[2]}")
    expect(link).to_be_in_viewport()
    marked = link.locator("xpath=following::mark[1]")
    expect(marked).to_be_in_viewport()
    assert marked.inner_text().split() == said.split()[: len(marked.inner_text().split())]


def test_a_claim_is_verified_and_says_which_file_was_changed(asked, altered):
    reader, words, slug = asked
    site = reader.site
    document = first_document(site.resolved(slug))
    page = open_claim(reader, words, slug)
    page.get_by_role("button", name="Verify this claim").click()
    expect(page.locator(".said")).to_contain_text("Every check holds", timeout=60_000)
    expect(page.locator(".checks .outcome.failed")).to_have_count(0)
    altered(site.case.kept(document["blake3"]))
    page.get_by_role("button", name="Verify this claim").click()
    expect(page.locator(".said")).to_contain_text("Failed:", timeout=60_000)
    expect(page.locator(".said")).to_contain_text("file")
    failed = page.locator(".checks > li").filter(has=page.locator(".outcome.failed"))
    expect(failed).to_have_count(1)
    expect(failed.locator("b")).to_have_text("file")
    expect(failed).to_contain_text(document["filename"])


def test_the_page_of_a_claim_says_what_failed_without_being_asked(demo, read, altered):
    document = first_document(demo.resolved("quillmar-knew"))
    altered(demo.case.kept(document["blake3"]))
    page = read(demo).go("claim/quillmar-knew")
    expect(page.locator(".axes .outcome").first).to_contain_text("FAILED")
    expect(page.locator(".failures")).to_contain_text("not what was preserved")
    expect(page.locator("svg.graph .node.failed")).not_to_have_count(0)


def test_a_digest_is_copied_to_the_character(demo, read):
    reader = read(demo)
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    document = first_document(demo.resolved("quillmar-knew"))
    page = reader.go("claim/quillmar-knew")
    card = page.locator("article.card").filter(has_text=document["filename"]).first
    card.locator("details.proof summary").click()
    card.get_by_role("button", name="Copy: BLAKE3 of the file").click()
    expect(card.get_by_role("button", name="Copy: BLAKE3 of the file")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == demo.case.body(document["id"])["blake3"]


def test_the_file_that_is_downloaded_is_the_one_that_was_preserved(demo, scripts, read):
    document = first_document(demo.resolved("quillmar-knew"))
    page = read(demo, scripts=scripts).go(f"document/{document['id']}")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the file").click()
    download = downloading.value
    assert download.suggested_filename == document["filename"]
    assert b3(download.path().read_bytes()).hex() == document["blake3"]


def test_words_are_found_in_claims_passages_and_documents(demo, scripts, read):
    page = read(demo, scripts=scripts).go("claims")
    page.get_by_role("navigation").get_by_role("link", name="Search").click()
    page.get_by_label("Words in claims").fill("table of positions")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("h2")).to_have_text(["Claims and passages", "Documents"])
    found = page.locator(".hits")
    for place in (found.first, found.last):
        expect(place.locator("mark").first).to_be_visible()
    found.last.get_by_role("link").first.click()
    expect(page.locator("h2#text")).to_be_attached()


def test_what_is_pointed_at_stands_out_in_the_drawing(demo, read):
    page = read(demo).go("claim/quillmar-knew")
    drawing = page.locator("svg.graph")
    expect(drawing).not_to_have_class(re.compile("is-lit"))
    drawing.locator("a.node.record").first.hover()
    expect(drawing).to_have_class(re.compile("is-lit"))
    expect(drawing.locator(".edge.lit")).not_to_have_count(0)
    drawing.locator("a.node.record").last.focus()
    expect(drawing.locator(".node.record.lit")).not_to_have_count(0)
