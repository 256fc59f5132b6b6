"""Datasette's own tables: the database that is there now, with nothing hidden, dressed as ours.

Datasette opens a database once for each thread, and goes on reading a file that was replaced by
another since: a copy that was put back, or an edition that was published anew. It escapes markup in
facets, titles and attributes, and leaves there what reorders or hides a line.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

from datasette import hookimpl
from datasette.utils import tilde_encode

from evidence_datasette.answering.cases import case_databases
from evidence_datasette.answering.compat import READING
from evidence_datasette.answering.dressing.dress import dressed
from evidence_datasette.answering.shared.connections import file_identity
from evidence_datasette.words.shown_text import plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, MutableMapping

    from datasette.app import Datasette

    Message = MutableMapping[str, Any]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

Answer = TypeVar("Answer")


@hookimpl
def startup(datasette: Datasette) -> None:
    """Have each case read anew once its file is another."""
    for name in case_databases(datasette):
        database = datasette.databases[name]
        setattr(database, READING, _following(datasette, database))


def _following(datasette: Datasette, database: Any) -> Callable[[Any], Awaitable[Any]]:  # noqa: ANN401
    """Datasette's way of reading a database, with a connection to the file that is there."""
    read, opened, own = getattr(database, READING), file_identity(database.path), threading.local()

    def current(connection: sqlite3.Connection) -> sqlite3.Connection:
        now = file_identity(database.path)
        if now == opened:
            return connection
        if getattr(own, "identity", None) != now:
            own.connection, own.identity = database.connect(), now
            datasette._prepare_connection(own.connection, database.name)
        there: sqlite3.Connection = own.connection
        return there

    async def execute_fn(ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
        answer: Answer = await read(lambda connection: ask(current(connection)))
        return answer

    return execute_fn


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Dress pages of a case's tables; show as its code point what is hidden or reorders a line."""

    def wrap(app: App) -> App:
        async def answer(
            scope: Message, receive: Callable[[], Awaitable[Message]], send: Send
        ) -> None:
            path = str(scope.get("path"))
            there, cases = set(path.split("/")), case_databases(datasette)
            is_table = bool(there & set(map(tilde_encode, cases))) and "-" not in there
            if is_table or (cases and path == datasette.setting("base_url")):
                send = _showing(send, lambda html: dressed(html, datasette, path))
            await app(scope, receive, send)

        return answer

    return wrap


def _showing(send: Send, dress: Callable[[str], str]) -> Send:
    """Send on, with the text of a page made harmless and dressed; all of it comes at once."""
    is_page = False

    async def sent(message: Message) -> None:
        nonlocal is_page
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message["headers"]}
            is_page = headers.get(b"content-type", b"").startswith(b"text/html")
            if is_page:
                kept = [one for one in message["headers"] if one[0].lower() != b"content-length"]
                message = {**message, "headers": kept}
        elif is_page and message.get("body") and not message.get("more_body"):
            lines = message["body"].decode(errors="surrogateescape").split("\r")
            shown = dress("\r".join(map(plain, lines)))
            message = {**message, "body": shown.encode(errors="surrogateescape")}
        await send(message)

    return sent
