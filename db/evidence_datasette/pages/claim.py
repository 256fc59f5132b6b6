"""One claim, resolved to its chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_datasette.cases import find
from evidence_datasette.linked_data import of_claim
from evidence_datasette.page import REFERENCE, Page
from evidence_db.resolving import Resolution

if TYPE_CHECKING:
    from evidence_datasette.page import Json, View

TABLES = ("claim", "evidence", "artifact", "original", "link", "retraction", "entry", "checkpoint")


def read(view: View) -> Json:
    """The claim as `evidence resolve --json` shows it."""
    claim = find(view.reader, view.parts["reference"], "claim")
    resolution = Resolution(view.case, view.reader, claim.index)
    view.files.update(resolution.chain.files)
    return resolution.as_json()


PAGE = Page(
    f"claim/{REFERENCE}", "claim.html", read, TABLES, {"jsonld": of_claim}, remembered=frozenset()
)
