"""The page of a document that is shown beside its text, and the passages that are seen on it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError, InputError
from evidence_chain.extract import Mark, MarkKind
from evidence_chain.extract.pages.page_pictures import has_pages
from evidence_datasette.document.page_drawer import BusyError, Preserved, size_of
from evidence_datasette.document.page_numbers import numbered
from evidence_datasette.document.passage import boxes, pages
from evidence_datasette.document.texts import extractor_of, is_here
from evidence_db.reading.showing import named

if TYPE_CHECKING:
    from evidence_datasette.answering.page import View
    from evidence_datasette.document.texts import NamedStream, Text
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

Json = dict[str, Any]
OUTLINED = 200
"""Passages that are outlined on a page."""
_SEEN = """
SELECT DISTINCT evidence.idx FROM evidence, json_each(evidence.body, '$.regions') AS region
WHERE artifact_idx = ? AND CASE region.type WHEN 'object' THEN region.value ->> '$.page' END = ?
ORDER BY 1 LIMIT ?
"""


def preserved(case: Case, document: Record) -> Preserved | None:
    """The file of a document, if it may be sent, is here, and is of a kind that has pages."""
    blake3, media_type = document.body.get("blake3"), str(document.body.get("media_type"))
    if not is_here(case, document) or not has_pages(media_type):
        return None
    return Preserved(case.files, str(blake3), media_type)


def page_marks(reader: Reader, stream: NamedStream | None, text: Text | None) -> list[Mark]:
    """Where each page stands in a text; empty if that is not known.

    Where the marks of the text are not kept here, the form feeds that end pages tell it, if there
    are as many as the extractor says that the file has pages (docs/format.md, section 7).
    """
    if stream is None or text is None:
        return []
    if text.marks is not None:
        return [mark for mark in text.marks if mark.kind == MarkKind.PAGE]
    extractor = extractor_of(reader, stream)
    options = extractor.get("options") if isinstance(extractor, dict) else None
    ends = [found.end() for found in re.finditer("\f", text.text)]
    if not isinstance(options, dict) or options.get("pages") != len(ends):
        return []
    sides = pairwise([0, *ends])
    return [Mark(*slice_, MarkKind.PAGE, str(number)) for number, slice_ in enumerate(sides, 1)]


def place_asked(view: View, marks: list[Mark]) -> int:
    """The character whose part of the text is asked for: by `at`, or by where a `page` begins."""
    at, page = view.number("at"), view.number("page")
    if at is not None or page is None:
        return at or 0
    return next((mark.start for mark in marks if mark.detail == str(page)), 0)


def paged(view: View, document: Record, marks: list[Mark], part: Json | None) -> Json | None:
    """The page that is shown: its `number`, its size, and the passages that are seen on it.

    The page is the one that is asked for (query parameter `page`), else the one on which the
    character `at` stands, else that of the first passage in the part of the text that is shown.
    Where the text doesn't tell, the pages do that passages were recorded with.
    Its `width` and `height` are in the unit of the `boxes`; `said` tells why it can't be drawn.
    The number of a passage ends `number_at` `[x, y]`, left of all boxes if the margin has room.

    Raises:
        InputError: the document has no such page.
    """
    shown = preserved(view.case, document)
    if shown is None:
        return None
    asked = view.number("page")
    number = _number(view, marks, part or {}) if asked is None else asked
    size = _size(shown, number, must_be=asked is not None)
    seen = _seen(view.reader, document.index, number)
    return {"number": number, **size, "passages": numbered(seen, size)}


def _number(view: View, marks: list[Mark], part: Json) -> int:
    passages = part.get("passages", [])
    at = view.number("at")
    place = at if at is not None else passages[0]["start"] if passages else part.get("start", 0)
    for mark in marks:
        if mark.start <= place < mark.end and mark.detail.isdecimal():
            return int(mark.detail)
    later = (view.reader.record(one["index"]) for one in passages if one["end"] > place)
    return next((page for record in later for page in pages(record)), 1)


def _size(shown: Preserved, number: int, *, must_be: bool) -> Json:
    try:
        size = size_of(shown, number)
    except (EvidenceError, BusyError) as error:
        if must_be and isinstance(error, InputError):
            raise
        return {"pages": None, "width": None, "height": None, "said": str(error)}
    return size._asdict() | {"said": None}


def _seen(reader: Reader, artifact: int, page: int) -> list[Json]:
    rows = reader.connection.execute(_SEEN, (artifact, page, OUTLINED)).fetchall()
    records = [reader.record(index) for (index,) in rows]
    return [_outlined(reader, one, found) for one in records if (found := boxes(one, page))]


def _outlined(reader: Reader, record: Record, found: list[list[int]]) -> Json:
    match = record.body.get("match")
    status = match.get("status") if isinstance(match, dict) else None
    return named(reader, record) | {"status": status, "boxes": found}
