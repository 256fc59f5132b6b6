"""A verification that a reader asked for: in a process of its own, bounded, ended when they leave.

Verifying a record or document is little work, and whoever may see it may ask for it. Verifying
the log (of a case, or of a claim as the command line does it) reads every record. Who may ask for
that is said by an allow block of Datasette in the metadata (on 1.0 in the configuration):

    {"databases": {"evidence": {"plugins": {"evidence": {"allow_verify": {"id": "editor"}}}}}}

Where nothing is said, only those may who sit at the machine that serves the case. Of a claim,
all others get the checks of what it rests on, without the rest of the log.

However many ask, two verifications go on at once, one of them of a whole log; others wait for
`PATIENCE` seconds and are then told so. Each has a time limit.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from contextlib import asynccontextmanager, suppress
from subprocess import DEVNULL, PIPE
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette.utils import actor_matches_allow

from evidence_datasette.answering.errors import without_root
from evidence_datasette.asking.whence import is_local
from evidence_datasette.words.shown_text import plain

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator
    from pathlib import Path

    from datasette import Request
    from datasette.app import Datasette

PLUGIN = "evidence"
AT_ONCE = 2
"""Verifications that go on at once; of a whole log, one."""
PATIENCE = 15.0
"""Seconds that somebody waits for others' verifications to end."""
SECONDS = {"whole": 1800.0, "part": 120.0}
"""How long a verification of a log, or of a part of it, may take."""
LINE = 64 << 20
"""Bytes of what a verification says in one line at most; its report is one."""
SAID = 500
"""Bytes that are kept of what the process says when it dies."""
_TELLING = ("-P", "-m", "evidence_db.resolving.progress")
_GRACE = 2.0
"""Seconds that a verification gets to end its own processes."""

_log = logging.getLogger(__name__)

Event = dict[str, Any]


class StoppedError(Exception):
    """A verification that was not made, or not to its end; says why."""


def may_verify_all(datasette: Datasette, request: Request, database: str) -> bool:
    """Whether whoever asks may have the whole log verified."""
    config = datasette.plugin_config(PLUGIN, database=database) or {}
    if "allow_verify" in config:
        return bool(actor_matches_allow(request.actor, config["allow_verify"]))
    return is_local(request)


class _Turns:
    def __init__(self) -> None:
        self.all = asyncio.Semaphore(AT_ONCE)
        self.whole = asyncio.Semaphore(1)


_turns: WeakKeyDictionary[Datasette, _Turns] = WeakKeyDictionary()
_running: set[int] = set()
"""The processes that verify now and were not told to end, each the first of its group."""


def end_all() -> None:
    """Tell every verification to end, as the server does; may be called by a handler of signals."""
    while _running:
        with suppress(ProcessLookupError):
            os.killpg(_running.pop(), signal.SIGTERM)


async def verification(
    datasette: Datasette, database: Path, what: dict[str, int]
) -> AsyncGenerator[Event, None]:
    """Verify, and yield what `evidence_db.resolving.progress` says, the report last.

    Closing this generator ends the verification.

    Raises:
        StoppedError: too many are under way, it took too long, or it came to nothing.
    """
    whole = not what or "claim" in what
    seconds = SECONDS["whole" if whole else "part"]
    async with _turn(datasette, whole=whole), _process(database, what) as process:
        try:
            async with asyncio.timeout(seconds):
                async for line in process.stdout:  # type: ignore[union-attr]
                    event = json.loads(line)
                    if "error" in event:
                        raise StoppedError(without_root(event["error"], database.parent))
                    yield event
                await process.wait()
        except TimeoutError:
            raise StoppedError(f"It was ended after {seconds:,.0f} seconds.") from None
        except ValueError:
            raise StoppedError("There are too many findings to be sent here.") from None
        if process.returncode:
            raise StoppedError(
                f"The process that verifies ended with {process.returncode}. What it said last "
                "stands in the output of this server."
            )


@asynccontextmanager
async def _turn(datasette: Datasette, *, whole: bool) -> AsyncIterator[None]:
    turns = _turns.setdefault(datasette, _Turns())
    held: list[asyncio.Semaphore] = []
    try:
        await _wait(held, [turns.whole, turns.all] if whole else [turns.all])
        yield
    finally:
        for one in held:
            one.release()


async def _wait(held: list[asyncio.Semaphore], needed: list[asyncio.Semaphore]) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            for one in needed:
                await one.acquire()
                held.append(one)
    except TimeoutError:
        raise StoppedError("Others have verifications under way. Try again in a while.") from None


@asynccontextmanager
async def _process(
    database: Path, what: dict[str, int]
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *_TELLING, str(database), json.dumps(what)),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        limit=LINE,
        start_new_session=True,
    )
    said = asyncio.ensure_future(_last_line(process.stderr))
    _running.add(process.pid)
    try:
        yield process
    finally:
        died = process.returncode if process.pid in _running else None
        _running.discard(process.pid)
        await _end(process)
        last = await said
        if died:
            _log.error("A process that verifies ended with %d: %s", died, last)


async def _last_line(stream: asyncio.StreamReader | None) -> str:
    """The last line of a stream, harmless to a terminal; read to the end, so that nothing waits."""
    last = b""
    while stream and (read := await stream.read(1 << 16)):
        last = (last + read)[-SAID:]
    return plain(last.decode(errors="replace").strip().rpartition("\n")[2])


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process and those that it started, which it may first clear away itself."""
    try:
        _signal(process, signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE)
    finally:  # though nobody waits for it any more
        _signal(process, signal.SIGKILL)
    await process.wait()
    while process.stdout and await process.stdout.read(1 << 20):
        pass  # what nobody wants any more


def _signal(process: asyncio.subprocess.Process, kind: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, kind)
