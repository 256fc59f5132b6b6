"""A served edition shows no value that it doesn't hold, and says what is withheld, and why."""

import re
from html import unescape
from urllib.parse import quote, urldefrag

import pytest
from browsing import SQL, Site

from cases import CaseDir
from editions import ALL_SHOWN, publish
from evidence_datasette.serving import served

SECRETS = {
    "speaker": "Zerlina Quackenbush",
    "note": "whispered to us behind the gasworks",
    "link": "for Ottokar trusts nobody",
    "file": "Pumpernickel was served to the inspectors at noon.",
    "filename": "drosselbart-pelikan.txt",
    "title": "Rolls of the Pelikan lodge",
    "reason": "Mistaken for Hieronymus",
    "change": "Ermintrude Quackenbush",
    "original": "Diary of the quartermaster",
    "statement": "The quartermaster sold the ladle",
    "slug": "ladle-was-sold",
}
WHY = "It protects a source of ours."
PAGES = 400
"""Addresses that are asked for at most."""
SHOWING = ("document", "record")
"""Pages of a preserved file."""
TABLES = ("claim", "evidence", "artifact", "original", "link", "retraction", "entry", "record")


def hide(case):
    """Record all of these, and withhold them. What they are called."""
    words = ("--artifact", "minutes.txt", "--text", "Nobody objected. The board took note")
    quoted = case.id("add", "quote", *words, "--speaker", SECRETS["speaker"])
    noted = case.id(
        *("add", "quote", "--artifact", "minutes.txt"),
        *("--text", "The auditor wrote on 2 May", "--note", SECRETS["note"]),
    )
    case.run("amend", quoted, "--speaker", SECRETS["change"], "--reason", SECRETS["reason"])
    link = case.id("link", noted, "board-knew", "--qualifies", "--note", SECRETS["link"])
    file = case.write(SECRETS["filename"], SECRETS["file"])
    lent = case.id("add", "artifact", file, "--title", SECRETS["title"])
    inside = case.id("add", "quote", "--artifact", lent, "--text", SECRETS["file"])
    case.run("link", inside, "board-knew", "--supports")
    diary = case.id("add", "original", "--title", SECRETS["original"])
    claim = case.id("claim", SECRETS["slug"], SECRETS["statement"])
    case.run("link", quoted, claim, "--supports")
    for reference, *fields in (
        (quoted, "speaker"),
        (noted, "note"),
        (link, "note"),
        (lent,),
        (inside,),
        (diary,),
        (claim, "statement"),
        ("release.html", "size"),
    ):
        named = [word for one in fields for word in ("--field", one)]
        case.run("withhold", reference, *named, "--reason", WHY)
    case.run("checkpoint")
    return {"quoted": quoted, "noted": noted, "lent": lent, "inside": inside, "claim": claim}


@pytest.fixture(scope="module")
def edition(template, tmp_path_factory):
    """The edition, and the ids of what is hidden in it."""
    case = template.copy_to(tmp_path_factory.mktemp("hidden"))
    ids = hide(case)
    return publish(case, case.home / "out", words=(*ALL_SHOWN, "--site")), ids, case


@pytest.fixture(scope="module")
def site(edition):
    out, _, case = edition
    served_case = CaseDir(case.home, case.ids)
    site = Site(served_case, served(out.path / "data" / "evidence.db"))
    yield site
    site.close()


def asked_of(ids):
    """What a reader asks for to get at it: searches, filters, facets, SQL, wrong addresses."""
    for words in SECRETS.values():
        some = quote(max(words.split(), key=len))
        yield f"/evidence/-/search?q={some}"
        yield f"/evidence/-/search.json?q={quote(words)}"
        yield f"/evidence/-/claim/{quote(words)}"
        yield f"{SQL}?sql=select+*+from+search+where+search+match+%27{some.replace('-', '+')}%27"
        yield f"/evidence/evidence.json?_search={some}"
    for table in TABLES:
        for suffix in ("", ".json", ".csv?_size=max"):
            yield f"/evidence/{table}{suffix}"
        yield f"{SQL}?sql=select+*+from+{table}"
    for column in ("speaker", "note", "body"):
        yield f"/evidence/evidence.json?_facet={column}&_size=0"
        yield f"/evidence/evidence?_facet={column}"
    for id_ in ids.values():
        for page in ("record", "claim", "document", "file", "proofs"):
            yield from (f"/evidence/-/{page}/{id_}{s}" for s in ("", ".json", ".jsonld"))


def links_in(text):
    for found in re.findall(r'href="([^"]+)"', text):
        address = urldefrag(found.replace("&amp;", "&")).url
        if address.startswith("/") and not address.startswith("//"):
            yield address


def test_no_answer_has_what_the_edition_does_not_hold(site, edition):
    _, ids, _ = edition
    todo = ["/", "/evidence", "/evidence/-/claims", "/evidence/-/log", *asked_of(ids)]
    seen, statuses = set(todo), set()
    while todo and len(seen) <= PAGES:
        address = todo.pop(0)
        answer = site.loop.run_until_complete(site.datasette.client.get(address))
        statuses.add(answer.status_code)
        text = answer.text
        for name, words in SECRETS.items():
            asked = {words, max(words.split(), key=len)}
            found = [one for one in asked if one in text and one not in unquoted(address)]
            assert not found, (address, name)
        fresh = [one for one in links_in(text) if one not in seen and "/-/static" not in one]
        seen.update(fresh[:20])
        todo += fresh[:20]
    assert {200, 404} <= statuses


def unquoted(address):
    from urllib.parse import unquote_plus

    return unquote_plus(address)


def test_what_is_withheld_is_named_with_its_reason_and_links_stay(site, edition):
    _, ids, _ = edition
    page = site.page("/evidence/-/claim/board-knew")
    assert f"One supporting quote is withheld: {WHY}" in page.text
    assert "a withheld quote" in site.text("/evidence/-/claim/board-knew")
    shown = site.json("/evidence/-/claim/board-knew.json")
    (link,) = [one for one in shown["chain"] if one["record"]["id"] == ids["inside"]]
    assert link["record"]["withheld"] == {"fields": None, "reason": WHY, "shown": []}
    record = site.page(f"/evidence/-/record/{ids['quoted']}")
    assert f"Why speaker is withheld: {WHY}" in record.text
    whole = site.page(f"/evidence/-/record/{ids['inside']}")
    assert f"Why all of it is withheld: {WHY}" in whole.text
    assert "a withheld preserved file" not in whole.text
    claims = site.page("/evidence/-/claims")
    assert "The statement is withheld" in claims.text


def test_a_page_tells_all_that_is_withheld_and_overridden(site, edition):
    out, ids, _ = edition
    said = out.said
    (overridden,) = [one for one in said["gate"] if one["outcome"] == "overridden"]
    page = site.page("/evidence/-/withheld")
    shown = unescape(page.text)
    assert overridden["detail"] in shown
    assert {one["reason"] for one in said["withheld"]} == {WHY}
    assert WHY in shown
    listed = site.json("/evidence/-/withheld.json")
    assert [one["idx"] for one in listed["records"]] == [one["idx"] for one in said["withheld"]]
    last = said["withheld"][-1]["idx"]
    rest = site.json(f"/evidence/-/withheld.json?from={last}")["records"]
    assert [one["idx"] for one in rest] == [last]
    for address in ("/evidence/-/claims", f"/evidence/-/record/{ids['inside']}"):
        assert 'href="/evidence/-/withheld"' in site.ask(address).text


def test_of_a_withheld_file_no_page_says_that_it_is_large_or_has_no_passage(site, edition):
    _, ids, _ = edition
    pages = {page: site.page(f"/evidence/-/{page}/{ids['lent']}").text for page in SHOWING}
    for text in pages.values():
        assert "is large" not in text
        assert "could not be made" in text
    assert "No passage of it is recorded" not in pages["document"]
    assert "No passage is shown to stand in it" in pages["document"]
    assert site.json(f"/evidence/-/document/{ids['lent']}.json")["passages_untold"] == 1


def test_a_file_whose_size_is_withheld_is_not_said_to_be_large(site, edition):
    out, _, case = edition
    id_ = case.json("show", "release.html")["id"]
    for page in SHOWING:
        written = out.read(f"data/site/{page}/{id_}.html").decode()
        for text in (site.page(f"/evidence/-/{page}/{id_}").text, written):
            assert "The file is large" not in text
            assert "How large the file is isn't told here, so it is " in unescape(text)
            said = "Of 1 passage in this log it is not told in which file it stands"
            assert (said in text) is (page == "document")


def test_a_search_in_an_edition_finds_nothing_in_what_it_shows(site):
    assert "No claim or passage that is shown here holds" in site.text(
        "/evidence/-/search?q=hippopotamus"
    )


def test_the_pages_as_files_say_the_same(edition):
    out, ids, case = edition
    claim = out.read(f"data/site/claim/{case.ids['board-knew']}.html").decode()
    assert f"One supporting quote is withheld: {WHY}" in claim
    assert f"withheld: {WHY}" in claim.partition("<svg")[2]
    record = out.read(f"data/site/record/{ids['quoted']}.html").decode()
    assert WHY in record
    for name in out.files:
        data = out.read(name)
        assert not [one for one, words in SECRETS.items() if words.encode() in data], name
    assert out.check().code == 0
