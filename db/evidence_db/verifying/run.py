"""Runs all steps over a case, on all cores, and collects every finding."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from evidence_chain.log.merkle import Frontier, Node
from evidence_chain.spreading.parallel import chunks, cores
from evidence_chain.spreading.spreading import Processes, weighed
from evidence_chain.verify.report import Report
from evidence_db.reading.attested.keys import LogKeys
from evidence_db.store.hashing import BATCH, BYTES, check_files
from evidence_db.verifying import log, records
from evidence_db.verifying.attested.cosignatures import check_cosignatures
from evidence_db.verifying.attested.renewals import check_open_timestamps, check_renewals
from evidence_db.verifying.attested.reviews import check_reviews
from evidence_db.verifying.attested.stamps import check_stamps
from evidence_db.verifying.claims import check_claims
from evidence_db.verifying.completeness.completeness import watched
from evidence_db.verifying.completeness.established import remember
from evidence_db.verifying.decisions import check_decisions
from evidence_db.verifying.documents import fetched
from evidence_db.verifying.documents.listed import Listed
from evidence_db.verifying.documents.passages import look_at_each
from evidence_db.verifying.named import check_directory
from evidence_db.verifying.queries import Audit
from evidence_db.verifying.resuming.resuming import Resuming
from evidence_db.verifying.spread import lost
from evidence_db.verifying.spread.asking import Asking, attempt, confinement
from evidence_db.verifying.tables import database
from evidence_db.verifying.tables.search_index import check_search
from evidence_db.verifying.wanted import absent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.spreading.spreading import Spreading
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.verifying.documents.passages import Looked
    from evidence_db.verifying.wanted import Wanted

SMALL = 2 << records.LEVEL
"""Entries up to which one process does it all, since starting others would take longer."""
GAPS = 1 << records.LEVEL
"""Missing entries that are gone through; a log with more of them is read no further."""
DOCUMENTS = 8
"""Preserved files that one task goes through, at most."""
FAR = 64
"""The same where a task travels to another machine."""
CLAIMS = 512
PASSAGES = 256

Progress = Callable[[str, int, int], None]
"""Told what is being checked, how much of it is done, and how much there is."""


def verify(
    case: Case,
    wanted: Wanted,
    progress: Progress = lambda *_: None,
    workers: int | None = None,
    report: Report | None = None,
    by: Spreading | None = None,
    resuming: Resuming | None = None,
) -> Report:
    """Verify a case and report every check (docs/format.md, section 8).

    Args:
        case: The case.
        wanted: Keys, checkpoints seen before, and how much to check.
        progress: Called as the work goes on.
        workers: Processes to use; as many as there are cores where the case is large.
        report: Where findings are collected; whoever gives one can look at it as work goes on.
        by: Who works in place of those processes, such as a cluster. What those say is believed for
            this report alone.
        resuming: What is taken over from a verification that broke off, and left for the next one;
            nothing, if there is none.

    Raises:
        InputError: it is an edition, or one claim, and something is to be taken over.
        StorageError: the database can't be read at all.
    """
    resuming = resuming or Resuming()
    resuming.refuse_parts(case, wanted)
    before = watched(case)
    with case.reader() as reader:
        verification = Verification(case, reader, wanted, progress, workers, by)
        verification.report = report or verification.report
        verification.resuming = resuming
        with closing(resuming):
            found = verification.run()
        if before and verification.newest and by is None:
            remember(case, reader, verification.newest, before, found)
        return found


class Verification:
    """The steps of a verification of one state of a case, and what they found so far."""

    def __init__(
        self,
        case: Case,
        reader: Reader,
        wanted: Wanted,
        progress: Progress,
        workers: int | None,
        by: Spreading | None = None,
    ) -> None:
        self.case = case
        self.reader = Audit(reader.connection)
        self.wanted = wanted
        self.progress = progress
        self.report = Report()
        self.resuming = Resuming()
        self.size = min(reader.size(), self.reader.count("entry") + GAPS)
        small = self.size <= SMALL and self.reader.count("artifact") < DOCUMENTS
        self.workers = workers or (1 if small else cores())
        self.by = by or Processes(self.workers)
        self.asking = Asking(case, self.reader, self.by)
        self.distrusted: set[int] = set()
        self.newest: Checkpoint | None = None
        self.stamped = False
        self.is_fetched = case.files.store.directory is None and wanted.claim is None
        """Whether files are hashed as they are fetched to look for passages in them."""
        self.scope = None if wanted.claim is None else reader.graph(wanted.claim).nodes

    def run(self) -> Report:
        """Take all steps."""
        origin = self.reader.info().origin
        key = log.expected_key(origin, self.wanted.key_for(origin), self.report)
        read = attempt(lambda: (self.reader.checkpoints(), LogKeys.read(self.reader, key)))
        if isinstance(read, Report):
            self.report.merge(read)
            read = [], LogKeys(origin, key)
        stored, keys = read
        log.check_succession(keys, self.report)
        signed = log.check_checkpoints(stored, keys, self.report)
        self.newest = signed[max(signed)] if signed else None
        own = {} if self.case.edition else log.kept_note(origin, self.report)
        before = {**own, **self.wanted.seen}
        seen = log.check_seen(before, keys, self.report)
        self._check_stamps()
        witnesses = self.wanted.witnesses
        self.report.merge(attempt(lambda: check_cosignatures(self.reader, signed, witnesses)))
        log.check_coverage(signed, len(stored), self.size, self.report)
        roots = self._check_records({c.size for c in (*signed.values(), *seen.values())})
        named = {f"checkpoint {size}": checkpoint for size, checkpoint in signed.items()}
        log.check_roots("tree-root", named, roots, self.size, self.report)
        log.check_roots("seen", seen, roots, self.size, self.report)
        if (kept := seen.get(log.KEPT)) and roots.get(kept.size) == kept.root:
            log.check_dropped({one.size for one in stored}, origin, self.report)
        self._begin_resuming(roots)
        for step in self._steps():
            if failure := attempt(step):
                self.report.merge(failure)
                self.resuming.note_unfinished()
        self.resuming.end(self.report)
        missing = absent(self.wanted, seen=bool(before), stamped=self.stamped)
        self.report.absent = missing + self.report.absent
        self.report.isolation = confinement(self.by)
        return self.report

    def _begin_resuming(self, roots: dict[int, bytes]) -> None:
        newest = self.newest
        signs = newest is not None and roots.get(newest.size) == newest.root
        others = not isinstance(self.by, Processes)
        known = newest if signs else None
        self.resuming.begin(self.case, self.reader, known, self.wanted, others=others)

    def _steps(self) -> Sequence[Callable[[], None]]:
        """What is checked beyond the log."""
        return self._check_files, self._check_passages, self._check_claims

    def _check_stamps(self) -> None:
        stored = attempt(self.reader.timestamps)
        self.stamped = stored != []
        if isinstance(stored, Report):
            self.report.merge(stored)
            return
        wanted, reader = self.wanted, self.reader
        self.report.merge(attempt(partial(check_stamps, reader, stored, wanted.authorities)))
        self.report.merge(attempt(partial(check_renewals, reader, wanted.authorities)))
        self.report.merge(attempt(partial(check_open_timestamps, reader, wanted.block_headers)))

    def _check_records(self, sizes: set[int]) -> dict[int, bytes]:
        """Steps 3, 5 and 6. Returns the root of the log at each of `sizes` that it has."""
        self.report.merge(database.check_schema(self.reader))
        if self.size < (last := self.reader.size()):
            self.report.fail("log", "log", f"Of {last:,} entries most are not there.")
        spans = records.stretches(self.size, sizes)
        tasks: list[Callable[[Audit], Report | records.Stretch]] = [
            database.check_pages,
            check_search,
            database.check_sets,
            database.check_rows,
            database.check_name,
            *(partial(records.check_stretch, start=start, stop=stop) for start, stop in spans),
        ]
        found = []
        told = partial(self._tell, "records", total=len(tasks))
        for result in self.asking.each(tasks, lost.of_records, told):
            if isinstance(result, Report):
                self.report.merge(result)
            else:
                found.append(result)
        return self._join(found, sizes)

    def _tell(self, what: str, done: int, total: int, each: int = 1) -> None:
        self.progress(what, min(done * each, total), total)

    def _join(self, found: Sequence[records.Stretch], sizes: set[int]) -> dict[int, bytes]:
        """Put the stretches together, and the tree over them."""
        frontier, joined = Frontier(), list[Node]()
        for stretch in found:
            self.report.merge(stretch.report)
            self.distrusted |= stretch.distrusted
        roots = {0: frontier.root()}
        for stretch in found:
            if stretch.start != frontier.size:
                break  # what lies before could not be read, which is reported
            for node in stretch.subtrees:
                joined += frontier.append_subtree(node.level, node.hash)
            if stretch.stop == frontier.size and stretch.stop in sizes:
                roots[stretch.stop] = frontier.root()
        self._check_tree({(node.level, node.index): node.hash for node in joined})
        return roots

    def _check_tree(self, nodes: dict[tuple[int, int], bytes]) -> None:
        records.check_nodes(self.reader, nodes, self.report)

    def _check_files(self) -> None:
        """Step 7."""
        if not self.case.edition:
            names = self.resuming.names(self.case.files.store)
            check_directory(self.case, self.reader, names, self.report)
            origin = self.reader.info().origin
            self.report.merge(check_decisions(self.reader.connection, origin))
        total = self.reader.count("artifact")
        listed = self._listed().files(fetched=self.is_fetched, all_digests=self.wanted.all_digests)
        left = self.resuming.files_left(listed)
        for done, hashed in enumerate(check_files(self.case.files, left, self.by), 1):
            self.resuming.show(self.progress, "files", done * BATCH, total)
            self.resuming.note_hashed(hashed)
            fetched.note(self.reader, hashed, self.report)

    def _check_passages(self) -> None:
        """Step 8."""
        total = self.reader.count("artifact")
        size = max(1, min(DOCUMENTS, total // (4 * self.workers))) if self.by.forks else FAR
        check: Callable[..., list[Looked]] = look_at_each
        if self.is_fetched:
            check = partial(fetched.check_fetched_documents, all_digests=self.wanted.all_digests)
            size = fetched.DOCUMENTS
        listed = self._listed()
        tasks = (
            partial(check, case=self.case, documents=batch, rendered=self.wanted.rendered)
            for batch in weighed(self.resuming.documents_left(listed.documents()), size, BYTES)
        )

        def told(done: int) -> None:
            self.resuming.show(self.progress, "passages", done * size, total)

        for found in self._asking_of_files().each(tasks, lost.of_documents, told):
            for report in self.resuming.note_documents(found):
                self.report.merge(report)
        if homeless := listed.homeless:
            detail = f"{homeless} passages name no preserved file whose digest is disclosed."
            self.report.miss("passage", "log", detail)

    def _listed(self) -> Listed:
        return Listed(self.reader, self.scope, self.distrusted, self.report)

    def _asking_of_files(self) -> Asking:
        """To start processes that can't be forked takes as long as a few hundred passages."""
        if not self.by.forks or self.case.files.may_fork:
            return self.asking
        few = self.reader.count("evidence") < PASSAGES
        return Asking(self.case, self.reader, Processes(1 if few else self.workers, fork=False))

    def _check_claims(self) -> None:
        """Step 9."""
        claims = self.reader.claims() if self.wanted.claim is None else [self.wanted.claim]
        total = self.reader.count("claim")
        self.report.merge(check_reviews(self.reader, self.wanted.allowed_signers))
        tasks = (partial(check_claims, claims=batch) for batch in chunks(claims, CLAIMS))
        told = partial(self._tell, "claims", total=total, each=CLAIMS)
        for report in self.asking.each(tasks, lost.of_claims, told):
            self.report.merge(report)
