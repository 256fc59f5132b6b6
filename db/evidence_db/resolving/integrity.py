"""What came of the checks of a record or a chain, in numbers and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence_chain.verify.report import overall

if TYPE_CHECKING:
    from evidence_chain.verify.report import Report


def integrity_of(report: Report) -> dict[str, Any]:
    """What came of checks: `outcome`, `counts`, and `findings` that failed or were not made."""
    findings = [
        {"check": check.check, "outcome": check.outcome, "detail": check.detail}
        for check in report.problems
    ]
    counts = report.counts
    return {"outcome": overall(counts), "counts": counts, "findings": findings}
