"""An article, held against the case: `evidence proofread` in a browser.

The article comes as the body of a POST, stays in memory while it is read, and is neither kept nor
logged. Only whoever runs the server may ask for it: it takes much work, and articles are nobody
else's business.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette import Response

from evidence_chain.article import read_bytes
from evidence_chain.errors import ExtractionError, InputError
from evidence_datasette.answering import compat
from evidence_datasette.answering.page import (
    CHAIN_TABLES,
    HEADERS,
    Page,
    View,
    Visit,
    enter,
    look,
    rendered,
)
from evidence_datasette.answering.verification import may_verify_all
from evidence_datasette.article import as_shown
from evidence_datasette.asking.body import FORM, NoFormError, TooLargeError, body_of, fields_of
from evidence_datasette.asking.whence import is_own, is_told
from evidence_db.proofreading import proofread
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import selection_by

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

LARGEST = 8 << 20
"""Bytes of an article that is taken."""
_LONGEST_NAME = 200
_FOREIGN = "Another site sent this, so nothing was looked up."
_STRANGERS = (
    "Looking up an article takes much work, so this server does it only for those who run it. Do "
    "it with your own copy of the case: evidence proofread ARTICLE."
)
_TOO_LARGE = f"The article has more than {LARGEST >> 20} MB. Send a part of it."
_NO_FORM = (
    "This is not what the form here sends. Send the article itself, as application/octet-stream."
)


_EMPTY = {"proof": None, "error": None, "refused": None, "token": ""}
_UNKEPT = {"Cache-Control": "no-store"}


def read(view: View) -> dict[str, Any]:
    """The form, without an article."""
    del view
    return dict(_EMPTY)


PLAIN = Page("proofread", "proofread/proofread.html", read, CHAIN_TABLES)


async def page(datasette: Datasette, request: Request) -> Response:
    """The form; and with an article that was sent, what came of it."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    info = await look(visit, lambda view: view.reader.info())
    said, status = await _answer(datasette, visit)
    proof = said.pop("proof", None)
    data = _EMPTY | said | {"token": compat.csrf_token(request), "proof": proof and as_shown(proof)}
    response = await rendered(PLAIN, datasette, visit, {"data": data, "info": info})
    response.status = status
    response.headers.update(_UNKEPT)
    return response


async def as_json(datasette: Datasette, request: Request) -> Response:
    """The same as `evidence proofread --json` answers."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    said, status = await _answer(datasette, visit)
    if error := said.get("refused") or said.get("error"):
        told = {"ok": False, "error": error, "status": status, "title": None}
        return Response.json(told, status=status, headers=HEADERS | _UNKEPT)
    proof = said.get("proof")
    articles = {"articles": [proof.as_json()] if proof else []}
    return Response.json(articles, headers=HEADERS | _UNKEPT)


async def _answer(datasette: Datasette, visit: Visit) -> tuple[dict[str, Any], int]:
    """What is said to whoever asks: `refused`, `error`, `proof` or nothing; and the status."""
    request = visit.request
    if not may_verify_all(datasette, request, visit.to.database):
        return {"refused": _STRANGERS}, 403
    if request.method != "POST":
        return {}, 200
    if is_told(request) and not is_own(request):
        return {"refused": _FOREIGN}, 403
    if compat.is_multipart(request.scope):
        return {"error": _NO_FORM}, 415
    try:
        name, body = await _sent(request)
    except TooLargeError:
        return {"error": _TOO_LARGE}, 413
    except NoFormError:
        return {"error": _NO_FORM}, 400
    said = await look(visit, partial(_proof, name=name, body=body))
    return said, 400 if "error" in said else 200


def _proof(view: View, *, name: str, body: bytes) -> dict[str, Any]:
    try:
        article = read_bytes(body, name)
        hidden = selection_by(view.reader, read_policy(view.case.root)).hidden
        proof = proofread(view.case, view.reader, article, name, claims=True, hidden=hidden)
        return {"proof": proof}
    except (ExtractionError, InputError) as error:
        return {"error": str(error)}


async def _sent(request: Request) -> tuple[str, bytes]:
    """The name of the article, and its bytes.

    Raises:
        TooLargeError: there are too many.
        NoFormError: they are no form of the page.
    """
    body = await body_of(request, LARGEST)
    if request.headers.get("content-type", "").startswith(FORM):
        fields = fields_of(body)
        if "article" not in fields:
            raise NoFormError
        return "pasted.txt", fields["article"].encode()
    name = unquote(request.headers.get("x-article-name", ""))[:_LONGEST_NAME]
    return name or "pasted.txt", body


POSTS = (("proofread", page), (r"proofread\.json", as_json))
