"""What `evidence capture` refuses, and says where it can't be done: no browser is needed."""

import pytest

from evidence_chain.capture import asking
from evidence_chain.capture.browser import running
from evidence_chain.errors import UncheckedError
from web_pages import site


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "is no address of a page"),
        ("javascript:alert(1)", "is no address of a page"),
        ("https://", "is no address of a page"),
        ("https://[broken/", "is no address of a page"),
        ("https://press.example/a b", "is no address of a page"),
        ("https://jo:secret@press.example/", "holds a name or a password"),
    ],
)
def test_what_is_no_address_is_refused(case, url, why):
    refused = case.run("capture", url, code=2)
    assert why in refused.output
    assert "secret" not in refused.output


def test_an_address_that_nobody_has_names_the_command(case):
    refused = case.run("quote", "https://press.example/news?a=1&b=2", "Words.", code=2)
    assert "evidence capture 'https://press.example/news?a=1&b=2'" in refused.output


def test_without_playwright_it_says_what_to_install(case, monkeypatch):
    monkeypatch.setattr(running, "find_spec", lambda _: None)
    refused = case.run("capture", "https://press.example/", code=3)
    assert "pip install 'evidence-chain[capture]'" in refused.output


def test_without_chromium_it_says_what_to_install(case, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    refused = case.run("capture", "https://press.example/", code=3)
    assert "apt-get install chromium" in refused.output


def test_an_archive_that_says_nothing_of_a_copy_made_none():
    with site() as server:
        address = f"{server.address}/news"
        assert "/web/20310402093000/" in asking.ask(address, server.address)
        with pytest.raises(UncheckedError, match="did not say where"):
            asking.ask(address, f"{server.address}/silent")
    with pytest.raises(UncheckedError, match="made no copy"):
        asking.ask(address, server.address)
