"""What is left to do in a case, and the command that deals with each: `evidence status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_datasette.answering.page import CHAIN_TABLES, Missing, Page
from evidence_db.reading.references import find_claim
from evidence_db.tasks.listing import todo
from evidence_db.tasks.task import MATTERS

if TYPE_CHECKING:
    from evidence_datasette.answering.page import Json, View

CLAIMS = 200
"""Claims that are looked at for one page, the newest."""
SHOWN = 50
"""Lines of one matter that are shown."""


def read(view: View) -> Json:
    """What `evidence status --json` has, and `groups` of it; query parameter: `claim`.

    Raises:
        Missing: this is an edition, of which nothing is left to do.
    """
    if view.case.edition is not None:
        raise Missing("What is left to do is shown to those who run the case. This is an edition.")
    named = view.words("claim")
    claims = [find_claim(view.reader, named).index] if named else []
    found = todo(view.case, view.reader, claims, most=CLAIMS)
    groups = [
        {"matter": matter, "title": MATTERS[matter], "tasks": [one.as_json() for one in tasks]}
        for matter, tasks in found.by_matter()
    ]
    return found.as_json() | {"claim": named or None, "groups": groups, "shown": SHOWN}


PAGE = Page("status", "status.html", read, CHAIN_TABLES)
