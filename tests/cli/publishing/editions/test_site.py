"""`evidence publish --site`: the pages as files, which need no server, no script and no network."""

import json
import re

import pytest

from cases import make_empty_case
from editions import ALL_SHOWN, below, publish
from evidence_datasette.pages.documents import document
from evidence_datasette.site import listed, pages, published
from evidence_datasette.site.index import words
from site_files import SiteFiles

ONLY = ("--claim", "board-was-told", "--claim", "quay-is-wired")
HOSTILE = (
    "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    "<svg onload=alert(3)>javascript:alert(4)\u202eda{{ 7 * 7 }}{% raw %}"
)
REFERENCE = re.compile(r"[A-Za-z0-9_./-]*(?:#[a-z0-9-]+)?")
NAME = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
SCRIPT = "static/site-search.js"


@pytest.fixture(scope="module")
def sites(template, tmp_path_factory):
    """The whole case, and two claims of it, each with the edition that they are in."""
    home = tmp_path_factory.mktemp("sites")
    case = template.copy_to(home / "case")
    whole = publish(case, home / "whole", 1, (*ALL_SHOWN, "--site"))
    address = ("--site-address", "https://newsroom.example/harbour")
    selected = publish(case, home / "selected", 2, (*ONLY, "--site", *address))
    return {one.path.name: (SiteFiles(one), one) for one in (whole, selected)}


@pytest.fixture
def paged(monkeypatch):
    """As if few things filled a page."""
    monkeypatch.setattr(document, "PASSAGES", 2)
    monkeypatch.setattr(pages, "CLAIMS", 2)
    for module in (published, listed):
        monkeypatch.setattr(module, "ENTRIES", 5)


@pytest.fixture(params=["whole", "selected"])
def site(sites, request):
    return sites[request.param][0]


def test_every_link_leads_somewhere_and_to_every_file(site):
    assert site.broken() == []
    unlinked = site.unlinked()
    assert {name.split("-")[0] for name in unlinked} == {"search/words", "search/pages"}


def test_a_crawl_would_find_a_broken_link(sites, tmp_path):
    edition = sites["selected"][1].copy_to(tmp_path / "broken")
    (edition.path / "data/site/log/0.html").unlink()
    assert ("log.html", "log/0.html") in SiteFiles(edition).broken()


def test_pages_name_nothing_elsewhere_and_run_nothing(site):
    for name, page in site.pages.items():
        assert all(REFERENCE.fullmatch(ref) for ref in page.refs), name
        assert page.policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        scripts = [ref for ref in page.refs if ref.endswith(".js")]
        assert scripts == ([SCRIPT] if name == "search.html" else [])
        assert page.tags.count("script") == len(scripts)
        assert ("script-src" in page.policy) == bool(scripts)
        assert not [one for one in page.attributes if one.startswith("on") or one == "style"]
        assert page.tags.count("form") == len(scripts)


def test_names_are_those_that_an_edition_may_have_and_it_holds(sites):
    for site, edition in sites.values():
        for name in site.files:
            assert all(NAME.fullmatch(part) for part in name.split("/"))
            assert len(f"data/site/{name}") <= 200
        found = edition.check()
        assert (found.code, found.details) == (0, "")
        edition = edition.copy_to(edition.path.with_name(f"{edition.path.name}-changed"))
        index = edition.read("data/site/index.html")
        edition.write("data/site/index.html", index.replace(b"Claims", b"Claimz", 1))
        assert edition.check().failed == {"payload"}


def test_the_same_case_gives_the_same_bytes(template, tmp_path):
    made = [
        below(publish(template.copy_to(tmp_path / name), tmp_path / f"{name}.out", 1, words).path)
        for name, words in (("one", (*ONLY, "--site")), ("other", (*ONLY, "--site")))
    ]
    assert made[0] == made[1]


def test_without_being_asked_for_there_is_none(editions):
    assert not (editions["whole"].path / "data/site").exists()


def test_a_claim_has_what_datasette_shows_of_it_and_its_proof(sites, template):
    site, _ = sites["whole"]
    page = site.pages[f"claim/{template.ids['board-was-told']}.html"]
    assert "The harbour board was told in writing" in page.text
    assert "the board had been told twice, in writing" in page.text
    assert "its publisher checked it for this edition" in page.text
    assert "signed by the key of whoever published this" in page.text
    assert f"../../proofs/{template.ids['board-was-told']}.tlog-proof" in page.refs
    assert "../../verify.html" in page.refs
    for asked in ("Verify this claim", "Check it here", "row of the table", "as JSON"):
        assert asked not in page.text


def test_what_is_withheld_is_said_to_be_and_why_and_is_nowhere(sites, template):
    site, edition = sites["selected"]
    hidden = [one for one in edition.said["withheld"] if one["fields"] is None]
    summary, each = site.pages["withheld.html"], site.pages["withheld/0.html"]
    assert f"{len(hidden)} withheld" in summary.text
    assert "It belongs to claims that are not published here." in summary.text
    assert "recorded by: Who recorded it is the newsroom's affair." in summary.text
    for one in hidden:
        assert f"entry-{one['idx']}" in each.ids
        assert f"../withheld/0.html#entry-{one['idx']}" in site.pages["log/0.html"].refs
    for name in ("never", "board-knew"):
        assert not [path for path in site.files if template.ids[name] in path]
    for name in site.files:
        content = (site.root / name).read_bytes()
        for secret in (b"tester", b"board knew of", b"deaf to", b"vardo"):
            assert secret not in content.lower(), name


def test_fields_that_are_withheld_everywhere_are_said_to_be_on_each_page(sites, template):
    page = sites["whole"][0].pages[f"record/{template.ids['never']}.html"]
    assert "Why recorded by is withheld: Who recorded it is the newsroom's affair." in page.text


def test_a_file_that_was_left_out_is_said_to_be(invented, tmp_path):
    left = ("--without-files", invented.ids["minutes"], "--reason", "It names a child.")
    site = SiteFiles(publish(invented, tmp_path / "out", 1, (*ALL_SHOWN, "--site", *left)))
    assert site.broken() == []
    page = site.pages[f"document/{invented.ids['minutes']}.html"]
    assert "It was left out: It names a child." in page.text
    assert "The text was left out with the file." in page.text
    claims = [one for name, one in site.pages.items() if name.startswith("claim/")]
    assert any(
        "that the support stands in was left out of this edition." in one.text for one in claims
    )
    assert any("The file is not in this edition. It was left out" in one.text for one in claims)
    for one in site.pages.values():
        assert "not intact" not in one.text
        assert "the file is not there" not in one.text
    said = site.pages["withheld.html"].text
    assert "Files that were left out The minutes, " in said
    assert "contradictions, of the claim microphones-listen: The board was asked" in said


def test_cards_lead_to_their_claim_and_proof(sites, template):
    site, edition = sites["selected"]
    id_ = template.ids["board-was-told"]
    card = site.pages[f"card/{id_}.html"]
    assert {f"../claim/{id_}.html", f"../../proofs/{id_}.tlog-proof"} <= set(card.refs)
    said = json.loads(edition.read(f"data/site/card/{id_}.json"))
    assert (said["version"], said["type"], said["title"]) == (
        *("1.0", "rich"),
        "The harbour board was told in writing",
    )
    assert f'src="https://newsroom.example/harbour/card/{id_}.html"' in said["html"]
    relative = json.loads(sites["whole"][1].read(f"data/site/card/{id_}.json"))
    assert f'src="{id_}.html"' in relative["html"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--site-address", "https://newsroom.example/"), "give both"),
        (("--site", "--site-address", 'https://x/"onload="'), "is no address"),
        (("--site", "--site-address", "javascript:alert(1)"), "is no address"),
    ],
)
def test_addresses_that_make_no_sense(given, says, invented, tmp_path):
    result = invented.run("publish", tmp_path / "out", *given, code=2)
    assert says in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_edition_gets_no_more_files_than_checkers_take(invented, tmp_path, monkeypatch):
    monkeypatch.setattr("evidence_db.publishing.writing.edition.FILES", 60)
    words = ("--made", "2031-06-01T09:00:00Z", "--site", *ALL_SHOWN)
    result = invented.run("publish", tmp_path / "out", *words, code=2)
    assert "more than 60 files" in result.stderr
    assert list(tmp_path.glob("*out*")) == []


def test_what_fills_several_pages_is_on_several_pages(tmp_path, paged):
    case = make_empty_case(tmp_path)
    text = "".join(f"Line {number} of the long minutes.\n" for number in range(5_000))
    minutes = case.id("add", "artifact", case.write("long.txt", text), "--title", "Long")
    for number in (3, 4, 2_500, 4_999):
        quote = f"Line {number} of the long minutes."
        case.ids[number] = case.id("add", "quote", "--artifact", minutes, "--text", quote)
        claim = case.id("claim", f"line-{number}", f"There is a line {number}")
        case.id("link", case.ids[number], claim, "--supports")
    case.run("checkpoint")
    site = SiteFiles(publish(case, tmp_path / "out", 1, ("--site",)))
    assert site.broken() == []
    parts = {name for name in site.files if name.startswith(f"document/{minutes}")}
    assert {name.removeprefix(f"document/{minutes}") for name in parts} == {
        *(".html", "-first-1.html", "-first-2.html"),
        f"-after-{case.json('show', case.ids[4])['index']}.html",
    }
    for number, part in ((3, ""), (2_500, "-first-1"), (4_999, "-first-2")):
        there = site.pages[f"document/{minutes}{part}.html"]
        assert f"passage-{case.ids[number]}" in there.ids
        record = site.pages[f"record/{case.ids[number]}.html"]
        assert f"../document/{minutes}{part}.html#passage-{case.ids[number]}" in record.refs
    assert len(site.below("claims")) == 1
    assert len(site.below("log")) == -(-case.json("log")["size"] // 5)


def test_nothing_that_was_recorded_is_markup_code_or_a_name(tmp_path):
    case = make_empty_case(tmp_path)
    case.ids["file"] = case.id(
        *("add", "artifact", case.write("a'\"<b>.txt", f"It says {HOSTILE} there.")),
        *("--title", HOSTILE, "--url", "javascript:alert(5)", "--publisher", HOSTILE),
    )
    said = ("--text", HOSTILE, "--speaker", HOSTILE, "--note", HOSTILE)
    quote = case.id("add", "quote", "--artifact", case.ids["file"], *said)
    claim = case.id("claim", "hostile", HOSTILE, "--note", HOSTILE)
    case.id("link", quote, claim, "--supports", "--note", HOSTILE)
    ended = case.id("claim", "other", HOSTILE)
    case.id("retract", ended, "--reason", HOSTILE)
    case.run("checkpoint")
    shown = [
        word
        for rule in ("passages", "inspected")
        for word in ("--override", rule, "--because", HOSTILE)
    ]
    site = SiteFiles(publish(case, tmp_path / "out", 1, ("--site", *shown)))
    assert site.broken() == []
    test_pages_name_nothing_elsewhere_and_run_nothing(site)
    assert not [name for name, page in site.pages.items() if "img" in page.tags]
    for page in (
        site.pages[f"claim/{claim}.html"],
        site.pages[f"document/{case.ids['file']}.html"],
    ):
        assert "<script>alert(1)</script>" in page.text
        assert "U+202E" in page.text
        assert "{{ 7 * 7 }}" in page.text
    for name in site.files:
        if name.startswith("search/"):
            script = (site.root / name).read_bytes()
            assert script.isascii()
            assert re.fullmatch(rb"evidenceSearch\.(words|pages)\(0,(\[.*\])\);\n", script)
            json.loads(script[script.index(b"[") : -3])
    said = json.loads((site.root / f"card/{claim}.json").read_text())
    assert "<script>" not in said["html"]


def test_words_are_compared_without_case_accents_and_what_is_not_seen():
    assert words("Ｅncyclopædia STRASSE straße Ümläut so\u00adft Ὀδυσσεύς") == {
        *("encyclopædia", "strasse", "umlaut", "soft", "οδυσσευσ"),
    }
    assert words("招标文件 14/2031, don't") == {*"招标文件", "14", "2031", "don", "t"}
