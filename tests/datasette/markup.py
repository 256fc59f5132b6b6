"""The HTML of a page, taken apart, and what has to hold of every page."""

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr", "source", "col"}
LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
LABELLED = {"input", "select", "textarea"}
HEADINGS = tuple(f"h{level}" for level in range(1, 7))


class Markup(HTMLParser):
    """Every element with its attributes, the elements around it, its text and that of images."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.doctype = [], [], None
        self.feed(html)
        self.close()

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_startendtag(self, tag, attrs):
        self._add(tag, attrs)

    def handle_starttag(self, tag, attrs):
        element = self._add(tag, attrs)
        if tag not in VOID:
            self.open.append(element)

    def _add(self, tag, attrs):
        names = [name for name, _ in attrs]
        element = {"tag": tag, "attrs": dict(attrs), "names": names, "text": "", "alt": ""}
        element["above"] = [one["tag"] for one in self.open]
        self.elements.append(element)
        for around in self.open:
            around["alt"] += element["attrs"].get("alt") or ""
        return element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1]["tag"] == tag, f"</{tag}> closes <{self.open[-1]['tag']}>"
        self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, *tags):
        return [one for one in self.elements if one["tag"] in tags]

    def values(self, name):
        return [one["attrs"][name] for one in self.elements if name in one["attrs"]]


def every_element_is_closed_in_its_turn(markup):
    assert markup.doctype == "doctype html"
    assert markup.open == []
    assert not [one for one in markup.elements if len(set(one["names"])) < len(one["names"])]


def the_page_says_its_language_and_title(markup):
    (html,) = markup.all("html")
    assert html["attrs"]["lang"] == "en"
    (title,) = [one for one in markup.all("title") if "svg" not in one["above"]]
    assert title["text"].strip()
    (viewport,) = [one for one in markup.all("meta") if one["attrs"].get("name") == "viewport"]
    assert "user-scalable" not in viewport["attrs"]["content"]


def landmarks_stand_once(markup):
    counts = Counter(one["tag"] for one in markup.elements)
    assert counts["main"] == counts["h1"] == 1
    tops = [one for one in markup.all("header", "footer") if one["above"] == ["html", "body"]]
    assert [one["tag"] for one in tops] == ["header", "footer"]
    navs = markup.all("nav")
    named = [one["attrs"].get("aria-label") or one["attrs"].get("aria-labelledby") for one in navs]
    assert all(named)
    assert len(set(named)) == len(named)


def headings_go_down_by_one_at_a_time(markup):
    levels = [int(one["tag"][1]) for one in markup.elements if one["tag"] in HEADINGS]
    assert levels[0] == 1
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps, default=0) <= 1
    assert all(one["text"].strip() for one in markup.all(*HEADINGS))


def every_field_has_a_label(markup):
    labelled = set(markup.values("for"))
    for field in markup.all(*LABELLED):
        if field["attrs"].get("type") in ("hidden", "submit"):
            continue
        named = field["attrs"].get("aria-label") or field["attrs"].get("id") in labelled
        assert named or "label" in field["above"], field


def everything_that_can_be_pressed_has_a_name(markup):
    for one in markup.all("a", "button", "summary"):
        said = one["text"].strip() or one["alt"].strip()
        assert said or one["attrs"].get("aria-label") or one["attrs"].get("title"), one
    for image in markup.all("img"):
        assert "alt" in image["names"], image


def ids_are_unique_and_what_names_them_finds_them(markup):
    ids = markup.values("id")
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for value in markup.values(name):
            assert set(value.split()) <= set(ids), (name, value)
    for link in markup.values("href"):
        if link.startswith("#"):
            assert link[1:] in ids, link


def nothing_is_inline_and_nothing_comes_from_elsewhere(markup):
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


def tables_have_headers(markup):
    for table in markup.all("table"):
        assert "table" not in table["above"]
    heads = markup.all("th")
    assert len(heads) >= len(markup.all("table"))
    assert all(head["attrs"].get("scope") in ("col", "row") for head in heads)


def what_scrolls_can_be_reached_with_the_keyboard(markup):
    for one in markup.elements:
        if "tabindex" in one["attrs"]:
            assert one["attrs"]["tabindex"] in ("0", "-1")
        if one["attrs"].get("role") == "region":
            assert one["attrs"].get("aria-label") or one["attrs"].get("aria-labelledby")


def lists_hold_items_only(markup):
    for item in markup.all("li"):
        assert item["above"][-1] in ("ul", "ol")
    for item in markup.all("dt", "dd"):
        assert item["above"][-1] in ("dl", "div")


CHECKS = [
    every_element_is_closed_in_its_turn,
    the_page_says_its_language_and_title,
    landmarks_stand_once,
    headings_go_down_by_one_at_a_time,
    every_field_has_a_label,
    everything_that_can_be_pressed_has_a_name,
    ids_are_unique_and_what_names_them_finds_them,
    nothing_is_inline_and_nothing_comes_from_elsewhere,
    tables_have_headers,
    what_scrolls_can_be_reached_with_the_keyboard,
    lists_hold_items_only,
]
"""What people with screen readers, and strict browsers, need of a page."""
