"""A report on a claim can be read by everybody, on a screen and on paper."""

from browser.test_accessibility import COLOURS, breaches


def test_axe_finds_nothing_on_screen_or_paper(demo, chromium, tmp_path):
    path = tmp_path / "report.html"
    demo.case.run("report", "quillmar-knew", "-o", path)
    context = chromium.new_context(offline=True)
    page = context.new_page()
    blocked = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(path.as_uri())
    assert page.locator("img").count()
    assert page.evaluate("[...document.images].every((one) => one.naturalWidth > 0)")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Georgia")
    assert breaches(page) == []
    page.emulate_media(media="print")
    assert breaches(page, COLOURS) == []
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert [text for text in blocked if "Content Security Policy" in text] == []
    context.close()
