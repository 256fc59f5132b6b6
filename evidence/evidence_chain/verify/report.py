"""Checks, their outcomes, and the report that collects every one of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.extract.guard.isolation import Isolation


class Outcome(StrEnum):
    """What came of a check. What could not be checked never counts as holding."""

    HOLDS = "holds"
    FAILED = "failed"
    NOT_CHECKED = "not-checked"


CHECKS = {
    "signature": (2, "A checkpoint is signed by the key that you expect."),
    "coverage": (2, "The newest checkpoint covers the whole log."),
    "succession": (2, "Each change of keys follows from the one before."),
    "cosignature": (2, "Witnesses that you name signed the newest checkpoint: a quorum of them."),
    "timestamp": (2, "A time-stamp is of its checkpoint, by an authority that you trust."),
    "open-timestamp": (2, "A proof of OpenTimestamps leads from its checkpoint to a block given."),
    "entry": (3, "An entry follows the format, and its id is its digest."),
    "log": (3, "The entries stand in the log from 0 without a gap."),
    "tree-root": (3, "The log has the root that a checkpoint signs."),
    "inclusion": (3, "The record stands in the log that the newest checkpoint signs."),
    "complete": (4, "The log is what the newest checkpoint signs: nothing is left out or put in."),
    "seen": (4, "A checkpoint seen before is a beginning of this log."),
    "rules": (5, "The entry keeps the rules of the log."),
    "commitment": (6, "The values shown are those that the entry commits to."),
    "projection": (6, "What tables and search show is what was committed to."),
    "schema": (6, "Tables, views and triggers are those that this version makes."),
    "erasure": (6, "Of a record that was erased nothing is here, and its erasing was completed."),
    "decisions": (6, "No decision on what is withheld is gone, or of what is not there."),
    "file": (7, "A preserved file has its BLAKE3 digest and size."),
    "file-sha256": (7, "A preserved file has its SHA-256 digest."),
    "stream": (7, "A preserved text stream has its digest."),
    "crop": (7, "The preserved picture of a passage has its digest."),
    "type": (7, "A preserved file is of the type that its record says."),
    "filename": (7, "A file out of an e-mail or archive is called as it is called there."),
    "passage": (8, "The passage stands in the text where the record says."),
    "match": (8, "The words as typed compare with the passage as recorded."),
    "extraction": (8, "The passage is found in the file's text, drawn anew."),
    "headers": (8, "An e-mail says of itself what its record says of it."),
    "rendered": (
        8,
        "What is seen of a passage, shown or read off a picture, is what the text says.",
    ),
    "dkim": (8, "An e-mail's signatures are worth what is recorded, by the keys kept with it."),
    "claim": (9, "A claim resolves from the log as the tables show it."),
    "review": (9, "A review is of the log that it says, and its signature, if any, holds."),
    "disclosure": (9, "A record's values are here: neither withheld nor erased."),
}
"""Every check by name: its step in section 8, and what it means when it holds."""
_WORST = [Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.HOLDS]


_NONE = dict.fromkeys(map(str, Outcome), 0)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one subject, or the number of them that hold."""

    check: str
    outcome: Outcome
    subject: str
    detail: str = ""
    count: int = 1


@dataclass
class Report:
    """Every check that was made or could not be made, in the order of section 8."""

    held: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[Check] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    """What nobody asked for and is not there, such as time-stamps."""
    counted: Counter[str] = field(default_factory=Counter)
    """What is named and changes no outcome, such as fields that a publisher withheld."""
    table: Mapping[str, tuple[int, str]] = field(default_factory=lambda: CHECKS)
    """Every check by name, as `CHECKS` has them."""
    isolation: Isolation | None = None
    """How the parsers were confined that read the preserved files."""

    def hold(self, check: str, subject: str, count: int = 1) -> None:
        """Count checks that hold; `subject` names what they are of, such as `records`."""
        if count:
            self.held[check, subject] += count

    def fail(self, check: str, subject: str, detail: str) -> None:
        """Record a check that failed."""
        self.findings.append(Check(check, Outcome.FAILED, subject, detail))

    def miss(self, check: str, subject: str, detail: str) -> None:
        """Record a check that could not be made, and why."""
        self.findings.append(Check(check, Outcome.NOT_CHECKED, subject, detail))

    def merge(self, other: Report) -> None:
        """Take over all that another part of the verification found."""
        self.held.update(other.held)
        self.findings += other.findings
        self.absent += other.absent
        self.counted.update(other.counted)

    @property
    def checks(self) -> list[Check]:
        """All checks in the order of section 8, those that failed first within a step."""
        held = [
            Check(check, Outcome.HOLDS, subject, self.table[check][1], count)
            for (check, subject), count in self.held.items()
        ]
        return sorted(self.findings + held, key=self._rank)

    @property
    def problems(self) -> list[Check]:
        """The checks that failed or could not be made, in the same order."""
        return sorted(self.findings, key=self._rank)

    @property
    def counts(self) -> dict[str, int]:
        """The number of checks by outcome."""
        counts = _NONE.copy()
        counts[Outcome.HOLDS] = self.held.total()
        for finding in self.findings:
            counts[finding.outcome] += 1
        return counts

    @property
    def failed(self) -> set[str]:
        """The names of the checks that failed."""
        return {one.check for one in self.findings if one.outcome is Outcome.FAILED}

    @property
    def outcome(self) -> Outcome:
        """Failed if any check failed; holds only if some were made and none is missing."""
        return overall(self.counts)

    def as_json(self) -> dict[str, Any]:
        """The report as `verify --json` prints it."""
        return {
            "outcome": self.outcome,
            "counts": self.counts,
            "checks": [asdict(check) for check in self.checks],
            "absent": self.absent,
            **({"counted": dict(self.counted)} if self.counted else {}),
            **({"isolation": self.isolation.as_json()} if self.isolation else {}),
        }

    def _rank(self, check: Check) -> tuple[int, int, int]:
        order = list(self.table)
        return self.table[check.check][0], _WORST.index(check.outcome), order.index(check.check)


def overall(counts: dict[str, int]) -> Outcome:
    """The outcome of many checks, given their number by outcome."""
    if counts[Outcome.FAILED]:
        return Outcome.FAILED
    if counts[Outcome.NOT_CHECKED] or not counts[Outcome.HOLDS]:
        return Outcome.NOT_CHECKED
    return Outcome.HOLDS
