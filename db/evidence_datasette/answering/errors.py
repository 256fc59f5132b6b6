"""What every answer of ours has, and what is answered where a page can't be shown."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette import NotFound, Response, hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import Base400

from evidence_datasette.answering import compat
from evidence_datasette.answering.cases import is_case
from evidence_datasette.answering.links import Links, static
from evidence_datasette.answering.rendering import render

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from datasette import Request
    from datasette.app import Datasette

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SANDBOXED = HEADERS | {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"
}
"""Those of a file or picture, which is no page: nothing in it may do anything."""
FRESH = {"Cache-Control": "private, no-cache"}
_JSON = (".json", ".jsonld", ".ndjson")
_BELOW = re.compile(r"/(?P<database>[^/.]+)/-(?:/|$)")


class Missing(NotFound):  # type: ignore[misc]  # Datasette has no types
    """What is asked of a case is not there, or makes no sense."""


class Unreadable(Base400):  # type: ignore[misc]
    """The case can't be read as it should."""

    status = 500


def without_root(message: str, root: Path) -> str:
    """A message without where the case lies on this machine, which is nobody's business."""
    return message.replace(f"{root}/", "").replace(str(root), "the case")


def database_of(datasette: Datasette, request: Request) -> str | None:
    """The name of the database that the address of a page names, if there is one."""
    below = _BELOW.match(request.scope.get("route_path", request.path))
    route = tilde_decode(below["database"]) if below else ""
    found = (name for name, database in datasette.databases.items() if database.route == route)
    return next(found, None)


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Any, None]:
    """Tell by our own page that there is no such page of a case.

    Where `rich` is installed, Datasette prints a traceback of each error, with the values of
    variables; of an address that nothing answers to it can't, and would not answer at all.

    Datasette takes what follows `/DB/-/` for a row of a table called `-`, which no case has. It
    asks all that would answer, its own way of answering too; so those answers are replaced.
    """
    answers = yield
    missing = isinstance(exception, NotFound) and not _is_elsewhere(datasette, request)
    if missing or exception.__traceback__ is None or _is_no_page(datasette, request):
        error = Missing(f"There is no page {unquote(request.path)[:200]}.")
        answers.force_result([partial(told, datasette, request, error)])


def _is_elsewhere(datasette: Datasette, request: Request) -> bool:
    """Whether an address is in a database that is no case: its pages are Datasette's own."""
    path = request.scope.get("route_path", request.path)
    route = tilde_decode(path.split("/")[1].partition(".")[0]) if "/" in path else ""
    return any(
        database.route == route and not is_case(datasette, name)
        for name, database in datasette.databases.items()
    )


def _is_no_page(datasette: Datasette, request: Request) -> bool:
    database = database_of(datasette, request)
    if database is None or not is_case(datasette, database):
        return False
    return bool(request.url_vars.get("table") == "-")


async def told(datasette: Datasette, request: Request, error: Missing | Unreadable) -> Response:
    """The answer that tells of an error: a page, or JSON where that was asked for."""
    status, message = error.status, str(error.args[0])
    if request.path.endswith(_JSON):
        said = {"ok": False, "error": message, "status": status, "title": None}
        return Response.json(said, status=status, headers=HEADERS | FRESH)
    context = {
        "title": "Not found" if status == Missing.status else "This could not be shown",
        "message": message,
        "claims": await _claims(datasette, request),
        "start": datasette.urls.instance(),
        "style": static(datasette, "evidence.css"),
    }
    html = render(datasette, request, "evidence/error.html", context)
    return Response.html(html, status=status, headers=HEADERS | FRESH)


async def _claims(datasette: Datasette, request: Request) -> str | None:
    """Where the claims of the case are, for whoever may see it."""
    database = database_of(datasette, request)
    if database is None or not is_case(datasette, database):
        return None
    denied = await compat.forbidden(datasette, request.actor, database, ())
    return None if denied else Links(datasette, database).claims()
