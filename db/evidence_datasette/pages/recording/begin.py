"""The one-time link of who may record: a name is given, and the link's secret becomes a cookie.

Merely to open the link changes nothing, so that whatever looks at links in advance doesn't use it
up. No page that it leads to, no log and no Referer has the secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette import Response

from evidence_chain.errors import InputError
from evidence_datasette.answering import compat
from evidence_datasette.answering.page import CHAIN_TABLES, HEADERS, Page, enter, look, rendered
from evidence_datasette.asking.desk import LONGEST, desk_of, may_come
from evidence_datasette.recording.answer import KEPT, RefusedError, form_of, told

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.asking.desk import Desk

_USED = (
    "This link was used already, or is of another server. Start evidence serve --record again for "
    "a new one."
)
_ELSEWHERE = (
    "Recording is for who sits at the machine that serves the case, or has logged in here over "
    "https."
)
_PLAIN = Page("begin", "recording/begin.html", lambda _: None, CHAIN_TABLES)


async def page(datasette: Datasette, request: Request) -> Response:
    """Ask for a name; and with one, let its bearer record."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    desk, secret = desk_of(datasette), unquote(request.url_vars["secret"])
    if not may_come(request):
        return await told(datasette, visit, _ELSEWHERE, 403)
    if desk is None or not desk.fits(secret):
        return await told(datasette, visit, _USED, 403)
    if request.method == "POST":
        try:
            return await _begun(request, desk, secret, visit.to.claims())
        except RefusedError as refused:
            return await told(datasette, visit, str(refused), refused.status)
        except InputError as error:
            return await told(datasette, visit, str(error), 400)
    data: dict[str, Any] = {"longest": LONGEST, "csrf": compat.csrf_token(request)}
    info = await look(visit, lambda view: view.reader.info())
    known = {"data": data, "info": info, "as_json": None}  # whose address would have the secret
    response = await rendered(_PLAIN, datasette, visit, known)
    response.headers.update(KEPT)
    return response


async def _begun(request: Request, desk: Desk, secret: str, to: str) -> Response:
    fields = await form_of(request)
    response = Response("", 303, HEADERS | KEPT | {"Location": to})
    desk.exchange(request, response, secret, fields.get("name", ""))
    return response


WRITES = ((r"begin/(?P<secret>[A-Za-z0-9_-]+)", page),)
