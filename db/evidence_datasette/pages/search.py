"""Search: claims, passages and whole documents, with the line in which the words stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.errors import StorageError
from evidence_chain.extract import SIGN_OFF
from evidence_datasette.answering.page import Page
from evidence_datasette.document.texts import NamedStream, marks_of, streams_of, text_of
from evidence_datasette.words.field_words import of_marks
from evidence_datasette.words.shown_text import marked, terms
from evidence_db.reading.excerpts import line_at
from evidence_db.reading.finding import AROUND, best_place, matching, shortened, teach, unindexed
from evidence_db.reading.showing import named
from evidence_db.text_search import Held, Hit, Known, Looked, Unsearched, look_through

if TYPE_CHECKING:
    from evidence_chain.extract import Mark
    from evidence_datasette.answering.page import Json, View
    from evidence_datasette.words.shown_text import Piece
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

LIMIT = 50
"""Claims and passages that are shown."""
RANKED = 2_000
"""The newest records that hold the words: the best of them are shown."""
STRETCH = 50_000
"""Records that are looked through one by one where no index has the words."""
NAMED = 20
"""Documents that are named of those that were not searched."""
_NEWEST = "SELECT idx, words FROM passage WHERE idx < ? ORDER BY idx DESC LIMIT ?"
_CALLED = ("statement", "text", "title", "filename")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def read(view: View) -> Json:
    """What holds all the words.

    Query parameters: `q` (the words), `before` (an entry: documents before it), `older` (an
    entry: records before it). `records` are as in `evidence search --json`, `more` tells that
    there are others, `one_by_one` that no index has the words, and `older` where to go on then;
    `documents` names whole documents, of which `looked_through` were read and `unsearched` were
    not.
    """
    words, before, older = shortened(view.words()), view.number("before"), view.number("older")
    wanted = terms(words)
    found, looked = _Found([]), Looked([], 0, {}, None)
    if wanted and before is None:
        found = _records(view.reader, wanted, older)
    if wanted and older is None:
        looked = look_through(view.case, view.reader, wanted, before)
    return {
        "words": words,
        "terms": wanted,
        "cut": words != view.words(),
        "records": [_record(view.reader, index, wanted) for index in found.records],
        "more": found.more,
        "one_by_one": unindexed(wanted),
        "older": found.older,
        "documents": [_document(view, hit, wanted) for hit in looked.hits],
        "looked_through": looked.documents,
        "unsearched": [
            _unsearched(view.reader, why, left) for why, left in sorted(looked.unsearched.items())
        ],
        "before": looked.before,
    }


class _Found(NamedTuple):
    records: list[int]
    more: bool = False
    older: int | None = None
    """Where to go on, if not all records were looked through."""


def _records(reader: Reader, wanted: list[str], older: int | None) -> _Found:
    """Claims and passages, the best match first; the newest first where no index has the words."""
    if unindexed(wanted):
        return _one_by_one(reader, wanted, reader.size() if older is None else older)
    rows = reader.connection.execute(
        "SELECT rowid FROM search WHERE search MATCH :words AND rowid >= coalesce((SELECT "
        "rowid FROM search WHERE search MATCH :words ORDER BY rowid DESC LIMIT 1 OFFSET :last), "
        "0) ORDER BY rank, rowid LIMIT :limit",
        {"words": matching(wanted), "last": RANKED - 1, "limit": LIMIT + 1},
    ).fetchall()
    found = [index for (index,) in rows]
    return _Found(found[:LIMIT], more=len(found) > LIMIT)


def _one_by_one(reader: Reader, wanted: list[str], older: int) -> _Found:
    teach(reader.connection, wanted)
    rows = reader.connection.execute(
        f"SELECT idx FROM ({_NEWEST}) WHERE holds(words) LIMIT ?",  # noqa: S608
        (older, STRETCH, LIMIT + 1),
    ).fetchall()
    found = [index for (index,) in rows]
    if len(found) > LIMIT:
        return _Found(found[:LIMIT], older=found[LIMIT - 1])
    looked = f"SELECT min(idx), count(*) FROM ({_NEWEST})"  # noqa: S608
    last, count = reader.connection.execute(looked, (older, STRETCH)).fetchone()
    return _Found(found, older=last if count == STRETCH else None)


def _record(reader: Reader, index: int, wanted: list[str]) -> dict[str, Any]:
    try:
        record = reader.record(index)
    except StorageError as error:
        return {"index": index, "damaged": str(error)}
    text = called(record)
    return {
        **named(reader, record),
        "fields": record.body,
        "language": _language(reader, record),
        "pieces": _line(text, best_place(text, wanted) or 0, wanted),
    }


def _document(view: View, hit: Hit, wanted: list[str]) -> dict[str, Any]:
    """A document that holds the words; `at` where its page can show them, and in which `text`.

    `marked` says what a reader of the file does not see as its words there, or is null where
    that is not known.
    """
    reader, record, held = view.reader, hit.document, hit.held
    marks = _marks_of(view, record, held)
    return {
        **_named(record),
        "ended": reader.is_ended(record.index),
        "start": hit.start,
        "known": held.known,
        "text": held.blake3 if _is_shown(view, record, held) else None,
        "language": _language(reader, record),
        "marked": None if marks is None else _marked(marks, hit.start),
        "pieces": _line(held.text, hit.start, wanted),
    }


def _is_shown(view: View, record: Record, held: Held) -> bool:
    """Whether the page of a document can show the text in which words were found."""
    if held.known is Known.RECORDED:
        return True
    there = streams_of(view.case, view.reader, record)
    return any(stream.blake3 == held.blake3 for stream in there)


def _marks_of(view: View, record: Record, held: Held) -> list[Mark] | None:
    """What is marked in a text; `None` if that is not known here."""
    if held.known is Known.RECORDED:
        return marks_of(view.case, record, held.blake3, held.text)
    text = text_of(view.case, record, NamedStream(held.blake3, 0, None))
    return None if text is None else text.marks


def _marked(marks: list[Mark], at: int) -> list[str]:
    there = [one for one in marks if one.kind in SIGN_OFF and one.start <= at < one.end]
    return of_marks([{"kind": one.kind, "detail": one.detail} for one in there])


def _unsearched(reader: Reader, why: Unsearched, left: list[int]) -> dict[str, Any]:
    """The documents that were not searched for one reason, the first of them by name."""
    first = [] if why is Unsearched.WITHHELD else left[:NAMED]
    told = [_named(reader.record(index)) for index in first]
    return {"why": why, "count": len(left), "documents": told}


def _named(record: Record) -> dict[str, Any]:
    return {"id": record.id, "index": record.index, "name": called(record)}


def _line(text: str, place: int, wanted: list[str]) -> list[Piece]:
    return marked(line_at(text, place, AROUND), wanted)


def _language(reader: Reader, record: Record) -> str | None:
    """The language of a record, else that of the file it stands in, as far as it is told."""
    told, artifact = record.body.get("language"), record.body.get("artifact")
    if told is None and artifact is not None and (place := reader.place(str(artifact))):
        told = reader.record(place.index).body.get("language")
    return told if told and _LANGUAGE.fullmatch(told) else None


def called(record: Record) -> str:
    """What a record is called: its statement, text, title or file name."""
    return next((str(record.body[name]) for name in _CALLED if record.body.get(name)), record.kind)


PAGE = Page("search", "search.html", read, ("claim", "evidence", "artifact"))
