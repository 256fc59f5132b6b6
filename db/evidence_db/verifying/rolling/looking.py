"""Looking at one unit: the very checks that a verification of everything makes of it."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_chain.verify.report import Report
from evidence_db.verifying import records
from evidence_db.verifying.claims import check_claims
from evidence_db.verifying.documents.passages import check_documents
from evidence_db.verifying.tables import database
from evidence_db.verifying.tables.search_index import check_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.case import Case
    from evidence_db.verifying.queries import Audit
    from evidence_db.verifying.rolling.looked import Due

_OF_TABLES = {
    "pages": database.check_pages,
    "search": check_search,
    "sets": database.check_sets,
    "rows": database.check_rows,
    "name": database.check_name,
}
Found = tuple[int, Report, bytes | None]
"""The unit's number, what was found, and the hash over a whole stretch."""


def look(reader: Audit, *, case: Case, due: Due, rendered: bool) -> Found:
    """Look at one unit; of a file, at the passages in it, since its bytes are looked at apart."""
    try:
        return due.n, *_look(reader, case, due, rendered=rendered)
    except (sqlite3.DatabaseError, StorageError) as error:
        report = Report()
        report.fail("projection", "database", f"The database can't be read: {error}")
        return due.n, report, None


def _look(reader: Audit, case: Case, due: Due, *, rendered: bool) -> tuple[Report, bytes | None]:
    unit = due.unit
    if unit.kind in _OF_TABLES:
        return _OF_TABLES[unit.kind](reader), None
    if unit.kind == "records":
        return _stretch(reader, unit.index, unit.index + (unit.size or 0))
    return _document(reader, case, unit.index, rendered=rendered), None


def _stretch(reader: Audit, start: int, stop: int) -> tuple[Report, bytes | None]:
    """A stretch of the log, and the claims in it."""
    stretch = records.check_stretch(reader, start, stop)
    query = "SELECT idx FROM claim WHERE idx >= ? AND idx < ? ORDER BY idx"
    claims = [idx for (idx,) in reader.connection.execute(query, (start, stop))]
    stretch.report.merge(check_claims(reader, claims))
    whole = stop - start == 1 << records.LEVEL
    return stretch.report, stretch.subtrees[0].hash if whole else None


def _document(reader: Audit, case: Case, artifact: int, *, rendered: bool) -> Report:
    """The passages in a preserved file, and whether what records say of all of them counts."""
    passages = reader.passages_in(artifact)
    report, distrusted = _trust(reader, sorted({artifact, *passages}))
    for index in distrusted.intersection(passages):
        record = reader.stored(index)
        report.miss("passage", record.id, f"{record.name}: it can't be trusted.")
    trusted = [index for index in passages if index not in distrusted]
    batch = artifact, trusted, artifact not in distrusted
    report.merge(check_documents(reader, case, [batch], rendered=rendered))
    return report


def _trust(reader: Audit, indexes: Sequence[int]) -> tuple[Report, set[int]]:
    """What is wrong with these records, and which of them can't be trusted.

    What holds is not counted: it is when their stretch of the log is looked at.
    """
    report, distrusted = Report(), set[int]()
    for _, some in groupby(enumerate(indexes), lambda pair: pair[1] - pair[0]):
        run = [index for _, index in some]
        for start in range(run[0], run[-1] + 1, 1 << records.LEVEL):
            stretch = records.check_stretch(
                reader, start, min(start + (1 << records.LEVEL), run[-1] + 1)
            )
            report.findings += stretch.report.findings
            distrusted |= stretch.distrusted
    return report, distrusted
