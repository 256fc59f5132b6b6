"""Loads a page to its end, or to the end of what is taken."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from evidence_chain.capture.browser.watching import Watch
    from evidence_chain.capture.limits import Limits

_QUIET, _SHORT = 0.5, 0.2
"""Seconds without a request after which a page counts as loaded, and after each scrolling."""
_STEP = 50
"""Milliseconds between two looks at what is loaded."""
_SCROLL = """() => {
    window.scrollBy({top: window.innerHeight, behavior: "instant"});
    const page = document.scrollingElement || document.documentElement;
    return page.scrollTop + window.innerHeight >= page.scrollHeight - 1;
}"""


class NotLoadedError(Exception):
    """Why a page could not be got."""


class Loading:
    """A page that is being loaded."""

    def __init__(self, page: Page, watch: Watch, limits: Limits) -> None:
        self._page, self._watch, self._limits = page, watch, limits
        self._end = monotonic() + limits.seconds
        self.told: list[str] = []
        """Why it was taken before its end, if so."""

    def begin(self, url: str) -> None:
        """Load what shows at once.

        Raises:
            NotLoadedError: there is no page.
        """
        try:
            timeout = self._limits.seconds * 1000
            self._page.goto(url, wait_until="domcontentloaded", timeout=timeout)
        except Error as error:
            raise NotLoadedError(error.message.partition("\n")[0][:300]) from error
        self._settle()

    def scroll(self) -> None:
        """Load what shows only when it is scrolled to, and go back to the top."""
        for _ in range(self._limits.screens):
            at_end = self._page.evaluate(_SCROLL)
            if not self._settle(_SHORT):
                break
            if at_end and self._page.evaluate(_SCROLL):
                break
        else:
            self.told.append(
                f"It has no end here: it was scrolled {self._limits.screens} windows far, and what "
                "comes after that is not in the archive."
            )
        self._page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
        if not self._settle():
            self.told.append(
                f"It was still loading after {self._limits.seconds:.0f} seconds, and was taken as "
                "it was."
            )

    def _settle(self, quiet_for: float = _QUIET) -> bool:
        """Wait until nothing was loaded for a while; whether that came in time."""
        quiet = monotonic()
        while monotonic() < self._end:
            if self._watch.loading:
                quiet = monotonic()
            elif monotonic() - quiet >= quiet_for:
                return True
            self._page.wait_for_timeout(_STEP)
        return False
