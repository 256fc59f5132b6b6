"""A browser, and cases that are served to it."""

import os
from contextlib import ExitStack
from functools import cache

import pytest

from adversary import flip
from browser.served import CHROMIUM, FLAGS, WIDE, Reader, serving
from browser.verifier.dropping import Verifier
from cases import make_empty_case
from evidence_chain.edition.browser import verifier

HAS_BROWSER = CHROMIUM.exists()


@pytest.fixture(scope="package")
def chromium():
    """Chromium, started once for all tests of it."""
    if not HAS_BROWSER:
        reason = "Chromium is not installed; apt-get install chromium."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def _sites(tmp_path_factory):
    """Serve a case that a function makes in a directory, under a name; each once."""
    with ExitStack() as servers:
        known = {}

        def find(name, make):
            if name not in known:
                home = tmp_path_factory.mktemp(name)
                known[name] = servers.enter_context(serving(make(home)))
            return known[name]

        yield find


@pytest.fixture
def demo(chromium, _sites, demo_case):
    """The case of `evidence demo`."""
    return _sites("demo", demo_case.copy_to)


@pytest.fixture
def surveillance(chromium, _sites, shared):
    """The real case."""
    content = shared("cases/surveillance/case.json")

    def make(home):
        case = make_empty_case(home)
        case.run("import", content)
        case.run("checkpoint")
        return case

    return _sites("surveillance", make)


@pytest.fixture(scope="package")
def _readers(chromium):
    """A reader whose browser runs scripts, and one whose browser does not."""

    @cache
    def find(scripts):
        page = chromium.new_context(java_script_enabled=scripts).new_page()
        page.set_default_timeout(30_000)
        return Reader(page)

    return find


@pytest.fixture
def read(_readers):
    """A function that sends a reader to a case."""
    sent = []

    def start(site, viewport=WIDE, *, scripts=True):
        sent.append(reader := _readers(scripts))
        reader.begin(site, viewport)
        return reader

    yield start
    for reader in sent:
        reader.end()


@pytest.fixture
def altered():
    """A function that changes a byte of a preserved file, and back in the end."""
    changed = []

    def alter(file):
        changed.append(file)
        flip(file)

    yield alter
    for file in changed:
        flip(file)


@pytest.fixture(scope="package")
def checker(chromium, tmp_path_factory):
    """A page that was taken from elsewhere than the edition, in a browser without a network."""
    file = tmp_path_factory.mktemp("verifier") / "verify.html"
    file.write_bytes(verifier())
    context = chromium.new_context(offline=True)
    one = Verifier(context.new_page(), file.as_uri())
    yield one
    context.close()
