"""A Datasette that serves one case, as `evidence serve` starts it: read-only, with no secret."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import evidence_datasette
from evidence_datasette.compat import configuration
from evidence_db.connection import connect

if TYPE_CHECKING:
    from datasette.app import Datasette

Asgi = Callable[[Any, Any, Any], Awaitable[None]]
METADATA = "datasette-metadata.json"
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:]*)(?::[0-9]+)?$")


def served(database: Path) -> Datasette:
    """A Datasette that shows the case whose database this is.

    Its settings are those of the metadata: strangers run no SQL of their own, and nobody
    downloads a database that holds seeds. A published copy, which nobody writes to, is served
    as immutable, so that its rows are counted once.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm

    if not pm.is_registered(evidence_datasette):
        pm.register(evidence_datasette, "evidence")
    files = {"immutables": [str(database)]} if is_copy(database) else {"files": [str(database)]}
    return Datasette(**files, **configuration(metadata()))


def answering_to(app: Asgi, names: set[str]) -> Asgi:
    """The same application, for requests that were sent to one of these hosts and no other.

    A page on the web may have its own name resolve to this machine, and then a browser lets it
    read what is served here; the name that it asked for gives it away.
    """

    async def guarded(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        headers = dict(scope.get("headers") or ())
        host = _HOST.match(headers.get(b"host", b"").decode("latin-1").lower())
        if scope["type"] != "http" or (host and host["name"] in names):
            return await app(scope, receive, send)
        text = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": 421, "headers": text})
        await send({"type": "http.response.body", "body": b"This case is served elsewhere."})
        return None

    return guarded


def metadata() -> dict[str, Any]:
    """What `datasette-metadata.json` says, from the installed package or the source tree."""
    packaged = resources.files("evidence_db") / METADATA
    source = Path(__file__).resolve().parents[2] / METADATA
    text = (packaged if packaged.is_file() else source).read_text(encoding="utf-8")
    said: dict[str, Any] = json.loads(text)
    return said


def is_copy(database: Path) -> bool:
    """Whether nobody writes to this database: a case in use keeps a write-ahead log."""
    with closing(connect(database)) as connection:
        ((journal,),) = connection.execute("PRAGMA journal_mode")
    return bool(journal != "wal")
