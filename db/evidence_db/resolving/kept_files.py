"""The preserved files that a record names, checked by their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import is_hex_digest
from evidence_chain.verify.report import Outcome, Report
from evidence_db.reading.notices.withheld import reasons_of
from evidence_db.store.hashing import check_files
from evidence_db.store.intact import Expected
from evidence_db.verifying.documents.rendered import crops

if TYPE_CHECKING:
    from evidence_chain.verify.record import Opened
    from evidence_db.case import Case
    from evidence_db.store.files.hashed import Hashed


class KeptFiles:
    """Checks preserved files, text streams and pictures, each once however many name it."""

    def __init__(self, case: Case) -> None:
        self._files = case.files
        self._absent = reasons_of(case.edition).absent
        self._hashed: dict[str, list[Hashed]] = {}
        self.read: set[str] = set()
        """The digests of the files that were read."""

    def check(self, opened: Opened, report: Report) -> None:
        """Check the files that a record names."""
        for expected in _named_by(opened, report):
            for hashed in self._hashed_as(expected):
                for check, count in hashed.held.items():
                    report.hold(check, "files", count)
                for one, outcome, detail in hashed.problems:
                    note = report.fail if outcome is Outcome.FAILED else report.miss
                    note(one.check, opened.id, self._left_out(one.blake3) or detail)

    def _left_out(self, digest: str) -> str | None:
        """Why a file isn't here that the edition says to be without."""
        why = self._absent.get(digest)
        is_here = why is None or self._files.exists(digest)
        return None if is_here else f"it was left out of this edition: {why}"

    def _hashed_as(self, expected: Expected) -> list[Hashed]:
        if is_hex_digest(expected.blake3):
            self.read.add(expected.blake3)
        known = repr(expected)  # its size may be anything that a record says
        if known not in self._hashed:
            self._hashed[known] = list(check_files(self._files, [expected]))
        return self._hashed[known]


def _named_by(opened: Opened, report: Report) -> list[Expected]:
    """Preserved files, text streams and pictures that a record names."""
    values = opened.values
    if opened.entry is not None and opened.entry.kind == "artifact" and values:
        if values.get("blake3") is None:
            report.miss("file", opened.id, "its digest is withheld")
            return []
        return [Expected(str(values["blake3"]), values.get("size"))]
    if opened.artifact is None:
        return []
    kept = [Expected(crop, check="crop") for crop in sorted(set(crops(opened)))]
    if stream := values.get("extracted"):
        kept.append(Expected(str(stream), check="stream"))
    return kept
