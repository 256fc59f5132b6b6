"""Whatever is recorded, a browser shows it and does nothing else (THREATS 44, 45)."""

import pytest
from playwright.sync_api import expect

from cases import make_empty_case

SCRIPT = "</title><script>window.pwned = 1; alert(1)</script>"
IMAGE = '"\'><img src=x onerror="window.pwned = 1; alert(2)"><svg onload=window.pwned=1>'
ADDRESS = "javascript:window.pwned=1;alert(3)//"
REVERSED = "\u202edetartsnomed\u202c"
TEXT = f"He said {SCRIPT} and {IMAGE} and {ADDRESS} and {REVERSED} there."
SCHEMES = """[...document.querySelectorAll('a[href]')].map(
    one => new URL(one.getAttribute('href'), location).protocol)"""


@pytest.fixture
def hostile(chromium, _sites):
    return _sites("hostile", make_hostile)


def make_hostile(home):
    case = make_empty_case(home)
    page = (
        f"<!doctype html><title>{SCRIPT}</title><script>window.pwned = 1</script><p>Harmless.</p>"
    )
    for name, content in (('"><img src=x onerror=pwned=1>.txt', TEXT), ("<script>.html", page)):
        about = ("--title", SCRIPT + IMAGE + REVERSED, "--url", ADDRESS, "--publisher", IMAGE)
        case.ids[name[-4:]] = case.id("add", "artifact", case.write(name, content), *about)
    case.ids["original"] = case.id("add", "original", "--title", SCRIPT, "--url", ADDRESS)
    words = ("--artifact", case.ids[".txt"], "--text", TEXT, "--speaker", IMAGE, "--note", SCRIPT)
    case.ids["quote"] = case.id("add", "quote", *words, "--derives-from", case.ids["original"])
    case.ids["claim"] = case.id("claim", "hostile", f"{SCRIPT}{IMAGE}{REVERSED}", "--note", IMAGE)
    linked = ("link", case.ids["quote"], "hostile", "--supports", "--note", SCRIPT + IMAGE)
    case.ids["link"] = case.id(*linked)
    other = case.id("claim", "other", ADDRESS)
    again = case.id("link", case.ids["quote"], other, "--contradicts")
    case.ids["retraction"] = case.id("retract", again, "--reason", SCRIPT + IMAGE)
    case.run("checkpoint")
    return case


def harmless(page):
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert set(page.evaluate(SCHEMES)) <= {"http:"}
    assert page.locator("img:not([src^='/']), svg[onload], script:not([src^='/'])").count() == 0


def test_nothing_that_was_recorded_runs(hostile, read):
    reader = read(hostile)
    ids = hostile.case.ids
    ours = ["claims", "claims?q=script", "claim/hostile", "claim/other", "search?q=said", "log"]
    ours += [f"document/{ids['.txt']}", f"document/{ids['html']}", f"verify?of={ids['quote']}"]
    ours += [f"record/{id_}" for id_ in ids.values()] + ["log/3"]
    ours += ["search?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dpwned%3D1%3E"]
    for address in ours:
        page = reader.go(address)
        reader.unfold()
        harmless(page)


def test_it_is_shown_as_it_was_recorded(hostile, read):
    page = read(hostile).go("claim/hostile")
    heading = page.get_by_role("heading", level=1)
    for part in (SCRIPT, IMAGE, "U+202E"):
        expect(heading).to_contain_text(part)
    expect(page.locator(".passage mark")).to_contain_text(SCRIPT)
    assert "\u202e" not in page.content()


def test_it_is_harmless_where_scripts_show_it(hostile, read):
    file = hostile.case.kept(hostile.case.body(".txt")["blake3"])
    kept = file.read_bytes()
    file.chmod(0o600)
    try:
        file.write_bytes(b"other")
        page = read(hostile).go("claim/hostile")
        page.get_by_role("button", name="Verify this claim").click()
        expect(page.locator(".said.failed")).to_be_visible()
        expect(page.locator(".checks .findings")).not_to_have_count(0)
        harmless(page)
    finally:
        file.write_bytes(kept)


@pytest.mark.parametrize("table", ["claim", "artifact", "evidence", "original", "claim/{}"])
def test_it_is_harmless_in_tables(table, hostile, read):
    reader = read(hostile)
    index = hostile.case.index("claim")
    reader.page.goto(hostile.at("").removesuffix("-/") + table.format(index))
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    assert reader.page.evaluate("typeof window.pwned") == "undefined"
    assert set(reader.page.evaluate(SCHEMES)) <= {"http:", "https:"}


def test_a_page_that_was_preserved_is_never_opened_here(hostile, read):
    page = read(hostile).go(f"document/{hostile.case.ids['html']}")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the file").click()
    assert "<" not in downloading.value.suggested_filename
    harmless(page)


def test_a_script_that_ran_would_be_noticed(hostile, read):
    reader = read(hostile)
    page = reader.go("log")
    page.evaluate("alert(1)")
    page.evaluate("fetch('http://elsewhere.example/').catch(() => 'blocked')")
    page.evaluate("document.body.setAttribute('onclick', 'pwned = 1'); document.body.click()")
    noticed = {one.partition(":")[0] for one in reader.happened}
    reader.happened.clear()
    assert {"dialog", "console"} <= noticed
    harmless(page)
