"""What a report says of work that was handed out and never came back: *not checked*."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from evidence_chain.verify.report import Report
from evidence_db.verifying import records
from evidence_db.verifying.tables import database
from evidence_db.verifying.tables.search_index import check_search

if TYPE_CHECKING:
    from evidence_db.verifying.spread.asking import Task

_OF_ALL: dict[Task[Any], tuple[str, str, str]] = {
    database.check_pages: ("projection", "database", "The pages of the database"),
    check_search: ("projection", "search", "The search index"),
    database.check_sets: ("rules", "log", "Ids and links that are there twice, circles of claims"),
    database.check_rows: ("projection", "database", "Rows that no entry accounts for"),
    database.check_name: ("projection", "case_info", "The table case_info"),
}


def of_records(task: Task[Any], why: str) -> Report | records.Stretch:
    """A stretch of the log, or a check of the whole of it."""
    if isinstance(task, partial):
        return records.unread(**task.keywords, why=why)
    check, subject, what = _OF_ALL[task]
    report = Report()
    report.miss(check, subject, f"{what}: {why}.")
    return report


def of_documents(task: Task[Any], why: str) -> Report:
    """Preserved files, and the passages in them."""
    report = Report()
    for artifact, passages, _ in task.keywords["documents"]:  # type: ignore[attr-defined]
        of = f"The file of entry {artifact}"
        for passage in passages:
            report.miss(
                "passage", f"entry {passage}", f"{of}, the passage of entry {passage}: {why}."
            )
        report.miss("type", f"entry {artifact}", f"{of}: {why}.")
    return report


def of_claims(task: Task[Any], why: str) -> Report:
    """Claims, which were to be resolved."""
    report = Report()
    for claim in task.keywords["claims"]:  # type: ignore[attr-defined]
        report.miss("claim", f"entry {claim}", f"The claim of entry {claim}: {why}.")
    return report
