"""Starts the process that drives a browser, and kills it if it does not answer."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.capture.limits import LIMITS, Limits
from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ANSWER = 16 << 20
"""Bytes of an answer that is read."""
_ROOM = "/tmp"  # noqa: S108 - a folder of its own there, that none but this user can read
"""Where the browser's profile is: it refuses longer paths, such as those of many TMPDIRs."""
_GRACE = 10
"""Seconds that the browser has to end by itself."""
_KEPT = (
    *("PATH", "LANG", "LC_ALL", "TZ", "http_proxy", "https_proxy", "no_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "all_proxy", "ALL_PROXY"),
)
"""What the browser learns of the user's environment: its language, and the way to the net."""


class Got(NamedTuple):
    """What came of one address."""

    asked: str
    account: dict[str, Any]
    """What is to be known of it (`capture.warc.account`), and when it was got."""
    folder: Path
    """Where its package and the parts lie, as long as the capture goes on."""
    failed: str
    """Why there is nothing, if so."""


def capture(
    urls: Sequence[str], folder: Path, *, untrusted: bool = False, limits: Limits | None = None
) -> Iterator[Got]:
    """Get pages, one after the other.

    Args:
        urls: their addresses.
        folder: an empty folder for what is got.
        untrusted: whether a server is believed whose certificate isn't valid.
        limits: what each page may use; `LIMITS` if nothing is said.

    Raises:
        ExtractionError: there is no Playwright, no Chromium, or it can't be started.
    """
    program, limits = _program(), limits or LIMITS
    pages = list(enumerate(urls))
    while pages:
        order = {
            "folder": str(folder.resolve()),
            "program": program,
            "untrusted": untrusted,
            "limits": asdict(limits),
            "pages": pages,
        }
        with _driver(order) as driver:
            if driver.answer(limits.killed) is None:
                raise ExtractionError(
                    "No page could be got: Chromium can't be started here with its sandbox on. "
                    + driver.complaint()
                )
            while pages:
                account = driver.answer(limits.killed)
                number, url = pages.pop(0)
                if account is None:
                    yield Got(url, {}, folder, "the browser ended over it, or did not answer")
                    break
                yield Got(url, account, folder / str(number), str(account.get("failed", "")))


class _Driver:
    """The process that drives the browser, and what it answers."""

    def __init__(self, process: Popen[bytes], complaints: Path) -> None:
        self._output = process.stdout.fileno() if process.stdout else -1
        self._complaints = complaints
        self._read = b""

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """The next line that it writes, or nothing if it ends or takes too long."""
        end = monotonic() + seconds
        while b"\n" not in self._read:
            if not select.select([self._output], [], [], max(0.0, end - monotonic()))[0]:
                return None
            block = os.read(self._output, 1 << 16)
            self._read += block
            if not block or len(self._read) > _ANSWER:
                return None
        line, _, self._read = self._read.partition(b"\n")
        answer = json.loads(line)
        return answer if isinstance(answer, dict) else None

    def complaint(self) -> str:
        """The last that it said of what went wrong."""
        with self._complaints.open("rb") as file:
            said = file.read(_ANSWER).decode("utf-8", "replace").splitlines()
        told = [line.strip() for line in said if "FATAL" in line or "Error: " in line]
        return told[-1][:300] if told else ""


@contextmanager
def _driver(order: dict[str, Any]) -> Iterator[_Driver]:
    """The process, which is ended with all that it started, and nothing of it is left."""
    room = TemporaryDirectory(prefix="evidence-", dir=_ROOM, ignore_cleanup_errors=True)
    with room as home, _process(order, Path(home)) as driver:
        yield driver


@contextmanager
def _process(order: dict[str, Any], folder: Path) -> Iterator[_Driver]:
    complaints = folder / "complaints"
    paths = os.pathsep.join(path for path in sys.path if path)
    home = {"HOME": str(folder), "TMPDIR": str(folder), "PYTHONPATH": paths}
    order = order | {"home": str(folder)}
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with complaints.open("wb") as errors:
        process = Popen(
            [sys.executable, "-B", "-m", "evidence_chain.capture.browser.driver"],
            stdin=PIPE,
            stdout=PIPE,
            stderr=errors,
            env=kept | home,
            start_new_session=True,
        )
    with process:
        try:
            if process.stdin:
                with suppress(BrokenPipeError):
                    process.stdin.write(json.dumps(order).encode())
                    process.stdin.close()
            yield _Driver(process, complaints)
            with suppress(TimeoutExpired):
                process.wait(_GRACE)
        finally:  # Chromium ends when nobody is at the other end of its pipe
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _program() -> str:
    if find_spec("playwright") is None:
        raise ExtractionError(
            "Getting pages needs Playwright, which is not installed: pip install "
            "'evidence-chain[capture]'."
        )
    for path in map(shutil.which, _NAMES):
        if path:
            return path
    raise ExtractionError(
        "Getting pages needs an installed Chromium, and there is none: install it as your system "
        "does, such as apt-get install chromium."
    )
