"""One preserved file: what it is, how it came in, its text, and the passages in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_chain.rules import SPEAKS
from evidence_datasette.cases import find
from evidence_datasette.page import REFERENCE, Page
from evidence_datasette.paged import page_marks, paged, place_asked
from evidence_datasette.pages.claim import TABLES
from evidence_datasette.pages.file import is_here, may_be_sent
from evidence_datasette.pages.record import read as read_record
from evidence_datasette.passage import passage
from evidence_datasette.sources import extractor_of, sources, text_of
from evidence_datasette.stretch import stretch

if TYPE_CHECKING:
    from evidence_datasette.page import Json, View
    from evidence_datasette.sources import Source, Text
    from evidence_db.reading import Reader, Record

PASSAGES = 100
"""Passages of a document that a page lists."""
CLAIMS = 200
"""Claims that are said to rest on a document."""
_CLAIMS = """
SELECT link.to_idx, group_concat(DISTINCT link.relation), count(*)
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
    document = find(reader, view.parts["reference"], "artifact")
    listed, more = _passages(reader, document.index, view.number("after") or 0)
    there = sources(reader, document)
    source = _chosen(there, view.words("text"))
    found = None if source is None else text_of(view.case, document, source)
    marks = page_marks(reader, source, found)
    text = _text(view, document, source, found, place_asked(view, marks))
    return read_record(view) | {
        "file": {"may_be_sent": may_be_sent(document), "is_here": is_here(view.case, document)},
        "claims": _claims(reader, document.index),
        "passages": listed,
        "passages_after": more,
        "texts": [asdict(source) for source in there],
        "text": text,
        "page": paged(view, document, marks, text),
    }


def _passages(reader: Reader, artifact: int, after: int) -> tuple[list[Json], int | None]:
    rows = reader.connection.execute(
        "SELECT idx FROM evidence WHERE artifact_idx = ? AND idx > ? ORDER BY idx LIMIT ?",
        (artifact, after, PASSAGES + 1),
    ).fetchall()
    indexes = [index for (index,) in rows]
    shown = [passage(reader, reader.record(index)) for index in indexes[:PASSAGES]]
    return shown, indexes[PASSAGES - 1] if len(indexes) > PASSAGES else None


def _claims(reader: Reader, artifact: int) -> list[dict[str, Any]]:
    """The claims that passages of a document speak to, by links that were not retracted."""
    rows = reader.connection.execute(_CLAIMS, (artifact, *SPEAKS, CLAIMS)).fetchall()
    return [_claim(reader, *row) for row in rows]


def _claim(reader: Reader, index: int, relations: str, passages: int) -> dict[str, Any]:
    record = reader.record(index)
    return {
        "id": record.id,
        "slug": record.body.get("slug"),
        "statement": record.body.get("statement"),
        "relations": sorted(relations.split(","), key=SPEAKS.index),
        "passages": passages,
        "ended": reader.is_ended(index),
    }


def _chosen(there: list[Source], digest: str) -> Source | None:
    """The text that was asked for, else the first."""
    fitting = [source for source in there if source.blake3.startswith(digest)]
    if digest and not fitting:
        raise InputError(f"No passage of this document stands in a text {digest[:64]!r}.")
    return fitting[0] if fitting else None


def _text(view: View, document: Record, source: Source | None, found: Text | None, at: int) -> Json:
    """A part of a text; without `part` if the text is not intact."""
    if source is None:
        return None
    said = asdict(source) | {"extractor": extractor_of(view.reader, source)}
    if found is None:
        return said
    return said | stretch(view.reader, document.index, source, found, at)


PAGE = Page(f"document/{REFERENCE}", "document.html", read, TABLES)
