"""An edition, checked by `verify.html` in Chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench.jobs.clock import Stopwatch
from bench.jobs.editions.publishing import ORIGIN
from bench.jobs.named import CHROMIUM
from evidence_chain.edition.browser import verifier
from evidence_db.store.keys.key_file import load_key

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_LONGEST = """() => {
    self.longest = 0;
    const keep = (list) => {
        for (const one of list.getEntries()) self.longest = Math.max(self.longest, one.duration);
    };
    new PerformanceObserver(keep).observe({ entryTypes: ["longtask"] });
}"""


def check_in_browser(target: str) -> dict[str, Any]:
    """Drop an edition on the page, with no network, and wait for what it says."""
    from playwright.sync_api import sync_playwright

    key = str(load_key(ORIGIN).verifier)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        file = Path(home) / "verify.html"
        file.write_bytes(verifier())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        page = browser.new_context(offline=True).new_page()
        page.goto(file.as_uri())
        page.evaluate(_LONGEST)
        page.set_input_files("#folder", target)
        page.fill("#key", key)
        watch = Stopwatch()
        page.click("#check")
        page.wait_for_selector("#outcome", timeout=600_000)
        seconds = watch.seconds()
        said, longest = page.get_attribute("#outcome", "class"), page.evaluate("self.longest")
        browser.close()
    if said != "outcome holds":
        raise ValueError(f"The edition does not hold in the browser: {said}.")
    return {"seconds": seconds, "longest": longest / 1000}
