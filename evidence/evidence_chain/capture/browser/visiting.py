"""One page in a browser without a past: loaded, scrolled, pictured, printed."""

from __future__ import annotations

import base64
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error

from evidence_chain.capture.browser import telling
from evidence_chain.capture.browser.loading import Loading, NotLoadedError
from evidence_chain.capture.browser.tree import Tree
from evidence_chain.capture.browser.watching import Watch
from evidence_chain.capture.recorded import Certificate, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

    from evidence_chain.capture.limits import Limits

WIDTH, HEIGHT = 1280, 1000
"""Of the window, in pixels."""

_NO_BUFFERS = {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0}
"""This session asks for certificates alone, which are only told of what it saw being loaded."""


def visit(browser: Browser, url: str, limits: Limits, *, unchecked: str = "") -> Visit:
    """Load a page and note all that is loaded.

    Args:
        browser: it keeps nothing from one page for the next.
        url: the page's address.
        limits: where it ends.
        unchecked: what is wrong with the certificate of a server that is believed all the same.

    Raises:
        NotLoadedError: there is no page there.
    """
    context = browser.new_context(
        accept_downloads=False,
        service_workers="block",
        ignore_https_errors=bool(unchecked),
        viewport={"width": WIDTH, "height": HEIGHT},
    )
    try:
        found = _visited(context, url, limits)
    finally:
        context.close()
    if unchecked:
        found.told.insert(
            0,
            f"The server's certificate is not valid for this browser ({unchecked}), so anybody on "
            "the way may have answered.",
        )
    return found


def _visited(context: BrowserContext, url: str, limits: Limits) -> Visit:
    page = context.new_page()
    watch = Watch(context, page, limits)
    found = Visit(asked=url, at=datetime.now(UTC), exchanges=watch.exchanges, missing=watch.missing)
    loading = Loading(page, watch, limits)
    session = context.new_cdp_session(page)
    session.send("Network.enable", _NO_BUFFERS)
    loading.begin(url)
    moments = [_tree(session)]
    loading.scroll()
    found.url = page.url.partition("#")[0]
    found.title = " ".join(page.title().split())[:300]
    found.user_agent = str(page.evaluate("navigator.userAgent"))[:300]
    found.told = loading.told + telling.over_the_page(page.evaluate(telling.OVER))
    moments.append(_tree(session))
    _picture(session, found, limits)
    _print(page, session, found)
    moments.append(_tree(session))
    watch.end()
    found.exchanges.sort(key=lambda one: one.at)
    if not found.page or found.page.body is None:
        raise NotLoadedError("the browser has no content of it")
    found.at = found.page.at
    found.certificates = _certificates(session, found)
    found.told += telling.changed(*(one.texts for one in moments))
    telling.by_scripts(found, moments[1])
    found.told += telling.besides(found, watch.happened)
    return found


def _tree(session: CDPSession) -> Tree:
    return Tree(session.send("DOMSnapshot.captureSnapshot", {"computedStyles": []}))


def _picture(session: CDPSession, found: Visit, limits: Limits) -> None:
    size = session.send("Page.getLayoutMetrics")["cssContentSize"]
    height = min(max(size["height"], HEIGHT), limits.height)
    if size["height"] > height:
        found.told.append(
            f"The picture shows the first {height:,} of {size['height']:,} pixels; the PDF has all."
        )
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
    found.picture = _made(
        session,
        found,
        "picture",
        "Page.captureScreenshot",
        {"format": "png", "captureBeyondViewport": True, "clip": clip},
    )


def _print(page: Page, session: CDPSession, found: Visit) -> None:
    page.emulate_media(media="screen")
    found.pdf = _made(session, found, "PDF", "Page.printToPDF", {"printBackground": True})


def _made(
    session: CDPSession, found: Visit, what: str, method: str, options: dict[str, Any]
) -> bytes:
    try:
        return base64.b64decode(session.send(method, options)["data"])
    except Error as error:
        reason = error.message.partition("\n")[0][:200]
        found.told.append(f"The browser could not make a {what} of it ({reason}).")
        return b""


def _certificates(session: CDPSession, found: Visit) -> list[Certificate]:
    """The certificates of the servers that the page, and each step to it, came from."""
    origins = dict.fromkeys(
        f"{parts.scheme}://{parts.netloc}"
        for url in (*(url for _, url in found.redirects), found.url)
        if (parts := urlsplit(url)).scheme == "https"
    )
    chains = []
    for origin in origins:
        shown: list[str] = []
        with suppress(Error):
            shown = session.send("Network.getCertificate", {"origin": origin})["tableNames"]
        if shown:
            pem = "".join(ssl.DER_cert_to_PEM_cert(base64.b64decode(one)) for one in shown)
            chains.append(Certificate(origin, pem.encode()))
        else:
            found.told.append(f"The browser doesn't tell which certificates {origin} showed.")
    return chains
