"""Where the words of a document's page are on its picture, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import Response

from evidence_chain.errors import EvidenceError, InputError
from evidence_datasette.answering.page import (
    CHAIN_TABLES,
    FRESH,
    HEADERS,
    REFERENCE,
    Missing,
    Unreadable,
    View,
    enter,
    look,
)
from evidence_datasette.document.page_drawer import BusyError, words_of
from evidence_datasette.document.page_words import page_in_text, placed_words
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.document.page_drawer import Preserved

_CODES = {Missing: 404, InputError: 404, BusyError: 503}


def read(view: View) -> tuple[Preserved, int, int, str]:
    """The file, the number of the page, and where and what it is in the text that is shown.

    Query parameter: `stream`, the beginning of the digest of that text.
    """
    if view.case.edition is not None:
        raise Missing("Passages are picked in the newsroom's own case. This is an edition.")
    document = find_record(view.reader, view.parts["reference"], "artifact")
    page = int(view.parts["page"])
    there = page_in_text(view.case, view.reader, document, view.words("stream"), page)
    return there[0], page, *there[1:]


async def page(datasette: Datasette, request: Request) -> Response:
    """The words, or an `error` in a sentence."""
    visit = await enter(datasette, request, CHAIN_TABLES)
    try:
        shown, number, start, part = await look(visit, read)
        told = placed_words(await words_of(shown, number), start, part)
    except (EvidenceError, Missing, Unreadable) as error:
        status = next((code for kind, code in _CODES.items() if isinstance(error, kind)), 500)
        return Response.json({"error": str(error)}, status=status, headers=HEADERS | FRESH)
    return Response.json(told, headers=HEADERS | FRESH)


VIEWS = ((f"words/{REFERENCE}/(?P<page>[0-9]{{1,7}})", page),)
