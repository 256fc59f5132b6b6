"""How something that is to be recorded is received: who may, from where, and errors in words."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from datasette import Response

from evidence_chain.errors import EvidenceError
from evidence_datasette.answering.errors import HEADERS, without_root
from evidence_datasette.answering.page import CHAIN_TABLES, Page, Visit, enter, look, rendered
from evidence_datasette.asking.body import (
    FORM,
    NoFormError,
    TooLargeError,
    body_of,
    fields_of,
)
from evidence_datasette.asking.desk import holder_of
from evidence_datasette.asking.whence import is_own
from evidence_db.case import Case

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.answering.links import Links
    from evidence_datasette.asking.desk import Holder

Write = Callable[[Case, str, str, Mapping[str, str], "Links"], str]
"""Record something of a case: who records, the record that is meant, the fields, and addresses."""
LARGEST = 1 << 20
"""Bytes of a form that are taken."""
KEPT = {"Cache-Control": "no-store"}
_PLAIN = Page("not-recorded", "recording/not_recorded.html", lambda _: None, CHAIN_TABLES)
_STRANGER = (
    "Only who came by the link that evidence serve --record printed may record here, and only for "
    "twelve hours. Start the server again for a new link."
)
_FOREIGN = "No page of this server sent this, so nothing was recorded."
_STALE = "This form is not of your session. Open its page anew, and send it from there."
_NO_FORM = "This is not what the form here sends, so nothing was recorded."
_EDITION = "This is an edition, in which nothing is recorded."


class RefusedError(Exception):
    """Something that is not recorded, and why; `status` is that of the answer."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


async def answer(datasette: Datasette, request: Request, write: Write) -> Response:
    """Record what a form of ours sent, and lead to where it is shown."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    try:
        holder = _admitted(datasette, request)
        fields = await form_of(request)
        if not secrets.compare_digest(fields.get("token", "").encode(), holder.token.encode()):
            raise RefusedError(_STALE, 403)
        to = await asyncio.to_thread(_written, visit, holder, fields, write)
    except RefusedError as refused:
        return await told(datasette, visit, str(refused), refused.status)
    except EvidenceError as error:
        said = without_root(str(error), visit.path.parent)
        return await told(datasette, visit, said, 400)
    return Response("", 303, HEADERS | KEPT | {"Location": to})


async def form_of(request: Request) -> dict[str, str]:
    """What a form of ours sent.

    Raises:
        RefusedError: another site sent it, or it is none.
    """
    if request.method != "POST":
        raise RefusedError("What is to be recorded is sent by a form.", 405)
    if not is_own(request):
        raise RefusedError(_FOREIGN, 403)
    if not request.headers.get("content-type", "").startswith(FORM):
        raise RefusedError(_NO_FORM, 400)
    try:
        return fields_of(await body_of(request, LARGEST))
    except (NoFormError, TooLargeError) as error:
        raise RefusedError(_NO_FORM, 400) from error


async def told(datasette: Datasette, visit: Visit, message: str, status: int) -> Response:
    """The page that tells why nothing was recorded."""
    info = await look(visit, lambda view: view.reader.info())
    known = {"data": {"message": message}, "info": info, "as_json": None}
    response = await rendered(_PLAIN, datasette, visit, known)
    response.status = status
    response.headers.update(KEPT)
    return response


def _admitted(datasette: Datasette, request: Request) -> Holder:
    holder = holder_of(datasette, request)
    if holder is None:
        raise RefusedError(_STRANGER, 403)
    return holder


def _written(visit: Visit, holder: Holder, fields: Mapping[str, str], write: Write) -> str:
    case = Case.at(visit.path)
    if case.edition is not None:
        raise RefusedError(_EDITION, 403)
    reference = unquote(visit.request.url_vars["reference"])
    return write(case, holder.name, reference, fields, visit.to)
