"""Pictures of every page, for people to look at: light, dark, narrow and in print.

They are written to `tests/browser/shots/`, which is not kept.
"""

import pytest
from playwright.sync_api import expect

from browser.served import NARROW, PAGES, pages, shot

FOLDED = """[...document.querySelectorAll('details:not(.on-screen) > :not(summary)')].filter(
    one => !one.checkVisibility()).length"""


def ground(page):
    """How light the paper is, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in colour.strip("rgb()").split(",")) / 3


def colour(page, selector, name):
    """A colour of the first element that a selector finds."""
    return page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)


def meaning(page):
    """The colours that say something."""
    style = "getComputedStyle(document.documentElement)"
    names = ("good", "bad", "doubt", "marked", "marked-ink")
    return [page.evaluate(f"{style}.getPropertyValue('--{name}')") for name in names]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_every_guise(name, demo, read):
    page = read(demo).go(pages(demo, "quillmar-knew")[name])
    assert ground(page) > 240
    in_light = meaning(page)
    shot(page, f"{name}-light")
    page.emulate_media(color_scheme="dark")
    assert ground(page) < 40
    shot(page, f"{name}-dark")
    page.emulate_media(media="print")
    assert ground(page) == 255
    assert meaning(page) == in_light
    assert page.evaluate(FOLDED) == 0
    expect(page.get_by_role("navigation", name="This case")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    shot(page, f"{name}-print")
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size(NARROW)
    shot(page, f"{name}-narrow")


def test_paper_has_the_drawing_and_the_pictures_but_nothing_to_press(demo, read):
    page = read(demo).go("claim/quillmar-knew")
    page.emulate_media(media="print")
    expect(page.locator("svg.graph")).to_be_visible()
    expect(page.locator(".crop img")).to_be_visible()
    for words in ("Show it there", "row of the table", "This page as JSON"):
        expect(page.get_by_role("link", name=words).first).to_be_hidden()


def test_passages_stand_out_in_the_colours_that_a_reader_forces(demo, read):
    page = read(demo).go("claim/quillmar-knew")
    page.emulate_media(forced_colors="active")
    paper, ink = colour(page, "body", "backgroundColor"), colour(page, "body", "color")
    assert colour(page, ".passage mark", "backgroundColor") not in (paper, ink)
    assert colour(page, ".graph .edge.supports", "stroke") == ink


def test_a_claim_of_a_real_case(surveillance, read):
    page = read(surveillance).go("claim/hikvision-knew")
    shot(page, "surveillance-light")
    page.set_viewport_size(NARROW)
    shot(page, "surveillance-narrow")
