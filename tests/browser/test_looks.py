"""Pictures of every page, for people to look at: light, dark, narrow and in print.

They are written to `tests/browser/shots/`, which is not kept.
"""

import pytest
from playwright.sync_api import expect

from browser.served import NARROW, PAGES, pages, shot

pytestmark = pytest.mark.xdist_group("browser")
FOLDED = """[...document.querySelectorAll('details > :not(summary)')].filter(
    one => !one.checkVisibility()).length"""


def ground(page):
    """How light the paper is, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in colour.strip("rgb()").split(",")) / 3


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


def test_a_claim_of_a_real_case(surveillance, read):
    page = read(surveillance).go("claim/hikvision-knew")
    shot(page, "surveillance-light")
    page.set_viewport_size(NARROW)
    shot(page, "surveillance-narrow")
