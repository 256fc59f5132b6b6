"""`verify.html` before editions that are made to harm or hang it, and where it lacks something."""

import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from browser.verifier.dropping import Verifier
from evidence_chain.edition.browser import verifier


def test_a_file_of_holes_is_refused_before_it_is_read(checker, edition):
    edition.write("data/site/large.html", b"x")
    with (edition.path / "data/site/large.html").open("r+b") as file:
        file.truncate(4 << 30)
    assert checker.check(edition.path, edition.key.verifier) == "failed"
    assert any("listed" in one for one in checker.findings)


def test_many_names_are_refused_by_their_names(checker, edition, tmp_path):
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for name in edition.files:
            archive.write(edition.path / name, name)
        for number in range(60_000):
            archive.writestr(f"data/more/{number}", b"")
    assert checker.check(tmp_path / "many.zip", edition.key.verifier) == "failed"
    assert len(checker.findings) == 100


LINES = {
    "nested deeply": b"[" * 100_000,
    "a line without an end": b'{"entry":"' + b"x" * (17 << 20),
    "keys of objects": b'{"__proto__":{"entry":"x"},"constructor":1}\n',
    "no text": b"\xff\xfe\n",
}


@pytest.mark.parametrize("what", LINES)
def test_a_log_that_is_no_log_is_refused_and_hangs_nothing(checker, edition, what):
    edition.write("data/log.jsonl", edition.read("data/log.jsonl") + LINES[what])
    edition.seal()
    assert checker.check(edition.path, edition.key.verifier) == "failed"
    assert 4 in checker.steps
    assert checker.happened == []


def test_words_that_are_said_to_stand_somewhere_and_not_where(checker, edition, publisher):
    match = {"rules": "theirs", "status": "verbatim", "notes": []}
    fields = {"artifact": publisher.ids["minutes"], "text": "Nobody knew.", "match": match}
    edition.append("evidence/quote", fields | {"selector": None, "extracted": None})
    assert checker.check(edition.path, edition.key.verifier) == "failed"
    assert any("not where it stands" in one for one in checker.findings)


def test_it_works_over_http_and_asks_for_nothing_more(chromium, edition, tmp_path):
    (tmp_path / "page").mkdir()
    (tmp_path / "page/verify.html").write_bytes(verifier())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = partial(Quiet, directory=tmp_path / "page")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        context = chromium.new_context()
        address = f"http://127.0.0.1:{server.server_port}/verify.html"
        one = Verifier(
            context.new_page(), address, also=f"blob:http://127.0.0.1:{server.server_port}"
        )
        assert one.check(edition.path, edition.key.verifier) == "holds"
        assert one.happened == []
        context.close()
        server.shutdown()


def test_it_works_by_the_keyboard_alone(checker, edition):
    checker.check(edition.path, edition.key.verifier)
    page = checker.page
    page.focus("#key")
    for wanted in ("summary", "#check"):
        page.keyboard.press("Tab")
        expect(page.locator(f"{wanted}:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#outcome:focus")).to_have_count(1)
    claim = page.locator(".claim summary").first
    claim.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article").first).to_be_visible()


def test_without_webcrypto_signatures_are_not_checked(chromium, edition, tmp_path):
    """As where the page comes from another machine by plain HTTP."""
    file = tmp_path / "verify.html"
    bare = verifier().decode().replace("globalThis.crypto?.subtle", "globalThis.crypto?.nothing")
    at = bare.index("script-src '"), bare.index("; style-src")
    file.write_text(bare[: at[0]] + "script-src 'unsafe-inline'" + bare[at[1] :])
    context = chromium.new_context(offline=True)
    one = Verifier(context.new_page(), file.as_uri())
    assert one.check(edition.path, edition.key.verifier) == "not-checked"
    assert any("no WebCrypto here: open the page from a disk" in words for words in one.findings)
    context.close()
