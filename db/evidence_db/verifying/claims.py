"""Step 9: every claim resolves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_chain.verify.report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.reading.reader import Reader


def check_claims(reader: Reader, claims: Sequence[int]) -> Report:
    """Resolve claims from the log, and count them by what they are."""
    report = Report()
    for claim in claims:
        try:
            structure = reader.graph(claim).structure(claim)
        except StorageError as error:
            report.fail("claim", f"entry {claim}", f"The claim of entry {claim}: {error}")
        else:
            report.hold("claim", f"claims {structure.status}")
    return report
