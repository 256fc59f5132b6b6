"""Notes what a page loads, as it loads it."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from evidence_chain.capture.recorded import Exchange, Missing

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Download, Page, Request, Response

    from evidence_chain.capture.limits import Limits
    from evidence_chain.capture.recorded import Headers

_ENDED = "net::ERR_ABORTED"
_NAMED = 200


class Watch:
    """What one browser context loads, and what it doesn't."""

    def __init__(self, context: BrowserContext, page: Page, limits: Limits) -> None:
        self.exchanges: list[Exchange] = []
        self.missing: list[Missing] = []
        self.happened: Counter[str] = Counter()
        """What pages did besides, in words, and how often."""
        self.ended = False
        self._page, self._limits = page, limits
        self._open: dict[Request, None] = {}
        self._asked = self._size = 0
        context.on("request", self._begin)
        context.on("requestfinished", self._finish)
        context.on("requestfailed", self._fail)
        context.on("page", self._window)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda _: self._note("an error in a script of the page"))
        page.on("download", self._download)
        page.on("websocket", lambda one: self.lacks(one.url, "a connection that stays open"))

    @property
    def loading(self) -> int:
        """How many requests have no answer yet."""
        return len(self._open)

    def lacks(self, url: str, why: str) -> None:
        """Note something that isn't in the archive, each once."""
        one = Missing(url[:2000], why)
        if one not in self.missing and len(self.missing) < self._limits.requests:
            self.missing.append(one)

    def end(self) -> None:
        """Take no more; what is still being loaded is missing."""
        self.ended = True
        for request in self._open:
            self.lacks(request.url, "it was still being loaded")

    def _note(self, what: str) -> None:
        self.happened[what] += 1

    def _begin(self, request: Request) -> None:
        if self.ended or not request.url.startswith(("http://", "https://")):
            return
        self._asked += 1
        if self._asked > self._limits.requests:
            self.lacks(request.url, f"more than {self._limits.requests:,} requests")
        elif not self.ended:
            self._open[request] = None

    def _fail(self, request: Request) -> None:
        if self._open.pop(request, self) is None and not self.ended:
            why = request.failure or "no reason is told"
            if why == _ENDED and request.resource_type == "media":
                why = _MEDIA
            self.lacks(request.url, _REASONS.get(why, why))

    def _finish(self, request: Request) -> None:
        if request not in self._open:
            return
        try:
            response = request.response()
            if response is not None:
                self._take(request, response)
        except Error as error:
            self.lacks(request.url, f"its content can't be had: {_first_line(error)}")
        finally:
            self._open.pop(request, None)

    def _take(self, request: Request, response: Response) -> None:
        body: bytes | None = None
        if request.resource_type == "media":
            self.lacks(request.url, _MEDIA)
            return
        if not 300 <= response.status < 400 and response.status != 204:
            announced = response.header_value("content-length") or ""
            if announced.isdecimal() and int(announced[:20]) > self._limits.each:
                self.lacks(request.url, self._too_large())
                return
            body = response.body()
            if len(body) > self._limits.each:
                self.lacks(request.url, self._too_large())
                return
            self._size += len(body)
            if self._size > self._limits.total:
                self.lacks(request.url, f"more than {self._limits.total >> 20} MB in all")
                return
        if request.post_data_buffer:
            self._note("a request with a body, which is not kept")
        server = None
        with suppress(Error):
            server = response.server_addr()
        if response.status >= 400 and not request.is_navigation_request():
            self.lacks(request.url, f"the server answered {response.status}")
        self.exchanges.append(
            Exchange(
                url=request.url.partition("#")[0],
                at=_time(request),
                status=response.status,
                reason=response.status_text,
                asked=_headers(request),
                answered=_headers(response),
                body=body,
                method=request.method,
                address=server["ipAddress"].strip("[]") if server else "",
            )
        )

    def _too_large(self) -> str:
        return f"it has more than {self._limits.each >> 20} MB"

    def _window(self, page: Page) -> None:
        if page is not self._page:
            self._note("a window that the page opened, which was shut")
            with suppress(Error):
                page.close()

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"a box with the words “{_flat(dialog.message)}”, which was dismissed")
        with suppress(Error):
            dialog.dismiss()

    def _download(self, download: Download) -> None:
        self.lacks(download.url, f"a download ({_flat(download.suggested_filename)})")


_MEDIA = "video and sound are not taken"
_REASONS = {
    "net::ERR_ABORTED": "the page or the browser gave it up",
    "net::ERR_BLOCKED_BY_CLIENT": "the browser blocked it",
    "net::ERR_BLOCKED_BY_RESPONSE": "the server does not let this page have it",
    "net::ERR_BLOCKED_BY_ORB": "the browser keeps it from this page (ORB)",
    "net::ERR_UNSAFE_PORT": "the browser refuses its port",
    "csp": "the page's own policy blocks it (CSP)",
}


def _headers(one: Request | Response) -> Headers:
    return [
        (each["name"], each["value"])
        for each in one.headers_array()
        if not each["name"].startswith(":")
    ]


def _time(request: Request) -> datetime:
    begun = request.timing["startTime"]
    return datetime.fromtimestamp(begun / 1000, UTC) if begun > 0 else datetime.now(UTC)


def _flat(text: str) -> str:
    return " ".join(text.split())[:_NAMED]


def _first_line(error: Error) -> str:
    return error.message.partition("\n")[0][:_NAMED]
