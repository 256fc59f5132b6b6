"""Decisions on what is withheld: none is gone or changed, each is of something that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.entry import parse
from evidence_chain.errors import FormatError, KeyFileError
from evidence_chain.verify.report import Report
from evidence_db.store.decided import THERE, check_decided

if TYPE_CHECKING:
    import sqlite3

CHECK = "decisions"
_ROWS = (
    "SELECT withholding.idx, of_idx, field, entry.entry FROM withholding "
    "LEFT JOIN entry ON entry.idx = of_idx ORDER BY withholding.idx"
)


def check_decisions(connection: sqlite3.Connection, origin: str) -> Report:
    """Compare a case's decisions with its log, and with those that are kept beside its key.

    Args:
        connection: A connection to the case.
        origin: The name of its log.
    """
    report = Report()
    rows = connection.execute(_ROWS).fetchall() if connection.execute(THERE).fetchone() else []
    for place, (number, of, field, entry) in enumerate(rows):
        if wrong := _wrong(place, number, of, field, entry):
            report.fail(CHECK, f"decision {number}", wrong)
            break
    try:
        kept = check_decided(origin, connection)
    except KeyFileError as error:
        report.fail(CHECK, "withholding", str(error))
        return report
    if kept is not None and not report.findings:
        report.hold(CHECK, "decisions", max(1, kept.number))
    elif rows and kept is None:
        report.miss(
            CHECK,
            "withholding",
            "Whether a decision on what is withheld is gone can't be told: none is kept beside a "
            "key on this machine. Where the key is, look at `evidence withheld --history`, and say "
            "one of them again (`evidence withhold`).",
        )
    return report


def _wrong(place: int, number: int, of: int, field: str | None, entry: str | None) -> str | None:
    if number != place:
        return f"The decisions are not numbered without a gap: {place} is not there."
    if entry is None:
        return f"It is of entry {of:,}, which is not there."
    try:
        sealed = parse(entry.encode()).sealed
    except FormatError:
        return None  # which `entry` tells
    return None if field is None or field in sealed else f"Entry {of:,} seals no `{field}`."
