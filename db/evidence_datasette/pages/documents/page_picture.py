"""A picture of a whole page of a preserved file, drawn from it when it is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from datasette import Response

from evidence_chain.errors import EvidenceError, InputError
from evidence_datasette.answering.page import REFERENCE, SANDBOXED, Missing, Unreadable, enter, look
from evidence_datasette.document.page_drawer import picture_of
from evidence_datasette.document.page_view import preserved
from evidence_db.reading.references import find_record

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_datasette.answering.page import View
    from evidence_datasette.document.page_drawer import Preserved

_NUMBER = re.compile("[0-9]{1,7}")


async def page_picture(datasette: Datasette, request: Request) -> Response:
    """A PNG of one page of a file that may be sent, drawn only if it is what was recorded.

    It can be asked for by whoever may have the file, and shows no more than that does.
    """
    visit = await enter(datasette, request, ("artifact",))
    shown, page = await look(visit, _read)
    try:
        content = await picture_of(shown, page)
    except InputError as error:
        raise Missing(str(error)) from error
    except EvidenceError as error:
        raise Unreadable(str(error)) from error
    headers = SANDBOXED | {"Cache-Control": "private, max-age=600"}
    return Response(content, 200, headers, "image/png")


def _read(view: View) -> tuple[Preserved, int]:
    """The file, and the number of the page.

    Raises:
        InputError: there is no such document, or no page of it may or can be shown.
    """
    document = find_record(view.reader, view.parts["reference"], "artifact")
    if (shown := preserved(view.case, document)) is None:
        raise InputError(
            f"No page of {document.name} can be shown: its file is withheld, is not here, or is "
            "of a kind that has no pages."
        )
    page = view.parts["page"]
    if not _NUMBER.fullmatch(page):
        raise InputError(f"{page[:40]!r} is not the number of a page.")
    return shown, int(page)


VIEWS = [(f"page/{REFERENCE}/(?P<page>[^/]+)", page_picture)]
