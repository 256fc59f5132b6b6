"""The handbook's pictures: the case of its tutorial, as a reader of the tutorial sees it.

`make pictures` puts them into the handbook; otherwise they lie in `tests/browser/shots/`.
"""

import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from playwright.sync_api import expect
from walking import FIRST, HANDBOOK, Walker

from browser.served import SHOTS, serving

PLACE = Path(os.environ.get("EVIDENCE_PICTURES", SHOTS))
KEPT = HANDBOOK / "pictures"
WINDOW = {"width": 900, "height": 1000}
LARGEST = 150_000


@pytest.fixture(scope="module")
def ada(tmp_path_factory):
    """Somebody who did the tutorial."""
    walker = Walker(tmp_path_factory.mktemp("ada"))
    walker.follow(FIRST.read_text())
    return walker


@pytest.fixture
def page(chromium):
    with chromium.new_context(viewport=WINDOW, color_scheme="light") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def site(ada):
    keys = {"XDG_DATA_HOME": str(ada.home / ".local" / "share")}
    case = SimpleNamespace(root=ada.home / "desk" / "harbour", environment=keys)
    with serving(case) as served:
        yield served


def picture(page, name):
    """Take a picture of the window; one of the same size is kept in the handbook."""
    file = PLACE / f"{name}.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, type="jpeg", quality=75)
    for one in (file, KEPT / file.name):
        assert 10_000 < one.stat().st_size < LARGEST
        with Image.open(one) as opened:
            assert opened.size == tuple(WINDOW.values())


def test_the_page_of_the_claim(site, page):
    page.goto(site.at("claim/board-knew"))
    expect(page.locator("svg.graph")).to_be_visible()
    picture(page, "claim")


def test_the_page_of_a_document(site, page):
    page.goto(site.at("claim/board-knew"))
    page.get_by_role("link", name="Show it there").first.click()
    expect(page.locator("mark").first).to_be_visible()
    picture(page, "document")


def test_what_the_verifier_says(ada, page):
    page.context.set_offline(True)
    page.goto((ada.home / "desk" / "verify.html").as_uri())
    page.set_input_files("#folder", ada.home / "desk" / "harbour-edition")
    page.fill("#key", ada.here(re.search(r"Verifier key: (\S+)", FIRST.read_text())[1]))
    page.click("#check")
    expect(page.locator("#outcome")).to_have_class(re.compile("holds"))
    page.locator("#outcome").evaluate("outcome => outcome.scrollIntoView()")
    picture(page, "verifier")


def test_no_other_picture_is_kept():
    assert {one.stem for one in KEPT.iterdir()} == {"claim", "document", "verifier"}
