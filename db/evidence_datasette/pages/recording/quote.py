"""A passage that was picked on a document's page is sent here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_datasette.answering.page import REFERENCE
from evidence_datasette.recording.answer import answer
from evidence_datasette.recording.passages import quote

if TYPE_CHECKING:
    from datasette import Request, Response
    from datasette.app import Datasette


async def page(datasette: Datasette, request: Request) -> Response:
    """Record it, and lead to its record."""
    return await answer(datasette, request, quote)


WRITES = ((f"quote/{REFERENCE}", page),)
