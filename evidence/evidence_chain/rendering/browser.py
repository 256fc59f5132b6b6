"""A page in a Chromium that has no network, no script of the page, and no profile that lasts."""

from __future__ import annotations

import base64
import fcntl
import os
from contextlib import ExitStack, contextmanager
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any

from evidence_chain.rendering.confined import LIMITS, program, started
from evidence_chain.rendering.devtools import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

WIDTH, HEIGHT = 1280, 1000
"""Of the window, in pixels."""
_ADDRESS = "http://page.invalid/"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; "
    "media-src data:; frame-src 'none'; base-uri 'none'; form-action 'none'"
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    *("--headless=new", "--remote-debugging-pipe", "--user-data-dir=/tmp/profile"),
    *("--blink-settings=scriptEnabled=false", "--host-resolver-rules=MAP * ~NOTFOUND"),
    *("--proxy-server=socks5://127.0.0.1:9", "--proxy-bypass-list=<-loopback>"),
    *("--no-first-run", "--disable-gpu", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--mute-audio"),
    *("--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars"),
    *("--disable-lcd-text", f"--window-size={WIDTH},{HEIGHT}", "--lang=en"),
)


class Page:
    """A page that is shown, and our own functions in it (`page.js`), apart from the page's."""

    def __init__(self, connection: Connection, context: int) -> None:
        self._connection, self._context = connection, context

    def call(self, function: str, *arguments: object) -> Any:  # noqa: ANN401
        """What one of our functions returns."""
        answer = self._connection.ask(
            "Runtime.callFunctionOn",
            executionContextId=self._context,
            functionDeclaration=f"(...given) => shown.{function}(...given)",
            arguments=[{"value": one} for one in arguments],
            returnByValue=True,
        )
        return answer["result"].get("value")

    def picture(self) -> Image:
        """What the window shows."""
        from PIL import Image

        png = self._connection.ask("Page.captureScreenshot", format="png")["data"]
        picture = Image.open(BytesIO(base64.b64decode(png)), formats=["PNG"])
        return picture.convert("RGB")


@contextmanager
def shown(content: bytes, media_type: str) -> Iterator[Page]:
    """Show a page.

    Args:
        content: its bytes.
        media_type: its type; the browser finds the charset out by itself.

    Raises:
        NotShownError: there is no Chromium, it can't be confined, or it doesn't show the page in
            time.
    """
    command = [program(_NAMES, "Chromium"), *_FLAGS, "about:blank"]
    with ExitStack() as stack:
        theirs_in, ours_out = _pipe(stack)
        ours_in, theirs_out = _pipe(stack)
        stack.enter_context(started(command, pipe=(theirs_in, theirs_out)))
        os.close(theirs_in)
        os.close(theirs_out)
        yield _open(Connection(ours_in, ours_out, LIMITS.clock), content, media_type)


def _pipe(stack: ExitStack) -> tuple[int, int]:
    """Both ends of a pipe, above the numbers that the program has its own at."""
    first = os.pipe()
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in first]
    for one in first:
        os.close(one)
    stack.callback(_close, ends)
    return ends[0], ends[1]


def _close(ends: list[int]) -> None:
    for one in ends:
        try:
            os.close(one)
        except OSError:  # closed when it was handed over
            continue


def _open(connection: Connection, content: bytes, media_type: str) -> Page:
    ask = connection.ask
    target = ask("Target.createTarget", url="about:blank")["targetId"]
    session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    connection.session = session
    connection.on["Fetch.requestPaused"] = _Answers(connection, content, media_type)
    loaded: list[bool] = []
    connection.on["Page.loadEventFired"] = lambda _: loaded.append(True)
    ask("Emulation.setScriptExecutionDisabled", value=True)
    ask(
        "Emulation.setDeviceMetricsOverride",
        width=WIDTH,
        height=HEIGHT,
        deviceScaleFactor=1,
        mobile=False,
    )
    ask("Emulation.setEmulatedMedia", media="screen", features=[_STILL])
    ask("Fetch.enable", patterns=[{"urlPattern": "*"}])
    ask("Page.enable")
    frame = ask("Page.navigate", url=_ADDRESS)["frameId"]
    connection.wait(lambda: bool(loaded))
    world = ask("Page.createIsolatedWorld", frameId=frame, worldName="evidence")
    context = world["executionContextId"]
    functions = (resources.files(__package__) / "page.js").read_text(encoding="utf-8")
    ask("Runtime.evaluate", expression=functions, contextId=context)
    return Page(connection, context)


_STILL = {"name": "prefers-reduced-motion", "value": "reduce"}


class _Answers:
    """Answers the first request with the page, and lets no other through."""

    def __init__(self, connection: Connection, content: bytes, media_type: str) -> None:
        self._connection = connection
        self._page: bytes | None = content
        self._type = media_type

    def __call__(self, event: dict[str, Any]) -> None:
        if self._page is None:
            self._connection.tell(
                "Fetch.failRequest", requestId=event["requestId"], errorReason="Aborted"
            )
            return
        body, self._page = base64.b64encode(self._page).decode(), None
        headers = {"Content-Type": self._type, "Content-Security-Policy": _POLICY}
        self._connection.tell(
            "Fetch.fulfillRequest",
            requestId=event["requestId"],
            responseCode=200,
            responseHeaders=[{"name": name, "value": said} for name, said in headers.items()],
            body=body,
        )
