"""What a page is, and how it is answered: permissions, a reading thread, HTML or JSON, headers.

    PAGE = Page("claim/" + REFERENCE, "claim.html", read, tables=("claim", "link"))

`read(view)` runs in a thread with one unchanging state of the case and returns the data of the
page: that is its JSON, and what its template gets as `data`. A page that must answer in another
way (as a stream, as a download) is a view: `async def view(datasette, request) -> Response`, listed
in its module's `VIEWS` with its route; it begins with `enter` and reads with `look`.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from datasette import Forbidden, Response

from evidence_chain.errors import EvidenceError, InputError
from evidence_datasette.answering import compat
from evidence_datasette.answering.cases import case_path
from evidence_datasette.answering.errors import (
    FRESH,
    HEADERS,
    SANDBOXED,
    Missing,
    Unreadable,
    database_of,
    told,
    without_root,
)
from evidence_datasette.answering.links import STATIC, Links, To
from evidence_datasette.answering.rendering import render
from evidence_datasette.answering.shared.connections import reader_of
from evidence_datasette.answering.shared.memory import Body, Key, memory, state_of_case, versions_of
from evidence_datasette.answering.shared.together import together
from evidence_datasette.answering.static_files import static_file
from evidence_datasette.asking.desk import holder_of
from evidence_db.case import Case
from evidence_db.store.versions import State, since_of_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import ModuleType

    from datasette import Request
    from datasette.app import Datasette

    from evidence_db.reading.reader import Reader

__all__ = ["CHAIN_TABLES", "FRESH", "HEADERS", "REFERENCE", "Json", "Missing", "Page"]
__all__ += ["SANDBOXED", "Unreadable", "View", "Visit", "enter", "look", "rendered", "routes"]

Json = Any
Answer = TypeVar("Answer")
Responder = Callable[["Datasette", "Request"], Awaitable[Response]]

CHAIN_TABLES = (
    *("claim", "evidence", "artifact", "original", "link", "retraction", "amendment", "erasure"),
    *("entry", "review", "custody", "checkpoint"),
)
"""The tables whose rows a claim's chain shows."""
REFERENCE = r"(?P<reference>[^/]+?)"
READERS = 4
"""Pages that are read at once; others wait."""
SECONDS = 20
"""How long a page may take to be read from the database."""
_FILES = rf"^/{STATIC}/(?P<name>(?:[a-z]+/)?[a-z-]+\.[a-z]+)$"
WRITING = ("GET", "HEAD", "POST")
"""The methods of routes that write; to a GET they tell that a form is sent there."""
_threads = ThreadPoolExecutor(READERS, thread_name_prefix="evidence-page")


@dataclass(frozen=True, slots=True)
class View:
    """What a page is made from: one state of a case, and what was asked."""

    case: Case
    reader: Reader
    to: To
    parts: Mapping[str, str]
    """The named parts of the address, such as `reference`."""
    query: Mapping[str, str]
    """The query parameters."""
    files: set[str] = field(default_factory=set)
    """The digests of preserved files that were read, as far as `read` notes them."""

    def words(self, name: str = "q") -> str:
        """A query parameter as words, without what no text can have."""
        return " ".join(self.query.get(name, "").replace("\0", " ").split())

    def number(self, name: str) -> int | None:
        """A query parameter as a number.

        Raises:
            InputError: it is no number.
        """
        given = self.query.get(name, "")
        if given and not (given.isascii() and given.isdigit() and len(given) < 16):
            raise InputError(f"{name} has to be a number, and {given[:40]!r} is none.")
        return int(given) if given else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a case."""

    route: str
    """What follows `/DB/-/` in its address, as a regular expression; named groups are `parts`."""
    template: str
    read: Callable[[View], Json]
    tables: tuple[str, ...]
    """The tables whose rows it shows: who may not see one of them may not see the page."""
    formats: Mapping[str, Callable[[View, Json], Json]] = field(default_factory=dict)
    """Further JSON formats by their suffix, such as `jsonld`, made from the data."""
    remembered: frozenset[str] | None = None
    """If it may be given again, the query parameters that it has. It depends on the case alone
    and notes all files that it reads."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that may be answered, and the case that it is about."""

    path: Path
    to: Links
    request: Request


async def enter(datasette: Datasette, request: Request, tables: Sequence[str]) -> Visit:
    """Find the case that is asked for, and ask Datasette's permissions.

    Raises:
        Missing: there is no such database, or it is no case.
        Forbidden: this actor may not see the database, or one of the tables.
    """
    if (database := database_of(datasette, request)) is None:
        raise Missing("There is no such database.")
    path = case_path(datasette, database)
    needed = [] if path is None else tables
    if denied := await compat.forbidden(datasette, request.actor, database, needed):
        raise Forbidden(denied)
    if path is None:
        raise Missing(f"The database {database} is not that of a case.")
    return Visit(path, Links(datasette, database), request)


async def look(
    visit: Visit, read: Callable[[View], Answer], begin: Callable[[], None] = lambda: None
) -> Answer:
    """Read from one unchanging state of the case, in a thread; only so many do so at once.

    Calls `begin` in that thread, right before anything is read.

    Raises:
        Missing: what is asked for is not there, or makes no sense.
        Unreadable: the case is damaged, or reading took too long.
    """
    task = partial(_look, visit, read, begin)
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, task)
    except InputError as error:
        raise Missing(str(error)) from error
    except EvidenceError as error:
        raise Unreadable(without_root(str(error), visit.path.parent)) from error


def _look(visit: Visit, read: Callable[[View], Answer], begin: Callable[[], None]) -> Answer:
    begin()
    case = Case.at(visit.path)
    parts = {name: unquote(part) for name, part in visit.request.url_vars.items() if part}
    query = {name: visit.request.args[name] for name in visit.request.args}
    since = since_of_database(case.database)
    with reader_of(case) as reader:
        reader.since = since
        end = time.monotonic() + SECONDS
        reader.connection.set_progress_handler(lambda: time.monotonic() > end, 100_000)
        return read(View(case, reader, visit.to, parts, query))


async def _respond(page: Page, datasette: Datasette, request: Request) -> Response:
    visit = await enter(datasette, request, page.tables)
    if request.actor or holder_of(datasette, request):
        return _response(await _made(page, datasette, visit, lambda: None, {}))
    asked = Key(str(visit.path), request.full_path)
    is_kept = page.remembered is not None and page.remembered >= set(request.args)
    if not is_kept or (body := memory(datasette).find(asked)) is None:
        make = partial(_made, page, datasette, visit, state={})
        make = partial(_made_to_keep, page, datasette, visit) if is_kept else make
        body = await together(datasette).answer(asked, make)
    return _response(body)


def _response(body: Body) -> Response:
    return Response(body.content, 200, HEADERS | FRESH, body.media_type)


async def _made_to_keep(
    page: Page, datasette: Datasette, visit: Visit, begin: Callable[[], None]
) -> Body:
    """What is answered, and remembered for who asks the same."""
    began, state = time.time_ns(), State()
    body = await _made(page, datasette, visit, begin, state)
    asked = Key(str(visit.path), visit.request.full_path)
    memory(datasette).keep(asked, body, state, began)
    return body


async def _made(
    page: Page, datasette: Datasette, visit: Visit, begin: Callable[[], None], state: State
) -> Body:
    """What is answered; notes the versions of all that it is made from in `state`."""
    suffix = (visit.request.url_vars["format"] or "").removeprefix(".")

    def read(view: View) -> Json:
        state.update(state_of_case(view.case, view.reader))
        data = page.read(view)
        state.update(versions_of(view.case.files, view.files))
        if suffix in page.formats:
            data = page.formats[suffix](view, data)
        known = {"info": view.reader.info(), "is_edition": view.case.edition is not None}
        return json.dumps(data, indent=2) if suffix else {"data": data, **known}

    answer = await look(visit, read, begin)
    if suffix:
        kind = "application/ld+json" if suffix == "jsonld" else "application/json; charset=utf-8"
        return Body(answer.encode(), kind)
    html = (await _html(page, datasette, visit, answer)).encode()
    return Body(html, "text/html; charset=utf-8")


async def rendered(
    page: Page, datasette: Datasette, visit: Visit, known: dict[str, Any]
) -> Response:
    """A page as HTML; `known` has what its template gets besides or instead, as `data`."""
    return Response.html(await _html(page, datasette, visit, known), headers=HEADERS | FRESH)


async def _html(page: Page, datasette: Datasette, visit: Visit, known: dict[str, Any]) -> str:
    request = visit.request
    context = {
        "to": visit.to,
        "here": page.route.partition("/")[0],
        "as_json": f"{request.path}.json" + (f"?{q}" if (q := request.query_string) else ""),
        "as_jsonld": f"{request.path}.jsonld" if "jsonld" in page.formats else None,
        "now": time.gmtime(),
        "asked": {name: request.args[name] for name in request.args},
        "holder": (holder := holder_of(datasette, request)),
        "csrf": compat.csrf_token(request) if holder else "",
        **known,
    }
    template = f"evidence/{page.template}"
    task = partial(render, datasette, request, template, context)
    return await asyncio.get_running_loop().run_in_executor(_threads, task)


def routes(modules: Iterable[ModuleType], *, records: bool = False) -> list[tuple[str, Any]]:
    """The routes of modules with pages, as Datasette's hook `register_routes` wants them.

    Those that write are among them only where this server `records`.
    """
    found: list[tuple[str, Any]] = [(_FILES, _guarded(static_file))]
    for module in modules:
        if page := getattr(module, "PAGE", None):
            found.append((_route(page.route, page.formats), _guarded(partial(_respond, page))))
        for route, view in getattr(module, "VIEWS", ()):
            found.append((_route(route), _guarded(view)))
        for route, view in getattr(module, "POSTS", ()):  # of what a reader sends, and is not kept
            found.append((_route(route), _guarded(view, ("GET", "HEAD", "POST"))))
        for route, view in getattr(module, "WRITES", ()) if records else ():
            found.append((_route(route), _guarded(view, WRITING)))
        for route, view in getattr(module, "WHOLE_VIEWS", ()):  # of no database
            found.append((route, _guarded(view)))
    return found


def _route(route: str, formats: Mapping[str, Any] | None = None) -> str:
    suffixes = "" if formats is None else rf"(?P<format>\.(?:{'|'.join(['json', *formats])}))?"
    return rf"^/(?P<database>[^/.]+)/-/{route}{suffixes}$"


def _guarded(respond: Responder, methods: Sequence[str] = ("GET", "HEAD")) -> Responder:
    async def view(datasette: Datasette, request: Request) -> Response:
        if request.method not in methods:
            return Response.text("This can only be read.", status=405, headers=dict(HEADERS))
        try:
            return await respond(datasette, request)
        except (Missing, Unreadable) as error:
            return await told(datasette, request, error)

    return view
