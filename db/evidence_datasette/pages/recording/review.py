"""A review is sent here by a claim's or a passage's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_datasette.answering.page import REFERENCE
from evidence_datasette.recording.answer import answer
from evidence_datasette.recording.reviews import review

if TYPE_CHECKING:
    from datasette import Request, Response
    from datasette.app import Datasette


async def page(datasette: Datasette, request: Request) -> Response:
    """Record it, and lead back to the page."""
    return await answer(datasette, request, review)


WRITES = ((f"review/{REFERENCE}", page),)
