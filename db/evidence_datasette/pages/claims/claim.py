"""One claim, resolved to its chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_datasette.answering.linked_data import of_claim
from evidence_datasette.answering.page import CHAIN_TABLES, REFERENCE, Page
from evidence_db.reading.references import find_record
from evidence_db.resolving.resolution import Resolution

if TYPE_CHECKING:
    from evidence_datasette.answering.page import Json, View


def read(view: View) -> Json:
    """The claim as `evidence resolve --json` shows it."""
    claim = find_record(view.reader, view.parts["reference"], "claim")
    resolution = Resolution(view.case, view.reader, claim.index)
    view.files.update(resolution.chain.files)
    return resolution.as_json()


PAGE = Page(
    f"claim/{REFERENCE}",
    "claim.html",
    read,
    CHAIN_TABLES,
    {"jsonld": of_claim},
    remembered=frozenset(),
)
