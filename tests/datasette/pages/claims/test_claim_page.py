"""The page of a claim: both axes in words, the drawing, the timeline, a card for every link."""

import re
from itertools import pairwise

import pytest
from browsing import Page, Site

from adversary import tampering
from cases import make_case, make_empty_case
from evidence_datasette.serving import served

KNEW = "/evidence/-/claim/board-knew"


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A case in which links stand in every way: retracted, withheld, altered, failed, elided."""
    case = make_case(tmp_path_factory.mktemp("standing"))

    def add(name, relation, artifact, text, *more, note=()):
        words = ("add", "quote", "--artifact", case.ids[artifact], "--text", text)
        case.ids[name] = case.id(*words, *more)
        case.ids[f"{name}-link"] = case.id(
            "link", case.ids[name], "board-knew", f"--{relation}", *note
        )

    add("clerk", "supports", "minutes", "Nobody objected. The board took note", "--date", "2031-05")
    add(
        "misquote",
        "supports",
        "minutes",
        "We were often told about the recordings.",
        "--as-altered",
    )
    add("tide", "supports", "article", "According to a press release", "--date", "2031-05-05")
    add("kept", "qualifies", "tender", "keep what it records for 90 days", "--date", "2031-02")
    add("fitted", "supports", "tender", "forty microphones … at all hours")
    case.run("retract", case.ids["tide-link"], "--reason", "It says nothing of the board")
    case.run("checkpoint")
    with tampering(case) as db:
        db.execute("UPDATE evidence SET body = NULL WHERE idx = ?", (case.index("clerk"),))
    release = case.preserved("release")
    release.chmod(0o600)
    release.write_text(release.read_text().replace("April", "March"))
    return case


@pytest.fixture(scope="module")
def html(standing):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_KEY", str(standing.key_file))
        site = Site(standing, served(standing.database))
        yield site.text(KNEW)
        site.close()


@pytest.fixture
def page(html):
    return read(html)


@pytest.fixture
def cards(standing, html):
    """The cards of the page by the name of their link, each as a `Page`."""
    found = re.findall(r'<article [^>]*id="link-(\d+)"[^>]*>(.*?)</article>', html, re.DOTALL)
    by_index = {int(index): content for index, content in found}
    return lambda name: read(by_index[standing.index(name)])


def read(html):
    page = Page()
    page.feed(html)
    return page


def test_structure_and_integrity_are_told_apart_in_words(page):
    assert "Four records and one claim from" in page.text
    assert "support it; one record contradicts it; one record qualifies it." in page.text
    assert "1 check failed" in page.text


def test_no_page_calls_a_claim_verified_or_gives_it_a_score(page):
    words = page.text.lower()
    assert "verified" not in words
    assert "%" not in words
    assert "score" not in words


def test_what_failed_is_named_and_leads_to_its_card(page, standing):
    assert "What failed" in page.text
    assert "its content is not what was preserved" in page.text
    assert f"#link-{standing.index('trained-knew')}" in page.links


def test_a_card_shows_the_passage_in_its_context(cards):
    card = cards("never-knew")
    assert card.marked == ["We were never told about the recordings."]
    assert "The harbour master said" in card.text
    assert "Nobody objected." in card.text
    assert "character for character" in card.text
    assert "Under oath" in card.text
    assert "3 May 2031" in card.text


def test_a_card_shows_every_part_of_a_passage_and_what_stands_between(cards):
    card = cards("fitted-link")
    assert card.marked == ["forty microphones", "at all hours"]
    assert "along the northern quay." in card.text
    assert "something is left out where the dots stand" in card.text
    assert "what is left out has a number" in card.text


def test_a_card_of_altered_words_shows_those_of_the_file_as_the_evidence(cards):
    card = cards("misquote-link")
    assert "We were never told" in "".join(card.marked)
    assert "Recorded as:" in card.text
    assert "often" in card.text
    assert "altered: not the file's words" in card.text


def test_a_withheld_passage_says_so(cards):
    assert "The passage is withheld." in cards("clerk-link").text


def test_a_retracted_link_stays_with_its_reason(cards, page):
    card = cards("tide-link")
    assert "link retracted" in card.text
    assert "It says nothing of the board" in card.text
    assert ("article", "class", "card is-ended") in page.attributes


def test_a_card_leads_to_file_record_and_entries(cards, standing):
    links = cards("never-knew").links
    for name, kind in (("minutes", "document"), ("never", "record")):
        assert f"/evidence/-/{kind}/{standing.ids[name]}" in links
    for name in ("never", "never-knew", "minutes"):
        assert f"/evidence/-/log/{standing.index(name)}" in links
    assert standing.body("minutes")["blake3"] in cards("never-knew").text


def test_a_claim_that_supports_it_is_told_in_short_with_its_page(cards):
    card = cards("told-knew")
    assert "/evidence/-/claim/board-was-told" in card.links
    assert "the board had been told twice" in card.text


def test_an_original_that_is_not_held_says_so(site):
    found = site.page("/evidence/-/claim/board-was-told")
    assert "Letter of the auditor" in found.text
    assert "original not held" in found.text


def test_contradiction_stands_as_high_as_support(page):
    sides = [value for tag, name, value in page.attributes if name == "id" and tag == "section"]
    assert sides.index("contradicts") == sides.index("supports") + 1
    jumps = [link for link in page.links if link in ("#supports", "#contradicts", "#qualifies")]
    assert jumps == ["#supports", "#contradicts", "#qualifies"]


def test_a_claim_that_nothing_contradicts_says_that_too(site):
    text = site.page("/evidence/-/claim/quay-is-wired").text
    assert "Nothing recorded here contradicts it." in text


def test_the_drawing_can_be_read_without_seeing_it(page):
    attributes = page.attributes
    assert ("svg", "aria-labelledby", "graph-title graph-desc") in attributes
    assert ("title", "id", "graph-title") in attributes
    assert ("desc", "id", "graph-desc") in attributes
    said = [value for tag, name, value in attributes if (tag, name) == ("a", "aria-label")]
    assert any("The harbour master" in one for one in said)
    assert "The drawing as a table" in page.text
    nodes = {value for tag, name, value in attributes if (tag, name) == ("a", "class")}
    for state in ("failed", "ended", "withheld", "altered"):
        assert any(state in node.split() for node in nodes), state


def test_every_card_that_is_linked_to_is_there(page):
    ids = {value for _, name, value in page.attributes if name == "id"}
    assert {link[1:] for link in page.links if link[0] == "#"} <= ids
    assert len(ids) == len([1 for _, name, _ in page.attributes if name == "id"])


def test_headings_are_in_order(page):
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_three_dates_make_a_timeline(page):
    times = [value for tag, name, value in page.attributes if (tag, name) == ("time", "datetime")]
    times = [value for value in times if not value.endswith("Z")]
    assert times == ["2031-02", "2031-05-03", "2031-05-05"]


def test_fewer_dates_make_none(site):
    assert "timeline" not in site.text(KNEW)


def test_the_page_of_a_retracted_claim_is_struck(invented, serve):
    invented.run("retract", invented.ids["quay-is-wired"], "--reason", "Counted wrongly")
    found = serve(invented).page("/evidence/-/claim/quay-is-wired")
    assert ("h1", "class", "is-ended") in found.attributes
    assert "Counted wrongly" in found.text


def test_a_case_without_a_checkpoint_is_not_called_checked(tmp_path, request, monkeypatch):
    case = make_empty_case(tmp_path)
    case.run("claim", "alone", "Nothing speaks to this")
    monkeypatch.setenv("EVIDENCE_KEY", str(case.key_file))
    site = Site(case, served(case.database))
    request.addfinalizer(site.close)
    text = site.page("/evidence/-/claim/alone").text
    assert "? not checked" in text
    assert "Nothing that counts speaks to it." in text
    assert "no checkpoint covers it yet" in text


def test_what_stands_around_a_passage_is_not_shown_where_its_file_is_withheld(invented, serve):
    around = "The auditor wrote on 2 May"
    path = "/evidence/-/claim/board-was-told"
    assert around in serve(invented).text(path)
    with invented.connected() as db:
        db.execute("DROP TRIGGER artifact_no_update")
        db.execute("UPDATE artifact SET body = NULL WHERE idx = ?", (invented.index("minutes"),))
    (link,) = serve(invented).json(f"{path}.json")["chain"]
    (fragment,) = link["record"]["fragments"]
    assert len(fragment["before"]) <= 32, "what the selector has, which is disclosed"
    assert around not in serve(invented).text(path)
