"""Runs a verification as far as a budget reaches, beginning with what was longest unchecked."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter, defaultdict
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_chain.spreading.parallel import chunks, spread
from evidence_chain.spreading.spreading import Processes
from evidence_chain.verify.report import CHECKS, Outcome, Report
from evidence_chain.wording.moment import instant
from evidence_db.reading.notices.erasures import erasures
from evidence_db.store.files.hashed import Hashed
from evidence_db.store.hashing import check_files
from evidence_db.verifying.attested.reviews import check_reviews
from evidence_db.verifying.decisions import check_decisions
from evidence_db.verifying.documents.fetched import DOCUMENTS, note
from evidence_db.verifying.named import check_unfinished
from evidence_db.verifying.records import LEVEL
from evidence_db.verifying.rolling.budget import Spending
from evidence_db.verifying.rolling.forecast import Rolling, foretell
from evidence_db.verifying.rolling.looked import Due, Look, looked
from evidence_db.verifying.rolling.looking import OF_FILES, expected, look, look_apart
from evidence_db.verifying.rolling.stored_tree import stored_roots
from evidence_db.verifying.rolling.units import units_of
from evidence_db.verifying.run import Verification
from evidence_db.verifying.tables import database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.verifying.rolling.budget import Budget
    from evidence_db.verifying.rolling.looked import Bad, Looked
    from evidence_db.verifying.rolling.looking import Looks
    from evidence_db.verifying.rolling.outdated import Gone
    from evidence_db.verifying.rolling.units import Unit
    from evidence_db.verifying.run import Progress
    from evidence_db.verifying.wanted import Wanted

_ROUND = (512, 256 << 20)
"""Units, and bytes of them, that are looked at before it is remembered, at most."""
_BAD = 0.5
"""The share of the budget that what was found bad may take from what was longest unchecked."""


def verify_due(
    case: Case,
    wanted: Wanted,
    budget: Budget,
    progress: Progress = lambda *_: None,
    workers: int | None = None,
    now: Callable[[], float] = time.time,
) -> tuple[Report, Rolling]:
    """Verify what was longest unchecked in a case, and remember that (docs/scale.md).

    Args:
        case: The case.
        wanted: Keys, checkpoints seen before, and how much to check.
        budget: How far to go.
        progress: Called as the work goes on.
        workers: Processes to use; as many as there are cores where the case is large.
        now: The present, in seconds since 1970.

    Returns:
        What holds or not of what was looked at, and what was not looked at in this run.

    Raises:
        InputError: it is an edition.
        StorageError: the database can't be read at all, or nothing can be remembered.
    """
    if case.edition is not None:
        raise InputError(
            "An edition is checked whole: evidence check. Rolling audits are of cases."
        )
    with case.reader() as reader, looked(case, reader.info().origin) as memory:
        audit = _Audit(case, reader, wanted, progress, workers)
        audit.spending, audit.memory, audit.now = Spending(budget), memory, now
        audit.run()
        memory.keep_paces({kind: audit.seconds[kind] / n for kind, n in audit.looks.items()})
        report, rolling = audit.told(), foretell(memory, audit.spending, now())
    if not rolling.is_whole:
        report.absent.append(f"what the budget did not reach ({rolling.left})")
    return report, rolling


class _Audit(Verification):
    """A verification of which each step looks at what is due alone."""

    spending: Spending
    memory: Looked
    now: Callable[[], float]

    def __init__(
        self, case: Case, reader: Reader, wanted: Wanted, progress: Progress, workers: int | None
    ) -> None:
        super().__init__(case, reader, wanted, progress, workers)
        self.hashes: dict[int, bytes] = {}
        """Over stretches that were looked at, by number."""
        self.looks: Counter[str] = Counter()
        self.seconds: dict[str, float] = defaultdict(float)
        """What looks took, by kind, on all workers."""
        self.ends: list[tuple[int, int]] = []
        """Where stretches end that were looked at, and how many entries each has."""

    def told(self) -> Report:
        """The report, in which what was not looked at counts for nothing."""
        roots = self.report.held["tree-root", "checkpoints"]
        if sum(entries for _, entries in self.ends) < self.size:
            for check in ("tree-root", "seen"):
                self.report.held.pop((check, "checkpoints"), None)
        if self.newest and roots and "tree-root" not in self.report.failed:
            within = [entries for end, entries in self.ends if end <= self.newest.size]
            self.report.hold("inclusion", "records", sum(within))
        for bad in self.memory.bad():
            self._repeat(bad)
        for one in self.memory.gone():
            self._tell_gone(one)
        self.report.findings = list(dict.fromkeys(self.report.findings))
        return self.report

    def _check_records(self, sizes: set[int]) -> dict[int, bytes]:
        """All that is due. Returns the roots of the stored tree, as far as it can be read."""
        self.report.merge(database.check_schema(self.reader))
        try:
            erased = erasures(self.reader.connection)
            self.memory.plan(units_of(self.reader, self.size), int(self.now()), erased)
        except sqlite3.DatabaseError as error:
            self.report.fail("projection", "database", f"The database can't be read: {error}")
            return {}
        for some in self._rounds():
            self._look(some)
            self.progress("due", *self.spending.parts())
        return stored_roots(self.reader, {one for one in sizes if one <= self.size}, self.hashes)

    def _check_files(self) -> None:
        check_unfinished(self.case, self.reader, self.report)
        origin = self.reader.info().origin
        self.report.merge(check_decisions(self.reader.connection, origin))

    def _check_passages(self) -> None:
        """They are looked at with their files."""

    def _check_claims(self) -> None:
        """They are looked at with their stretch of the log."""
        self.report.merge(check_reviews(self.reader, self.wanted.allowed_signers))

    def _rounds(self) -> Iterator[list[Due]]:
        """What is due, a few at first and then more, as far as the budget reaches."""
        most = 1
        for bad, share in ((True, _BAD), (False, 1.0)):
            due, cost = list[Due](), 0
            for first, one in _first(self.memory.due(bad=bad)):
                cost += one.unit.cost
                if not first and not self.spending.has_room(cost, share):
                    break
                due.append(one)
                if len(due) >= most or cost >= _ROUND[1]:
                    yield due
                    due, cost, most = [], 0, min(2 * most, _ROUND[0])
            if due:
                yield due
            if bad:
                self.spending.bad = self.spending.spent
                self.spending.aside = self.spending.seconds

    def _look(self, some: Sequence[Due]) -> None:
        """Look at units, and remember it."""
        results: dict[int, dict[str, Outcome]] = defaultdict(dict)
        units, distrusted = {one.n: one.unit for one in some}, set[int]()
        hashed = list[Hashed]()
        for looks, digests in self._looks(some):
            hashed += [] if digests is None else [digests]
            for n, found in looks:
                self.report.merge(found.report)
                _note_worst(results[n], [(one.check, one.outcome) for one in found.report.findings])
                self.looks[units[n].kind] += 1
                self.seconds[units[n].kind] += found.seconds / self.workers
                if not found.is_trusted:
                    distrusted.add(n)
                if units[n].kind == "records":
                    self._keep_stretch(units[n], found.hash)
        files = [one for one in some if one.unit.kind in OF_FILES and one.n not in distrusted]
        twice = self.wanted.all_digests
        wanted = [expected(one.unit, all_digests=twice) for one in files]
        began = time.perf_counter()
        if self.case.files.may_fork:
            hashed += check_files(self.case.files, wanted, Processes(self.workers))
        unread = self._take(hashed, files, results) | distrusted
        for one in files:
            self.seconds[one.unit.kind] += (time.perf_counter() - began) / len(files)
        self.memory.keep([_look_of(one, results[one.n]) for one in some], int(self.now()))
        self.spending.spent += sum(one.unit.cost for one in some if one.n not in unread)

    def _looks(self, some: Sequence[Due]) -> Iterator[Looks]:
        """What came of looking at each, on all workers; files of a store are fetched at once."""
        may_fork = self.case.files.may_fork
        fetched = () if may_fork else OF_FILES
        together = chunks((one for one in some if one.unit.kind in fetched), DOCUMENTS)
        batches = chain(together, ([one] for one in some if one.unit.kind not in fetched))
        rendered, digests = self.wanted.rendered, self.wanted.all_digests
        if self.workers == 1:
            here = partial(look, self.reader, self.case, rendered=rendered, all_digests=digests)
            return map(here, batches)
        apart = partial(look_apart, self.case, rendered=rendered, all_digests=digests)
        return spread(apart, batches, self.workers, fork=may_fork)

    def _keep_stretch(self, unit: Unit, hash_: bytes | None) -> None:
        long = unit.size or 0
        self.ends.append((unit.index + long, long))
        if hash_ is not None:
            self.hashes[unit.index >> LEVEL] = hash_

    def _take(
        self,
        hashed: Iterable[Hashed],
        files: Sequence[Due],
        results: dict[int, dict[str, Outcome]],
    ) -> set[int]:
        """Take what came of hashing files. Returns the numbers of those that can't be read."""
        whose: dict[tuple[str, str, int | None], list[int]] = defaultdict(list)
        for n, unit in files:
            whose[unit.kind, str(unit.name), unit.size].append(n)
        unread: set[int] = set()
        for some in hashed:
            note(self.reader, some, self.report)
            for one, outcome, _ in some.problems:
                kind = "file" if one.check == "file-sha256" else one.check
                for n in whose[kind, one.blake3, one.size]:
                    _note_worst(results[n], [(one.check, outcome)])
                    if outcome is Outcome.NOT_CHECKED:
                        unread.add(n)
        return unread

    def _repeat(self, bad: Bad) -> None:
        """Tell what was found bad before, and not looked at again."""
        subject, what = "log", f"Entries from {bad.unit.index} on"
        if bad.unit.name is not None:
            subject = f"artifacts/{bad.unit.name[:2]}/{bad.unit.name}"
            what = ", ".join(self.reader.names_of(bad.unit.name)) or "preserved file"
        when = "when it was last looked at" if bad.at is None else f"on {instant(bad.at)}"
        self._note_known(bad, subject, what, f"{when}, and was not looked at again in this run.")

    def _tell_gone(self, gone: Gone) -> None:
        """Tell what was found bad before, and is no longer there."""
        of = "" if gone.kind == "records" else f" ({gone.kind})"
        then = f"on {instant(gone.at)}, and is not there any more to be looked at again."
        self._note_known(gone, "log", f"Entries from {gone.index} on{of}", then)

    def _note_known(self, known: Bad | Gone, subject: str, what: str, then: str) -> None:
        failed = known.outcome == Outcome.FAILED
        note = self.report.fail if failed else self.report.miss
        word = "failed" if failed else "could not be checked"
        for check in known.checks:
            if check in CHECKS:
                note(check, subject, f"{what}: {word} {then}")


def _first(due: Iterable[Due]) -> Iterator[tuple[bool, Due]]:
    """Whether something is the first that is due, which is looked at however large it is."""
    return ((number == 0, one) for number, one in enumerate(due))


def _note_worst(found: dict[str, Outcome], findings: Iterable[tuple[str, Outcome]]) -> None:
    """Keep what came of each check, a failure before what could not be checked."""
    for check, outcome in findings:
        if found.get(check) is not Outcome.FAILED:
            found[check] = outcome


def _look_of(due: Due, found: dict[str, Outcome]) -> Look:
    if not found:
        return Look(due, str(Outcome.HOLDS))
    worst = Outcome.FAILED if Outcome.FAILED in found.values() else Outcome.NOT_CHECKED
    return Look(due, str(worst), tuple(check for check, what in found.items() if what is worst))
