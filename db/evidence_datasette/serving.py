"""A Datasette that serves one case, as `evidence serve` starts it: with no secret of the case."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from uvicorn import Config, Server

import evidence_datasette
from evidence_datasette.answering.compat import configuration
from evidence_datasette.answering.verification import end_all
from evidence_datasette.asking.desk import open_desk
from evidence_db.publishing.writing.metadata import packaged
from evidence_db.store.connection import connect

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from datasette.app import Datasette

Asgi = Callable[[Any, Any, Any], Awaitable[None]]
GRACE = 3
"""Seconds that answers under way get to end when the server does."""
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:]+?)\.?(?::[0-9]*)?")


def served(database: Path, *, records: bool = False) -> Datasette:
    """A Datasette that shows the case whose database this is.

    Its settings are those of the metadata: strangers run no SQL of their own, and nobody
    downloads a database that holds seeds. A published copy, which nobody writes to, is served
    as immutable, so that its rows are counted once. One that `records` has a desk, whose link
    lets somebody record (`asking/desk.py`); Datasette itself never writes.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm

    if not pm.is_registered(evidence_datasette):
        pm.register(evidence_datasette, "evidence")
    still = is_copy(database) and not records
    files = {"immutables": [str(database)]} if still else {"files": [str(database)]}
    datasette = Datasette(**files, **configuration(packaged()))
    if records:
        open_desk(datasette)
    return datasette


def answering_to(app: Asgi, names: set[str]) -> Asgi:
    """The same application, for requests that were sent to one of these hosts and no other.

    A page on the web may have its own name resolve to this machine, and then a browser lets it
    read what is served here; the name that it asked for gives it away.
    """

    async def guarded(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        if scope["type"] != "http" or _asks_for(names, scope.get("headers") or ()):
            return await app(scope, receive, send)
        text = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": 421, "headers": text})
        await send({"type": "http.response.body", "body": b"This case is served elsewhere."})
        return None

    return guarded


def _asks_for(names: set[str], headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the one host that a request was sent to is among these; without one, it is not."""
    hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
    host = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    return host is not None and host["name"] in names


class CaseServer(Server):
    """Answers requests until Ctrl-C or SIGTERM, and ends soon after, with all that it started."""

    def __init__(self, app: Asgi) -> None:
        config = Config(app, log_level="warning", lifespan="on", ws="none")
        config.timeout_graceful_shutdown = GRACE
        super().__init__(config)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End what goes on for readers, who would otherwise be waited for."""
        end_all()
        for name in ("uvicorn.error", "asyncio"):  # what is cut off now is no error
            logging.getLogger(name).setLevel(logging.CRITICAL)
        super().handle_exit(sig, frame)


def is_copy(database: Path) -> bool:
    """Whether nobody writes to this database: a case in use keeps a write-ahead log."""
    with closing(connect(database)) as connection:
        ((journal,),) = connection.execute("PRAGMA journal_mode")
    return bool(journal != "wal")
