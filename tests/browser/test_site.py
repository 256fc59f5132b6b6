"""The pages of an edition as files, opened from a disk by a browser without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.served import NARROW, WIDE, shot
from browser.test_accessibility import COLOURS, breaches
from browser.test_hostile_text import make_hostile
from editions import publish
from site_files import SiteFiles

SORTS = ("index", "claim", "card", "record", "document", "log", "entries", "search")
SEEN = """one => {
    one.loading = "eager";
    return one.decode().then(() => one.naturalWidth);
}"""
UNLOADED = {"preload": False}
"""The pages forbid axe to fetch their style sheets."""
HIDDEN = ("withheld", "hidden")


class OnDisk:
    """A browser's window that shows files, and whatever it complained of."""

    def __init__(self, page):
        self.page, self.happened = page, []
        context, note = page.context, self.happened.append
        context.on("console", lambda said: note(said.text))
        context.on("weberror", lambda error: note(str(error.error)))
        context.on("dialog", lambda dialog: (note(dialog.message), dialog.dismiss()))
        context.on("request", lambda one: one.url.startswith("file:") or note(one.url))

    def go(self, site, name, viewport=WIDE):
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.goto((site.root / name).as_uri())
        return self.page

    def overflow(self):
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )


@pytest.fixture(scope="module")
def window(chromium):
    context = chromium.new_context(offline=True)
    one = OnDisk(context.new_page())
    yield one
    context.close()


@pytest.fixture
def disk(window):
    yield window
    happened = list(window.happened)
    window.happened.clear()
    assert happened == []


DRAFT = ("--override", "inspected", "--because", "The draft is about what it deletes")
"""The demo has a draft with changes in it."""


@pytest.fixture(scope="module")
def site(chromium, demo_case, tmp_path_factory):
    """The whole demo."""
    home = tmp_path_factory.mktemp("site")
    return SiteFiles(publish(demo_case.copy_to(home / "case"), home / "out", 1, ("--site", *DRAFT)))


@pytest.fixture(scope="module")
def selected(chromium, demo_case, tmp_path_factory):
    """One claim of it."""
    home = tmp_path_factory.mktemp("selected")
    only = ("--claim", "quillmar-won", "--site", *DRAFT)
    return SiteFiles(publish(demo_case.copy_to(home / "case"), home / "out", 1, only))


def largest(site, folder):
    """The page of a folder with most on it."""
    pages = [name for name in site.files if name.startswith(f"{folder}/") and ".html" in name]
    return max(pages, key=lambda name: (site.root / name).stat().st_size)


def named(site, sort):
    """A page of each sort."""
    known = {"entries": "log/0.html", "hidden": "withheld/0.html"}
    if sort in known:
        return known[sort]
    return f"{sort}.html" if f"{sort}.html" in site.files else largest(site, sort)


@pytest.mark.parametrize("sort", [*SORTS, *HIDDEN])
def test_each_sort_of_page_is_for_everybody_on_any_screen_and_on_paper(sort, disk, request):
    site = request.getfixturevalue("selected" if sort in HIDDEN else "site")
    page = disk.go(site, named(site, sort))
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    shot(page, f"site-{sort}")
    assert breaches(page, **UNLOADED) == []
    page.emulate_media(color_scheme="dark")
    assert breaches(page, COLOURS, **UNLOADED) == []
    page.set_viewport_size(NARROW)
    assert disk.overflow() <= 0
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_reader_goes_from_claim_to_passage_to_file(disk, site):
    page = disk.go(site, "index.html")
    page.get_by_role("link", name="Quillmar knew that").click()
    expect(page.locator("svg.graph")).to_be_visible()
    image = page.locator(".crop img").first
    assert image.evaluate(SEEN) > 0
    page.get_by_role("link", name="Show it there").first.click()
    expect(page.locator(".stands:target")).to_be_visible()
    file = page.get_by_role("link", name="Download the file").get_attribute("href")
    assert (Path(page.url.removeprefix("file://")).parent / file).is_file()


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("houses of PRAYER", {"claim", "tender clause", "preserved file"}),
        ("quíllmar prayer cameras", {"claim"}),
        ("投标", {"preserved file"}),
        ("nosuchword", set()),
        ("…", set()),
        ("__proto__ constructor", set()),
    ],
)
def test_the_search_finds_without_a_network(asked, kinds, disk, site):
    page = disk.go(site, "search.html")
    page.get_by_role("searchbox").fill(asked)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).not_to_be_empty()
    found = page.locator(".hits .about").all_inner_texts()
    assert kinds <= set(found)
    assert bool(found) == bool(kinds)
    for link in page.locator(".hits a").all():
        assert (site.root / link.get_attribute("href")).is_file()


def test_an_index_of_many_files_is_searched(disk, site, tmp_path, monkeypatch, demo_case):
    monkeypatch.setattr("evidence_datasette.site.index.POSTINGS", 100)
    monkeypatch.setattr("evidence_datasette.site.index.PAGES", 5)
    many = SiteFiles(
        publish(demo_case.copy_to(tmp_path / "case"), tmp_path / "out", 1, ("--site", *DRAFT))
    )
    assert len(many.unlinked()) > 10
    for asked in ("tender", "prayer houses", "招 标"):
        answers = []
        for one in (site, many):
            page = disk.go(one, "search.html")
            page.get_by_role("searchbox").fill(asked)
            page.get_by_role("button", name="Search").click()
            expect(page.locator(".hits li").first).to_be_visible()
            answers.append(page.locator(".hits").inner_text())
        assert answers[0] == answers[1]


def test_without_scripts_all_is_there_but_the_search(chromium, site):
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((site.root / "search.html").as_uri())
    expect(page.get_by_text("The search needs a script")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("link", name="Claims", exact=True).click()
    expect(page.get_by_role("heading", name="Quillmar knew that")).to_be_visible()
    context.close()


def test_links_to_what_is_withheld_say_so(disk, selected):
    page = disk.go(selected, "log/0.html")
    hidden = page.locator("a[href*='withheld/']").first
    assert "withheld" in hidden.evaluate("one => getComputedStyle(one, '::after').content")
    hidden.click()
    expect(page.locator(".entry:target")).to_contain_text("This record is withheld.")


def test_nothing_that_was_recorded_runs(disk, tmp_path):
    case = make_hostile(tmp_path)
    why = ("--because", "It is a test")
    words = ("--override", "passages", *why, "--override", "inspected", *why)
    site = SiteFiles(publish(case, tmp_path / "out", 1, ("--site", *words)))
    for name in site.pages:
        page = disk.go(site, name)
        assert page.evaluate("typeof window.pwned") == "undefined"
    page = disk.go(site, "search.html")
    page.get_by_role("searchbox").fill("<script> pwned")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hits li").first).to_be_visible()
    assert page.evaluate("typeof window.pwned") == "undefined"
