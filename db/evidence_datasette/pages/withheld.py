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

LENGTH = 200
"""Records that are shown on a page."""


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
    return summed(said) | {
        "pages": [],
        "start": start,
        "records": [hidden(view.reader, one) for one in listed[:LENGTH]],
        "next": listed[LENGTH]["idx"] if len(listed) > LENGTH else None,
    }


def summed(said: Mapping[str, Any]) -> Json:
    """What an edition says of all that it withholds: numbers, and each reason once."""
    reasons = Counter((one["reason"], one["fields"] is None) for one in said["withheld"])
    return {
        "counts": said["counts"],
        "everywhere": said["everywhere"],
        "reasons": [
            {"reason": one, "whole": reasons[one, True], "partly": reasons[one, False]}
            for one in sorted({reason for reason, _ in reasons})
        ],
        "absent": said["absent"],
        "overridden": [one for one in said["gate"] if one["outcome"] == "overridden"],
    }


def hidden(reader: Reader, one: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a record that is withheld, in part or whole."""
    row = reader.row(one["idx"])
    return {**one, "id": row.id, "kind": reader.record(one["idx"]).kind}


PAGE = Page("withheld", "withheld.html", read, ("entry",))
