"""A passage is picked and recorded, and a claim reviewed, in a browser; and nobody else can."""

import re

import pytest
from playwright.sync_api import expect

from browser.served import NARROW, WIDE, pages, serving, shot
from browser.test_accessibility import COLOURS, breaches

SELECT = """([from, to]) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(
        document.querySelector('.stream'), NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node.length < to) node = walker.nextNode();
    range.setStart(node, from); range.setEnd(node, to);
    getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def look_at(reader, name):
    """Nothing is wrong with a page in light, dark, wide or narrow; and pictures of it."""
    page = reader.page
    assert breaches(page) == []
    shot(page, f"{name}-light")
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS) == []
    page.set_viewport_size(NARROW)
    assert reader.overflow() <= 0
    shot(page, f"{name}-narrow")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)


def test_words_that_are_selected_are_told_with_their_command(demo, read):
    reader, document = read(demo), pages(demo, "quillmar-knew")["document"]
    page = reader.go(document)
    page.evaluate(SELECT, [0, 30])
    expect(page.locator(".pick .match")).to_contain_text(re.compile("verbatim|normalised"))
    expect(page.locator(".pick .command")).to_contain_text(f"evidence quote {document[9:21]}")
    look_at(reader, "picked")
    page.keyboard.press("Escape")
    expect(page.locator(".pick .picked")).to_be_hidden()
    expect(page.locator("#pick-words")).to_be_focused()
    page.keyboard.type("Zebras graze upon the quay")
    page.keyboard.press("Enter")
    expect(page.locator(".pick .told")).to_contain_text("Nothing near this passage stands")
    expect(page.locator(".pick .picked")).to_be_focused()
    expect(page.locator(".pick form.record")).to_have_count(0)


@pytest.fixture
def recording(chromium, demo_case, tmp_path):
    with serving(demo_case.copy_to(tmp_path), "--record") as site:
        yield site


def test_who_has_the_link_records_what_they_picked_and_reviews_a_claim(recording, read):
    reader = read(recording)
    page = reader.page
    page.goto(recording.link)
    look_at(reader, "begin")
    page.get_by_label("Your name").fill("Ines Vael")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".holder")).to_have_text("Recording as Ines Vael")
    reader.go("claim/quillmar-knew")
    page.get_by_label("Approve").check()
    page.get_by_label("Note").fill("Read the minutes.")
    look_at(reader, "reviewing")
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("Looked at by Ines Vael")).to_be_visible()
    reader.go(pages(recording, "quillmar-knew")["document"])
    page.evaluate(SELECT, [0, 30])
    page.get_by_label("Who says it").fill("The clerk")
    look_at(reader, "picking")
    page.get_by_role("button", name="Record it as Ines Vael").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quote")
    expect(page.locator("main")).to_contain_text("The clerk")
