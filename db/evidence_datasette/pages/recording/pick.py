"""How words that were picked on a document's page match it, as JSON; nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import Response

from evidence_chain.errors import InputError
from evidence_datasette.answering.page import (
    CHAIN_TABLES,
    FRESH,
    HEADERS,
    REFERENCE,
    Missing,
    View,
    enter,
    look,
)
from evidence_datasette.document.picking import picked
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.answering.page import Json


def read(view: View) -> Json:
    """What `picked` tells, or an `error` in a sentence.

    Query parameters: `text` (words that were typed), or `at` and `end` (a slice of the text that
    is shown, in code points); `stream` (the beginning of the digest of that text).
    """
    if view.case.edition is not None:
        raise Missing("Passages are picked in the newsroom's own case. This is an edition.")
    document = find_record(view.reader, view.parts["reference"], "artifact")
    try:
        start, end = view.number("at"), view.number("end")
        asked = view.query.get("text", "") if start is None or end is None else (start, end)
        return picked(view.case, view.reader, document, view.words("stream"), asked)
    except InputError as error:
        return {"error": str(error)}


async def page(datasette: Datasette, request: Request) -> Response:
    """The answer, always as JSON."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    told = await look(visit, read)
    status = 400 if "error" in told else 200
    return Response.json(told, status=status, headers=HEADERS | FRESH)


VIEWS = ((f"pick/{REFERENCE}", page),)
