"""What a preserved file gives away, for those who run the case; never of an edition."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from datasette import Response

from evidence_chain.errors import InputError
from evidence_chain.inspect import LIMITS
from evidence_datasette.answering.page import REFERENCE, SANDBOXED, Missing, Page, enter, look
from evidence_datasette.document.texts import is_here, may_be_sent
from evidence_db.reading.notices.inspected import inspect_preserved
from evidence_db.reading.references import find_record
from evidence_db.reading.showing import named

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette

    from evidence_chain.inspect import Inspection
    from evidence_datasette.answering.page import View
    from evidence_db.reading.records import Record

_TABLES = ("artifact", "entry")
_one_at_a_time = Lock()


def read(view: View) -> dict[str, Any]:
    """What the file gives away, what matters first.

    Raises:
        InputError: there is no such file, it may not be sent or isn't here, or this is an edition.
        StorageError: it is not intact.
    """
    document = _document(view)
    inspection = _inspected(view, document)
    findings = [
        one.as_json() | {"number": number, "has_picture": bool(one.picture)}
        for number, one in enumerate(inspection.findings, 1)
    ]
    return named(view.reader, document) | {
        "called": document.body.get("title") or document.body.get("filename"),
        "media_type": inspection.media_type,
        "reveals": [one for one in findings if one["severity"] == "reveals"],
        "tells": [one for one in findings if one["severity"] == "tells"],
        "not_checked": inspection.unchecked,
        "limits": LIMITS,
    }


def _document(view: View) -> Record:
    if view.case.edition is not None:
        raise InputError(
            "What files give away is shown to those who run the case, and this is an edition."
        )
    document = find_record(view.reader, view.parts["reference"], "artifact")
    if not may_be_sent(document) or not is_here(view.case, document):
        raise InputError(f"The file of {document.name} is withheld or not here.")
    return document


def _inspected(view: View, document: Record) -> Inspection:
    """Look into it; one file at a time, since that takes a process with much memory."""
    with _one_at_a_time:
        return inspect_preserved(view.case.files, document)


async def picture(datasette: Datasette, request: Request) -> Response:
    """A PNG of the place of a finding, as the page shows it."""
    visit = await enter(datasette, request, _TABLES)
    content = await look(visit, _picture)
    if not content:
        raise Missing("This finding has no picture.")
    headers = SANDBOXED | {"Cache-Control": "private, max-age=600"}
    return Response(content, 200, headers, "image/png")


def _picture(view: View) -> bytes:
    number = int(view.parts["number"])
    findings = _inspected(view, _document(view)).findings
    return findings[number - 1].picture if 0 < number <= len(findings) else b""


PAGE = Page(f"inspect/{REFERENCE}", "inspect.html", read, _TABLES)
VIEWS = [(f"inspect-picture/{REFERENCE}/(?P<number>[0-9]{{1,4}})", picture)]
