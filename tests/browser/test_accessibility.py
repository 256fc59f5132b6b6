"""Every page can be used by everybody: WCAG 2.2 AA as axe checks it, narrow windows, keyboards."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.served import NARROW, PAGES, pages, shot

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def breaches(page, rules=WCAG, **more):
    """What axe finds, with the elements that it finds it in."""
    options = {"runOnly": rules, "resultTypes": ["violations"], **more}
    found = Axe().run(page, options=options).response
    return [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_or_dark_and_nothing_is_too_wide(name, demo, read):
    reader = read(demo)
    page = reader.go(pages(demo, "quillmar-knew")[name])
    reader.unfold()
    assert breaches(page) == []
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS) == []
    page.set_viewport_size(NARROW)
    assert reader.overflow() <= 0


@pytest.mark.parametrize("name", ["claim", "document"])
def test_the_same_of_a_real_case(name, surveillance, read):
    reader = read(surveillance, NARROW)
    page = reader.go(pages(surveillance, "hikvision-knew")[name])
    page.emulate_media(color_scheme="dark")
    reader.unfold()
    assert breaches(page) == []
    assert reader.overflow() <= 0


def test_axe_finds_nothing_when_a_verification_has_ended(demo, read, altered):
    document = demo.resolved("quillmar-knew")["chain"][1]["record"]["document"]
    altered(demo.case.kept(document["blake3"]))
    reader = read(demo, NARROW)
    page = reader.go(f"document/{document['id']}")
    page.get_by_role("button", name="Verify this document").click()
    expect(page.locator(".said.failed")).to_be_visible()
    assert breaches(page) == []
    assert reader.overflow() <= 0
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS) == []
    assert page.get_by_role("status").filter(has_text="Failed").count() == 1
    shot(page, "failed-narrow")


def test_the_content_is_one_key_away_and_the_button_works_by_key(demo, read):
    reader = read(demo)
    page = reader.go("record/@8")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("button", name="Verify").press("Enter")
    expect(page.locator(".said")).to_contain_text("Every check holds")


def test_axe_would_find_something(demo, read):
    page = read(demo).go("log")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate("document.querySelector('main p').style.color = '#999'")
    assert {one.partition(":")[0] for one in breaches(page)} == {"color-contrast", "image-alt"}
