"""What editions don't tell of custody unless the publisher says so: who had a thing, and for what.

Who handed a document over, and to whom, may name a source. What was published is known to whoever
has it, but for the person who did it, as `recorded_by` is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evidence_db.publishing.withholding.closure import OF_CUSTODY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

REASON = "Through whose hands it went is the newsroom's affair."


def by_default(kind: str, body: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a record that are withheld unless a decision discloses them, each with why."""
    if kind != "custody" or not body:
        return {}
    names = ("actor",) if body.get("action") == "published" else OF_CUSTODY
    return dict.fromkeys(names, REASON)


def all_by_default(connection: sqlite3.Connection) -> dict[int, dict[str, str]]:
    """The same of each custody event, by index."""
    rows = connection.execute("SELECT idx, body FROM custody WHERE body IS NOT NULL ORDER BY idx")
    return {index: by_default("custody", json.loads(body)) for index, body in rows}
