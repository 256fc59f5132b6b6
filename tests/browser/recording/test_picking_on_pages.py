"""Words are picked on the picture of a page: with the mouse, by keys, and by touch on a phone."""

import pytest
from playwright.sync_api import expect

from browser.served import NARROW, pages, shot
from browser.test_accessibility import COLOURS, breaches

WORDS = ".sheet .words span"


@pytest.fixture
def paged(demo):
    return pages(demo, "quillmar-knew")["paged"]


def middle(page, number):
    """Where the middle of a word is in the window."""
    word = page.locator(WORDS).nth(number)
    word.scroll_into_view_if_needed()
    box = word.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box


def test_words_are_selected_with_the_mouse_and_by_keys(demo, read, paged):
    reader = read(demo)
    page = reader.go(paged)
    page.locator(".sheet").scroll_into_view_if_needed()
    expect(page.locator(WORDS)).not_to_have_count(0)
    expect(page.locator(".words-of-page")).to_contain_text("by keys")
    first, second, third = page.locator(WORDS).all_inner_texts()[:3]
    selected = page.locator(".pick blockquote")
    _, y, box = middle(page, 0)
    _, end, last = middle(page, 1)
    page.mouse.move(box["x"] + 1, y)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, end, steps=4)
    page.mouse.up()
    expect(selected).to_have_text(f"{first} {second}")
    expect(page.locator(".pick .match")).to_be_visible()
    expect(page.locator(".pick .command")).to_contain_text(f"evidence quote {paged[9:21]}")
    assert breaches(page) == []
    shot(page, "picked-on-page")
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS) == []
    page.keyboard.press("Escape")
    page.locator(WORDS).first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(WORDS).nth(1)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(selected).to_have_text(f"{second}{third}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(selected).to_have_text(first)


def test_words_are_selected_by_touching_the_first_and_the_last(demo, chromium, paged):
    phone = {"viewport": NARROW, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    context = chromium.new_context(**phone)
    page = context.new_page()
    try:
        page.goto(demo.at(paged))
        page.locator(".sheet").scroll_into_view_if_needed()
        expect(page.locator(WORDS)).not_to_have_count(0)
        words = page.locator(WORDS).all_inner_texts()[1:4]
        selected = page.locator(".pick blockquote")
        for number, expected in ((1, words[:1]), (3, words)):
            x, y, _ = middle(page, number)
            page.touchscreen.tap(x, y)
            expect(selected).to_have_text("".join(expected))
        shot(page, "picked-on-page-phone")
    finally:
        context.close()


def drag(page, start, end):
    """Press the button at a point, and let go at another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("inside", [0.1, 0.5, 0.9])
def test_a_drag_either_way_takes_whole_words_wherever_in_them_it_begins(demo, read, paged, inside):
    page = read(demo).go(paged)
    page.locator(".sheet").scroll_into_view_if_needed()
    expect(page.locator(WORDS)).not_to_have_count(0)
    words = page.locator(WORDS).all_inner_texts()
    for first, last in ((0, 1), (1, 2), (2, 4)):
        for ends in ((first, last), (last, first)):
            page.keyboard.press("Escape")
            page.locator(WORDS).nth(first).scroll_into_view_if_needed()
            boxes = [page.locator(WORDS).nth(number).bounding_box() for number in ends]
            drag(page, *((b["x"] + b["width"] * inside, b["y"] + b["height"] / 2) for b in boxes))
            expect(page.locator(".pick .picked")).to_be_visible()
            selected = page.locator(".pick blockquote").inner_text()
            assert selected.replace(" ", "") == "".join(words[first : last + 1])


def test_a_drag_that_begins_on_an_outline_picks_and_a_click_there_leads_to_the_record(
    demo, read, paged
):
    page = read(demo).go(paged)
    page.locator(".sheet").scroll_into_view_if_needed()
    expect(page.locator(WORDS)).not_to_have_count(0)
    outline = page.locator(".sheet svg rect").first
    outline.scroll_into_view_if_needed()
    box = outline.bounding_box()
    edge, y = box["x"] + 0.5, box["y"] + box["height"] / 2
    drag(page, (edge, y), (edge, y + 5))
    expect(page.locator(".pick .picked")).to_be_visible()
    assert page.locator(".pick blockquote").inner_text() in page.locator(WORDS).all_inner_texts()
    page.keyboard.press("Escape")
    page.mouse.click(edge, y)
    page.wait_for_url("**/record/**")
