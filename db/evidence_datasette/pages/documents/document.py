"""One preserved file: what it is, how it came in, its text, and the passages in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from evidence_chain.rules import SPEAKS
from evidence_datasette.answering.page import CHAIN_TABLES, REFERENCE, Page
from evidence_datasette.document.marked_text import stretch
from evidence_datasette.document.page_view import page_marks, paged, place_asked
from evidence_datasette.document.passage import passage
from evidence_datasette.document.record import told_of_record
from evidence_datasette.document.texts import (
    chosen_of,
    extractor_of,
    is_here,
    may_be_sent,
    streams_of,
    text_of,
)
from evidence_db.reading.notices.carried import to_look_at_again
from evidence_db.reading.notices.withheld import reasons_of
from evidence_db.reading.references import find_record
from evidence_db.resolving.resolution import chain_of
from evidence_db.resolving.single import is_large

if TYPE_CHECKING:
    from evidence_datasette.answering.page import Json, View
    from evidence_datasette.document.texts import NamedStream, Text
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

PASSAGES = 100
"""Passages of a document that a page lists."""
CLAIMS = 200
"""Claims that are said to rest on a document."""
_UNTOLD = "SELECT count(*) FROM evidence WHERE artifact_idx IS NULL"
"""Passages of which it is withheld, or was erased, in which file they stand."""
_CLAIMS = """
SELECT link.to_idx, group_concat(DISTINCT link.relation), json_group_array(link.idx)
FROM evidence JOIN link ON link.from_idx = evidence.idx JOIN claim ON claim.idx = link.to_idx
WHERE artifact_idx = ? AND link.relation IN (?, ?, ?)
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = link.idx)
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = evidence.idx)
GROUP BY link.to_idx ORDER BY link.to_idx LIMIT ?
"""


def read(view: View) -> Json:
    """The document's record, and what stands in it.

    Query parameters: `after` (an entry: list passages after it), `text` (the beginning of the
    digest of one of its texts), `at` (a character: show the part of the text that has it, and
    its page), `page` (the number of a page: show it, and the part of the text where it begins).
    """
    reader = view.reader
    document = find_record(reader, view.parts["reference"], "artifact")
    listed, more = _passages(view, document.index, view.number("after") or 0)
    there = streams_of(view.case, reader, document)
    stream = chosen_of(there, view.words("text"))
    found = None if stream is None else text_of(view.case, document, stream)
    marks = page_marks(reader, stream, found)
    text = _text(view, document, stream, found, place_asked(view, marks))
    return told_of_record(view) | {
        "file": {
            "may_be_sent": may_be_sent(document),
            "is_here": is_here(view.case, document),
            "may_be_inspected": view.case.edition is None,
            "absent": reasons_of(view.case.edition).absent.get(str(document.body.get("blake3"))),
        },
        "claims": _claims(reader, document.index),
        "passages": listed,
        "passages_after": more,
        "passages_untold": reader.connection.execute(_UNTOLD).fetchone()[0],
        "texts": [asdict(stream) for stream in there],
        "text": text,
        "page": paged(view, document, marks, text) if view.to.is_served else None,
    }


def _passages(view: View, artifact: int, after: int) -> tuple[list[Json], int | None]:
    reader = view.reader
    rows = reader.connection.execute(
        "SELECT idx FROM evidence WHERE artifact_idx = ? AND idx > ? ORDER BY idx LIMIT ?",
        (artifact, after, PASSAGES + 1),
    ).fetchall()
    indexes = [index for (index,) in rows]
    chain = chain_of(view.case, reader, whole=False)
    if not is_large(reader.record(artifact)):
        chain.check([artifact, *indexes[:PASSAGES]])
    compared = chain.comparison.compared
    shown = [
        passage(reader, reader.record(index), compared=index in compared)
        for index in indexes[:PASSAGES]
    ]
    return shown, indexes[PASSAGES - 1] if len(indexes) > PASSAGES else None


def _claims(reader: Reader, artifact: int) -> list[dict[str, Any]]:
    """The claims that passages of a document speak to, by links that were not retracted."""
    rows = reader.connection.execute(_CLAIMS, (artifact, *SPEAKS, CLAIMS)).fetchall()
    return [_claim(reader, *row) for row in rows]


def _claim(reader: Reader, index: int, relations: str, found: str) -> dict[str, Any]:
    record, links = reader.record(index), json.loads(found)
    return {
        "id": record.id,
        "slug": record.body.get("slug"),
        "statement": record.body.get("statement"),
        "relations": sorted(relations.split(","), key=SPEAKS.index),
        "passages": len(links),
        "to_look_at": len(to_look_at_again(reader.connection, links)),
        "ended": reader.is_ended(index),
    }


def _text(
    view: View, document: Record, stream: NamedStream | None, found: Text | None, at: int
) -> Json:
    """A part of a text; without `part` if the text is not intact."""
    if stream is None:
        return None
    said = asdict(stream) | {"extractor": extractor_of(view.reader, stream)}
    if found is None:
        return said
    return said | stretch(view.reader, document.index, stream, found, at)


PAGE = Page(f"document/{REFERENCE}", "document.html", read, CHAIN_TABLES)
