"""Runs in a process of its own: one Chromium, one page after the other, each told of in a line."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright

from evidence_chain.capture import warc
from evidence_chain.capture.browser.loading import NotLoadedError
from evidence_chain.capture.browser.visiting import visit
from evidence_chain.capture.limits import Limits
from evidence_chain.capture.package import PACKAGE, PICTURE, package

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_FLAGS = (
    *("--no-first-run", "--disable-extensions", "--disable-sync", "--disable-component-update"),
    *("--disable-background-networking", "--mute-audio", "--disable-dev-shm-usage"),
    *("--disable-gpu", "--disable-quic"),
)
_UNTRUSTED = "net::ERR_CERT_"


def main() -> None:
    """Visit each page that the order on standard input names."""
    order = json.load(sys.stdin)
    folder, limits = Path(order["folder"]), Limits(**order["limits"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_program(order["program"], Path(order["home"])),
            chromium_sandbox=True,
            args=[*_FLAGS],
        )
        _answer({"ready": browser.version})
        for number, url in order["pages"]:
            try:
                told = _visit(browser, url, limits, folder / str(number), order["untrusted"])
            except NotLoadedError as error:
                told = {"failed": str(error)}
            except Error as error:
                told = {"failed": error.message.partition("\n")[0][:300]}
            _answer(told)
        browser.close()


def _answer(told: dict[str, Any]) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - to the process that started this


def _visit(
    browser: Browser, url: str, limits: Limits, stem: Path, untrusted: bool
) -> dict[str, Any]:
    try:
        found = visit(browser, url, limits)
    except NotLoadedError as error:
        at = str(error).find(_UNTRUSTED)
        if at < 0 or not untrusted:
            raise
        found = visit(browser, url, limits, unchecked=str(error)[at:].split()[0])
    stem.mkdir()
    (stem / PACKAGE).write_bytes(package(found))
    if found.picture:
        (stem / PICTURE).write_bytes(found.picture)
    date = f"{found.at:%Y-%m-%dT%H:%M:%SZ}"
    return warc.account(found) | {"at": date}


def _program(path: str, folder: Path) -> str:
    """Chromium, or for root, whom it refuses to keep its sandbox on for, a way to it."""
    if os.geteuid():
        return path
    way = folder / "chromium"
    here = shlex.quote(os.pathsep.join(path for path in sys.path if path))
    words = [sys.executable, "-B", "-m", "evidence_chain.capture.browser.nobody", path]
    way.write_text(f'#!/bin/sh\nPYTHONPATH={here} exec {shlex.join(words)} "$@"\n')
    way.chmod(0o700)
    return str(way)


if __name__ == "__main__":
    main()
