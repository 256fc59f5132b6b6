"""Whatever a document says, a page shows it and does nothing else (THREATS 44, 45)."""

import pytest

from cases import make_empty_case

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"--></title></textarea>"
BIDI = "\u202ekcab\u202c \u2066in\u2069"
TEXT = f"It said {SCRIPT} and {BIDI} and {{{{ 99991*99991 }}}} and javascript:alert(1) there."
ADDRESS = "javascript:alert(document.domain)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    case = make_empty_case(tmp_path_factory.mktemp("hostile"))
    file = case.write("<b onclick=x>.txt", TEXT)
    about = ("--title", SCRIPT + BIDI, "--url", ADDRESS, "--publisher", BIDI)
    case.ids["file"] = case.id("add", "artifact", file, *about)
    case.ids["original"] = case.id("add", "original", "--title", SCRIPT, "--url", ADDRESS)
    case.ids["claim"] = case.id("claim", "hostile", f"{SCRIPT} {BIDI}", "--note", SCRIPT)
    words = ("--artifact", case.ids["file"], "--text", TEXT)
    words += ("--derives-from", case.ids["original"])
    case.ids["quote"] = case.id("add", "quote", *words, "--speaker", SCRIPT, "--note", SCRIPT)
    case.ids["link"] = case.id("link", case.ids["quote"], "hostile", "--supports", "--note", SCRIPT)
    other = case.id("claim", "other", "Another claim")
    again = case.id("link", case.ids["quote"], other, "--contradicts")
    case.ids["retraction"] = case.id("retract", again, "--reason", SCRIPT)
    case.run("checkpoint")
    return case


def pages(case):
    ids = case.ids
    yield from ("claims", "claims?q=alert", "claims?status=supported", "log")
    yield "claim/hostile"
    yield from (f"record/{id_}" for id_ in ids.values())
    yield f"document/{ids['file']}"
    yield from (f"log/{index}" for index in range(7))
    yield "search?q=alert"
    yield "search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27"
    yield "claims?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27"
    yield "claims?q=%E2%80%AE%3Cb%3E"


def test_no_page_has_markup_or_code_from_evidence(hostile, serve):
    site = serve(hostile)
    for path in pages(hostile):
        page = site.page(f"/evidence/-/{path}")
        assert not {"img", "textarea"} & set(page.tags), path
        ours = [a for a in page.attributes if a[:2] == ("script", "src")]
        assert all(src.startswith("/-/evidence/") for _, _, src in ours), path
        assert page.tags.count("script") == len(ours), path
        assert not [a for a in page.attributes if a[1].startswith("on")], path
        assert not [link for link in page.links if not link.startswith(("/", "#"))], path
        assert "9998200081" not in page.text, path


def test_no_page_lets_a_line_be_reordered(hostile, serve):
    site = serve(hostile)
    for path in pages(hostile):
        text = site.text(f"/evidence/-/{path}")
        shown = text.replace('value="\u202e', "")  # what somebody typed themselves
        assert not set(shown) & set("\u202e\u202c\u2066\u2069"), path
    assert "U+202E" in site.page("/evidence/-/claim/hostile").text


def test_what_is_said_in_a_search_is_never_markup_nor_syntax(hostile, serve):
    site = serve(hostile)
    for words in (
        '"',
        "'",
        "NEAR(",
        "a OR b",
        "*",
        "col:x",
        "\0",
        "'; DROP TABLE claim; --",
        "^",
        "-",
    ):
        for page in ("search", "claims"):
            site.loop.run_until_complete(
                site.datasette.client.get(f"/evidence/-/{page}.json", params={"q": words})
            ).raise_for_status()


def test_errors_show_what_was_asked_for_harmlessly(hostile, serve):
    site = serve(hostile)
    for path in ("record/%3Cscript%3Ealert(1)%3C~2Fscript%3E", "claims?status=%3Cscript%3E"):
        assert "<script>alert(1)" not in site.text(f"/evidence/-/{path}", 404)
        assert "'<script>'" not in site.text(f"/evidence/-/{path}", 404)


def test_cells_of_tables_are_escaped(hostile, serve):
    site = serve(hostile)
    for table in ("claim", "artifact", "original", "evidence", "entry"):
        assert "<script>alert(1)" not in site.text(f"/evidence/{table}")
        assert f'href="{ADDRESS}' not in site.text(f"/evidence/{table}")
