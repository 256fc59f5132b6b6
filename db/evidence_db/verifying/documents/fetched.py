"""Steps 7 and 8 for files that lie in a store of objects: each is fetched once for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.verify.report import Outcome, Report
from evidence_db.store.files import Files
from evidence_db.store.files.fetching import check_each_fetched
from evidence_db.store.files.nearby import Nearby
from evidence_db.store.intact import Expected
from evidence_db.verifying.documents.passages import look_at_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.case import Case
    from evidence_db.store.files.hashed import Hashed
    from evidence_db.verifying.documents.passages import Batch, Looked
    from evidence_db.verifying.queries import Audit

DOCUMENTS = 128
"""Preserved files that one task fetches and goes through, at most."""
_WHAT = {
    "file": "preserved file",
    "file-sha256": "preserved file",
    "stream": "text stream",
    "crop": "picture of a passage",
}
"""What is called after none of the file names."""


def check_fetched_documents(
    reader: Audit, case: Case, documents: Sequence[Batch], *, rendered: bool, all_digests: bool
) -> list[Looked]:
    """Fetch preserved files at once, check their digests, and then the passages in each."""
    store, held = case.files.store, dict[str, memoryview]()
    trusted = [artifact for artifact, _, is_trusted in documents if is_trusted]
    expected = [_expected(reader, artifact, all_digests) for artifact in trusted]
    reports = {artifact: Report() for artifact, *_ in documents}
    for artifact, hashed in zip(trusted, check_each_fetched(store, expected, held), strict=True):
        note(reader, hashed, reports[artifact])
    files = Files(case.files.root, Nearby(store, held, case.files.root))
    for artifact, report in look_at_each(reader, case, documents, rendered=rendered, files=files):
        reports[artifact].merge(report)
    return list(reports.items())


def _expected(reader: Audit, artifact: int, all_digests: bool) -> Expected:
    blake3, sha256, size = reader.preserved_as(artifact)
    return Expected(blake3, size, sha256 if all_digests else None)


def note(reader: Audit, hashed: Hashed, report: Report) -> None:
    """Take what came of hashing files into a report, with what they are called."""
    for check, count in hashed.held.items():
        report.hold(check, "files", count)
    for expected, outcome, detail in hashed.problems:
        subject = f"artifacts/{expected.blake3[:2]}/{expected.blake3}"
        whose = ", ".join(reader.names_of(expected.blake3)) or _WHAT[expected.check]
        told = report.fail if outcome is Outcome.FAILED else report.miss
        told(expected.check, subject, f"{whose}: {detail}.")
