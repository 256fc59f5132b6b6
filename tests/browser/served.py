"""A case in a server of its own, and a reader of it with a browser.

EVIDENCE_DATASETTE_1=/path/to/python: the server runs there, with Datasette 1.0.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cases import CaseDir, first_answer
from parser_forks import JOIN

TOP = Path(__file__).resolve().parents[2]
NEXT = os.environ.get("EVIDENCE_DATASETTE_1")
PYTHON = NEXT or sys.executable
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = Path(__file__).with_name("shots") / ("next" if NEXT else ".")
"""Both versions are tried at once."""
PAGES = (
    *("claims", "found", "claim", "record", "document", "paged", "search", "log", "entry"),
    *("verify", "status", "error"),
)
LOAD = """Promise.all([...document.images].map(one => {
    one.loading = "eager";
    return one.decode();
}))"""
NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


@dataclass(eq=False)
class Served:
    """A case and where it is served."""

    case: CaseDir
    address: str
    """That of the claims; others stand beside it."""
    link: str = ""
    """The one-time link of who may record, if it does."""

    def at(self, page: str) -> str:
        """Where a page of ours is, such as `log/3`."""
        return self.address.removesuffix("claims") + page

    @cache  # noqa: B019
    def resolved(self, slug: str) -> Any:
        """What the command line says of a claim."""
        return self.case.json("resolve", slug)


@contextmanager
def serving(case: CaseDir, *more: str):
    """`evidence serve` in a process of its own, which must not complain and must end with it."""
    rooms = os.pathsep.join(str(TOP / room) for room in ("evidence", "db", "cli"))
    environment = os.environ | case.environment | {"PYTHONPATH": rooms}
    joining = ("-c", f"{JOIN}from evidence_cli.main import main; main()")
    program = joining if sys.executable == PYTHON else ("-m", "evidence_cli")
    words = [PYTHON, *program, "serve", case.root, "--no-open", "--port", "0", "--json", *more]
    with tempfile.TemporaryFile("w+") as errors:
        streams = {"stdout": subprocess.PIPE, "stderr": errors, "text": True}
        with subprocess.Popen(words, env=environment, **streams) as server:
            try:
                told = first_answer(server.stdout)
                yield Served(case, told["address"], told.get("record", ""))
                server.send_signal(signal.SIGINT)
                server.wait(30)
            finally:
                server.kill()
        errors.seek(0)
        said = errors.read()
        assert said == "Ended.\n", said


@dataclass
class Reader:
    """A page of a browser, and whatever happened in it that never should."""

    page: Any
    site: Served | None = None
    happened: list[str] = field(default_factory=list)
    asked: str = ""

    def __post_init__(self) -> None:
        """Note errors, breaches of the Content-Security-Policy, dialogs, and other hosts."""
        context, note = self.page.context, self.happened.append
        context.on("console", lambda said: self._is_fine(said) or note(f"console: {said.text}"))
        context.on("weberror", lambda error: note(f"error: {error.error}"))
        context.on("dialog", lambda dialog: (note(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", lambda one: self._is_ours(one.url) or note(f"asked: {one.url}"))

    def _is_fine(self, said: Any) -> bool:
        """No error; a page that is asked for may say that it is not there."""
        missing = said.text.startswith("Failed to load resource")
        return said.type != "error" or (missing and said.location["url"] == self.asked)

    def _is_ours(self, address: str) -> bool:
        host = self.site.address.partition("/evidence/")[0]
        return address.startswith((f"{host}/", "about:blank"))

    def begin(self, site: Served, viewport: dict[str, int]) -> None:
        """Come to a case anew: starting a window for each test would take half of the time."""
        self.site = site
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="screen", color_scheme="light", forced_colors="none")

    def end(self) -> None:
        """Leave the case; nothing untoward may have happened."""
        self.page.goto("about:blank")
        happened = list(self.happened)
        self.happened.clear()
        assert happened == []

    def go(self, page: str) -> Any:
        """Open a page of ours."""
        self.asked = self.site.at(page)
        self.page.goto(self.asked)
        return self.page

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def unfold(self) -> None:
        """Open all that can be folded."""
        self.page.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = true"
        )


def shot(page: Any, name: str) -> None:
    """Take a picture of a whole page, for people to look at."""
    file = SHOTS / f"{name}.jpg"
    page.evaluate(LOAD)
    page.screenshot(path=file, full_page=True, type="jpeg", quality=75)
    assert file.stat().st_size > 5_000


def pages(site: Served, slug: str) -> dict[str, str]:
    """One address of each kind of page, by its name."""
    chain = site.resolved(slug)["chain"]
    records = [link["record"] for link in chain if link["record"].get("document")]
    record = records[0]
    documents = [one["document"] for one in records]
    paged = max(documents, key=lambda one: str(one["filename"]).endswith(".pdf"))
    return {
        "claims": "claims",
        "found": "claims?q=knew&status=contested&order=changed",
        "claim": f"claim/{slug}",
        "record": f"record/{record['id']}",
        "document": f"document/{record['document']['id']}",
        "paged": f"document/{paged['id']}",
        "search": "search?q=knew",
        "log": "log",
        "entry": f"log/{record['index']}",
        "verify": f"verify?of={record['id']}",
        "status": "status",
        "error": "claim/no-such-claim",
    }
