"""The HTML of every page is what people with screen readers, and strict browsers, can use."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from browsing import PAGES
from markup import Markup

FOUND = ("claims?q=board&status=contested&order=changed", "claims?q=zebra")
ALL = (*PAGES, *FOUND, "verify?of=board-knew", "verify?of=@0")
LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
LABELLED = {"input", "select", "textarea"}
HEADINGS = tuple(f"h{level}" for level in range(1, 7))


@pytest.fixture(scope="module", params=ALL)
def markup(request, _served):
    return Markup(_served.text(f"/evidence/-/{request.param}"))


def test_every_element_is_closed_in_its_turn(markup):
    assert markup.doctype == "doctype html"
    assert markup.open == []
    assert not [one for one in markup.elements if len(set(one["names"])) < len(one["names"])]


def test_the_page_says_its_language_and_title(markup):
    (html,) = markup.all("html")
    assert html["attrs"]["lang"] == "en"
    (title,) = [one for one in markup.all("title") if "svg" not in one["above"]]
    assert title["text"].strip()
    (viewport,) = [one for one in markup.all("meta") if one["attrs"].get("name") == "viewport"]
    assert "user-scalable" not in viewport["attrs"]["content"]


def test_landmarks_stand_once(markup):
    counts = Counter(one["tag"] for one in markup.elements)
    assert counts["main"] == counts["h1"] == 1
    tops = [one for one in markup.all("header", "footer") if one["above"] == ["html", "body"]]
    assert [one["tag"] for one in tops] == ["header", "footer"]
    navs = markup.all("nav")
    named = [one["attrs"].get("aria-label") or one["attrs"].get("aria-labelledby") for one in navs]
    assert all(named)
    assert len(set(named)) == len(named)


def test_headings_go_down_by_one_at_a_time(markup):
    levels = [int(one["tag"][1]) for one in markup.elements if one["tag"] in HEADINGS]
    assert levels[0] == 1
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps, default=0) <= 1
    assert all(one["text"].strip() for one in markup.all(*HEADINGS))


def test_every_field_has_a_label(markup):
    labelled = set(markup.values("for"))
    for field in markup.all(*LABELLED):
        if field["attrs"].get("type") in ("hidden", "submit"):
            continue
        named = field["attrs"].get("aria-label") or field["attrs"].get("id") in labelled
        assert named or "label" in field["above"], field


def test_everything_that_can_be_pressed_has_a_name(markup):
    for one in markup.all("a", "button", "summary"):
        named = one["text"].strip() or one["attrs"].get("aria-label") or one["attrs"].get("title")
        assert named, one
    for image in markup.all("img"):
        assert "alt" in image["names"], image


def test_ids_are_unique_and_what_names_them_finds_them(markup):
    ids = markup.values("id")
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for value in markup.values(name):
            assert set(value.split()) <= set(ids), (name, value)
    for link in markup.values("href"):
        if link.startswith("#"):
            assert link[1:] in ids, link


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(markup):
    assert not [name for one in markup.elements for name in one["names"] if name.startswith("on")]
    assert not markup.values("style")
    assert not markup.all("style", "iframe", "object", "embed", "base")
    for script in markup.all("script"):
        assert script["attrs"].get("src")
        assert not script["text"].strip()
    for one in markup.all(*LOADED):
        address = urlsplit(one["attrs"].get(LOADED[one["tag"]]) or "")
        assert not address.netloc, one
        assert not address.scheme, one


def test_tables_have_headers(markup):
    for table in markup.all("table"):
        assert "table" not in table["above"]
    heads = markup.all("th")
    assert len(heads) >= len(markup.all("table"))
    assert all(head["attrs"].get("scope") in ("col", "row") for head in heads)


def test_what_scrolls_can_be_reached_with_the_keyboard(markup):
    for one in markup.elements:
        if "tabindex" in one["attrs"]:
            assert one["attrs"]["tabindex"] in ("0", "-1")
        if one["attrs"].get("role") == "region":
            assert one["attrs"].get("aria-label") or one["attrs"].get("aria-labelledby")


def test_lists_hold_items_only(markup):
    for item in markup.all("li"):
        assert item["above"][-1] in ("ul", "ol")
    for item in markup.all("dt", "dd"):
        assert item["above"][-1] in ("dl", "div")
