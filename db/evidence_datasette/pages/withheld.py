"""What an edition withholds, leaves out and overrode, with its publisher's reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from evidence_chain.edition import description
from evidence_chain.edition.layout import DESCRIPTION
from evidence_chain.errors import StorageError
from evidence_chain.regular import read_named
from evidence_datasette.answering.page import Missing, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_datasette.answering.page import Json, View
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

LENGTH = 200
"""Records that are shown on a page."""
_OF_FILE = "SELECT idx FROM artifact WHERE blake3 = ? LIMIT 1"
_OF_TEXT = "SELECT artifact_idx FROM evidence WHERE extracted = ? LIMIT 1"


def read(view: View) -> Json:
    """What `summed` has, and `records`: those from an entry on; query parameter: `from`.

    Raises:
        Missing: this is no edition.
        StorageError: what the edition says of itself can't be read.
        FormatError: it isn't what an edition says.
    """
    edition = view.case.edition
    if edition is None:
        raise Missing("What is withheld is told by an edition. In a case: `evidence withheld`.")
    try:
        said = description.read(read_named(edition / DESCRIPTION, description.LARGEST))
    except OSError as error:
        raise StorageError(f"Reading {DESCRIPTION}: {error.strerror}.") from error
    start, size = view.number("from") or 0, view.reader.size()
    listed = [one for one in said["withheld"] if start <= one["idx"] < size]
    return summed(view.reader, said) | {
        "pages": [],
        "start": start,
        "records": [hidden(view.reader, one) for one in listed[:LENGTH]],
        "next": listed[LENGTH]["idx"] if len(listed) > LENGTH else None,
    }


def summed(reader: Reader, said: Mapping[str, Any]) -> Json:
    """What an edition says of all that it withholds: numbers, and each reason once."""
    reasons = Counter((one["reason"], one["fields"] is None) for one in said["withheld"])
    return {
        "counts": said["counts"],
        "everywhere": said["everywhere"],
        "reasons": [
            {"reason": one, "whole": reasons[one, True], "partly": reasons[one, False]}
            for one in sorted({reason for reason, _ in reasons})
        ],
        "absent": [one | _file_of(reader, one["blake3"]) for one in said["absent"]],
        "overridden": [
            one | _subject_of(reader, one["subject"])
            for one in said["gate"]
            if one["outcome"] == "overridden"
        ],
    }


def hidden(reader: Reader, one: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a record that is withheld, in part or whole."""
    row = reader.row(one["idx"])
    return {**one, "id": row.id, "kind": reader.record(one["idx"]).kind}


def _file_of(reader: Reader, digest: str) -> dict[str, Any]:
    """Which file a digest is of, and what that is called as far as that is disclosed."""
    for query, is_text in ((_OF_FILE, False), (_OF_TEXT, True)):
        row = reader.connection.execute(query, (digest,)).fetchone()
        if row is not None and row[0] is not None:
            record = reader.record(row[0])
            return {"id": record.id, "called": _called(record), "is_text": is_text}
    return {"id": None, "called": "", "is_text": False}


def _subject_of(reader: Reader, id_: str | None) -> dict[str, Any]:
    """What a rule was asked of: its kind, and what it is called as far as that is disclosed."""
    place = reader.place(id_) if id_ else None
    if place is None:
        return {"kind": None, "called": ""}
    return {"kind": place.kind, "called": _called(reader.record(place.index))}


def _called(record: Record) -> str:
    names = ("slug", "title", "filename")
    return next((str(record.body[one]) for one in names if record.body.get(one)), record.id[:8])


PAGE = Page("withheld", "withheld.html", read, ("entry",))
