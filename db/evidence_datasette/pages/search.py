"""Search: claims, passages and whole documents, with the line in which the words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_datasette.kept import Hit, Looked, look_through
from evidence_datasette.page import Page
from evidence_datasette.scanning import matching, unspaced
from evidence_datasette.text import around, marked, terms

if TYPE_CHECKING:
    from evidence_datasette.page import Json, View
    from evidence_db.reading import Reader, Record

LIMIT = 50
"""Claims and passages that are shown."""
RANKED = 2_000
"""The newest records that hold the words: the best of them are shown."""
STRETCH = 50_000
"""Records that are looked through one by one where no index has the words."""
_NEWEST = "SELECT idx, words FROM passage WHERE idx < ? ORDER BY idx DESC LIMIT ?"
_CALLED = ("statement", "text", "title", "filename")


def read(view: View) -> Json:
    """What holds all the words.

    Query parameters: `q` (the words), `before` (an entry: documents before it), `older` (an
    entry: records before it). `records` are as in `evidence search --json`, `more` tells that
    there are others, and `older` where to go on; `documents` names whole documents, of which
    `looked_through` were read.
    """
    words, before, older = view.words(), view.number("before"), view.number("older")
    wanted = terms(words)
    if not wanted:
        return {"words": "", "records": [], "more": False, "documents": [], "before": None}
    found = _Found([]) if before is not None else _records(view.reader, wanted, older)
    looked = Looked([], 0, None)
    if older is None:
        looked = look_through(view.case, view.reader, wanted, before)
    return {
        "words": words,
        "records": [_record(view.reader, index, wanted) for index in found.records],
        "more": found.more,
        "older": found.older,
        "documents": [_document(view.reader, hit, wanted) for hit in looked.hits],
        "looked_through": looked.documents,
        "before": looked.before,
    }


class _Found(NamedTuple):
    records: list[int]
    more: bool = False
    older: int | None = None
    """Where to go on, if not all records were looked through."""


def _records(reader: Reader, wanted: list[str], older: int | None) -> _Found:
    """Claims and passages, the best match first; as they stand where no index has the words."""
    if unspaced(wanted):
        return _standing(reader, wanted, reader.size() if older is None else older)
    rows = reader.connection.execute(
        "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid >= coalesce((SELECT rowid "
        "FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2), 0) "
        "ORDER BY rank, rowid LIMIT ?3",
        (matching(wanted), RANKED - 1, LIMIT + 1),
    ).fetchall()
    found = [index for (index,) in rows]
    return _Found(found[:LIMIT], more=len(found) > LIMIT)


def _standing(reader: Reader, wanted: list[str], older: int) -> _Found:
    held = " AND ".join("instr(words, ?)" for _ in wanted)
    rows = reader.connection.execute(
        f"SELECT idx FROM ({_NEWEST}) WHERE {held} LIMIT ?",  # noqa: S608
        (older, STRETCH, *wanted, LIMIT + 1),
    ).fetchall()
    found = [index for (index,) in rows]
    if len(found) > LIMIT:
        return _Found(found[:LIMIT], older=found[LIMIT - 1])
    looked = f"SELECT min(idx), count(*) FROM ({_NEWEST})"  # noqa: S608
    last, count = reader.connection.execute(looked, (older, STRETCH)).fetchone()
    return _Found(found, older=last if count == STRETCH else None)


def _record(reader: Reader, index: int, wanted: list[str]) -> dict[str, Any]:
    record = reader.record(index)
    return {
        "id": record.id,
        "index": index,
        "kind": record.kind,
        "ended": reader.is_ended(index),
        "fields": record.body,
        "pieces": marked(around(called(record), wanted), wanted),
    }


def _document(reader: Reader, hit: Hit, wanted: list[str]) -> dict[str, Any]:
    record = reader.record(hit.artifact)
    return {
        "id": record.id,
        "index": hit.artifact,
        "name": called(record),
        "ended": reader.is_ended(hit.artifact),
        "start": hit.start,
        "pieces": marked(around(hit.text, wanted), wanted),
    }


def called(record: Record) -> str:
    """What a record is called: its statement, text, title or file name."""
    return next((str(record.body[name]) for name in _CALLED if record.body.get(name)), record.kind)


PAGE = Page("search", "search.html", read, ("claim", "evidence", "artifact"))
