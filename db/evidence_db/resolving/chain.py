"""The checks of the records that one claim rests on, each by itself.

`verify` proves the whole log; this proves, quickly, that each of these records stands in the
log that the newest checkpoint signs, and that its file and passage are intact; and that nothing
that bears on them was left out.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evidence_chain.entry import Entry, is_evidence
from evidence_chain.errors import EvidenceError
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.log.proof import ProvenTree
from evidence_chain.verify.record import Opened, check_commitments, check_entry, check_rules
from evidence_chain.verify.report import Report
from evidence_db.reading.attested.keys import LogKeys
from evidence_db.reading.notices.erasures import as_json, erasure_of
from evidence_db.reading.records import Record, readable, stored
from evidence_db.resolving.comparison import Comparison
from evidence_db.resolving.hashes import StoredHashes
from evidence_db.resolving.kept_files import KeptFiles
from evidence_db.store.tables.projection import project
from evidence_db.verifying import at_once
from evidence_db.verifying.completeness.completeness import check_complete
from evidence_db.verifying.documents.passages import Streams, check_document, check_placed
from evidence_db.verifying.log import read_checkpoint
from evidence_db.verifying.queries import Audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.log.key import VerifierKey
    from evidence_chain.rules import Place
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Row
    from evidence_db.verifying.at_once import Said, Values
    from evidence_db.verifying.queries import Shown

_ENDS = {"from", "to"}
"""What names other records in an entry's `open`."""


class Chain:
    """Checks records one by one, and remembers the report on each."""

    def __init__(
        self, case: Case, reader: Reader, key: VerifierKey | None, *, whole: bool = True
    ) -> None:
        self._files = case.files
        self._is_published = case.edition is not None
        self._reader = Audit(reader.connection)
        self._places: dict[str, Place | None] = {}
        self._kept = KeptFiles(case)
        self.streams = Streams(case.files)
        self.comparison = Comparison(case)
        self._artifacts: dict[int, Opened] = {}
        self._values: dict[int, Values] = {}
        """What those records say that were right at one look."""
        self.files = self._kept.read
        """The digests of the files that were read."""
        self.signature = Report()
        self.newest: int | None = None
        """The size that the newest checkpoint is stored under, whatever it is worth."""
        self.checkpoint, self.signed = self._read_newest(key)
        self.complete = Report()
        """Whether the log is whole, if that was asked for."""
        self._log = check_complete(case, reader, self.checkpoint, self.complete) if whole else None
        self.erased = self._reader.erased()
        """The first erasure of each record that was erased, by index."""
        self._hashes = StoredHashes(self._reader)
        if self.checkpoint is not None:
            self._tree = ProvenTree(self.checkpoint.size, self.checkpoint.root, self._hashes)
        self.reports: dict[int, Report] = {}

    def check(self, indexes: Iterable[int]) -> dict[int, Row]:
        """Check each of these records that was not checked yet, with its file or passage.

        Returns:
            The lines of the log that were checked, by index.
        """
        rows = self._reader.rows_at(index for index in indexes if index not in self.reports)
        passages: dict[int, list[Opened]] = defaultdict(list)
        for index, one in self._check_records(rows).items():
            self._kept.check(one, self.reports[index])
            if one.entry is not None and one.entry.kind == "artifact":
                self._artifacts[index] = one
            if why := _untold(one):
                self.reports[index].miss("passage", one.id, f"{one.name}: {why}, so not compared.")
            place = None if one.artifact is None else self._place(one.artifact)
            if place is not None and check_placed(one, self.streams, self.reports[index]):
                passages[place.index].append(one)
        for artifact, there in passages.items():
            file = self._artifacts.get(artifact)
            self.comparison.check(file, there, self.reports)
        return rows

    def record(self, row: Row, kind: str) -> Record:
        """A line of the log that was checked, as a record that says what its body says.

        Raises:
            StorageError: its body is damaged or misshapen.
        """
        if (values := self._values.get(row.idx)) is None:
            return readable(stored(row.idx, row.id, kind, row.body))
        return readable(Record(row.idx, row.id, kind, values))

    def check_document(self, artifact: int, passages: Iterable[int]) -> None:
        """Check a preserved file and these passages in it, with a text that is drawn anew.

        Passages whose values are not what was committed to are not compared with the text.
        """
        opened = self._check_records(self._reader.rows_at([artifact, *passages]))
        file = opened.pop(artifact)
        self._kept.check(file, self.reports[artifact])
        trusted = [index for index, one in opened.items() if one.values]
        found = check_document(
            self._reader, self._files, artifact, trusted, afresh=bool(file.values)
        )
        self.reports[artifact].merge(found)

    def total(self, indexes: Iterable[int] | None = None) -> Report:
        """The reports on the newest checkpoint and on these records, or on all, in one."""
        report = Report()
        report.merge(self.signature)
        report.merge(self.complete)
        for index in self.reports if indexes is None else indexes:
            report.merge(self.reports[index])
        return report

    def erasure(self, index: int) -> dict[str, Any] | None:
        """When, why and by whom a record was erased, if it was."""
        if index not in self.erased:
            return None
        told = as_json(erasure_of(self._reader.connection, index))
        return told and told | {"uncovered": self.leaves_out(self.erased[index])}

    def leaves_out(self, index: int) -> bool:
        """Whether there is a newest checkpoint, and an entry came after it."""
        return self.newest is not None and index >= self.newest

    def _read_newest(self, key: VerifierKey | None) -> tuple[Checkpoint | None, bool]:
        stored = self._reader.checkpoints()
        if not stored:
            self.signature.miss("signature", "log", "There is no checkpoint yet.")
            return None, False
        size, note = stored[-1]
        self.newest = size
        try:
            keys = LogKeys.read(self._reader, key)
            checkpoint, signed = read_checkpoint(note, keys.origin, keys.of_stored(size), size)
        except EvidenceError as error:
            self.signature.fail("signature", f"checkpoint {size}", str(error))
            return None, False
        if signed:
            self.signature.hold("signature", "checkpoints")
        else:
            self.signature.miss("signature", f"checkpoint {size}", "The signer is unknown.")
        return checkpoint, signed

    def _check_records(self, rows: Mapping[int, Row]) -> dict[int, Opened]:
        """Check rows: most are right at one look (`at_once`), and the others are explained."""
        shown = self._reader.projections_of(rows)
        self._hashes.leaves |= {at: leaf_hash(row.entry.encode()) for at, row in rows.items()}
        self.reports |= {index: Report() for index in rows}
        values: dict[int, Values] = {}
        whole = (row for row in rows.values() if row.idx not in self.erased)
        again = at_once.resealed(whole, values)
        self._look_up(at_once.named(again))
        right = at_once.right(again, shown, self._places.get)
        self._values |= {index: values[index] for index in right}
        opened = {
            index: _opened(row, again[index], values[index]) if index in right else self._open(row)
            for index, row in rows.items()
        }
        self._look_up(_named(one for index, one in opened.items() if index not in right))
        by_log = self._log.said if self._log is not None and self._is_published else None
        said = self._reader.said_of({index: one.id for index, one in opened.items()}, by_log)
        if self._log is not None:
            for index, one in opened.items():
                said[index][0].update(self._log.said.get(one.id, ()))
        for index, one in opened.items():
            if index in right:
                self._hold(index)
            else:
                check_rules(one, self._place, self.reports[index], self._reader.entry_at)
            self._check_inclusion(one)
            as_shown = index in right or self._is_as_shown(one, shown.get(index))
            if as_shown is not None:
                self._check_tables(one, *said[index], as_shown=as_shown)
        return opened

    def _open(self, row: Row) -> Opened:
        report = self.reports[row.idx]
        opened = check_entry(row.idx, row.id, row.entry.encode(), report)
        opened.erased = row.idx in self.erased
        if opened.erased and self.leaves_out(self.erased[row.idx]):
            report.miss("erasure", opened.id, f"No checkpoint covers the erasure of {opened.name}.")
        check_commitments(
            opened,
            _encoded(row.body),
            _encoded(row.salts),
            row.seed,
            report,
            is_published=self._is_published,
        )
        return opened

    def _hold(self, index: int) -> None:
        """Count what one look tells of a record."""
        for check, subject in at_once.TOLD:
            self.reports[index].hold(check, subject)

    def _look_up(self, named: set[str]) -> None:
        """Find where these records stand, all at once."""
        found = self._reader.places(named - self._places.keys())
        if self._log is not None:  # an index may lead elsewhere
            has = self._log.has
            found = {id_: place for id_, place in found.items() if has(place.index, id_)}
        self._places |= dict.fromkeys(named - self._places.keys()) | found

    def _place(self, id_: str) -> Place | None:
        if id_ not in self._places:
            self._places[id_] = self._reader.place(id_)
        return self._places[id_]

    def _check_inclusion(self, opened: Opened) -> None:
        index, report = opened.index, self.reports[opened.index]
        if self.checkpoint is None or index >= self.checkpoint.size:
            of = " that can be believed" if self.checkpoint is None and self.newest else ""
            report.miss("inclusion", opened.id, f"No checkpoint{of} covers entry {index} yet.")
            return
        try:
            self._tree.check_leaf(self._hashes.leaves[index], index)
        except EvidenceError as error:
            report.fail("inclusion", opened.id, str(error))
        else:
            report.hold("inclusion", "records")

    def _is_as_shown(self, opened: Opened, shown: Shown | None) -> bool | None:
        """Whether the tables show of a record what the log has; `None` if nobody can tell."""
        is_told = bool(opened.values or opened.erased)
        if opened.entry is None or (is_evidence(opened.entry.kind) and not is_told):
            why = "are withheld" if self._is_published else "can't be trusted"
            report = self.reports[opened.index]
            report.miss("projection", opened.id, f"{opened.name}: its values {why}.")
            return None
        row = None if shown is None else {"idx": opened.index, **dict(zip(*shown, strict=True))}
        return row == project(opened.index, opened.entry, opened.artifact, self._place)

    def _check_tables(
        self, opened: Opened, by_log: set[int], by_tables: set[int], *, as_shown: bool
    ) -> None:
        """The tables show of this record what the log has, and leave nothing out."""
        report = self.reports[opened.index]
        if not as_shown:
            report.fail("projection", opened.id, f"{opened.name}: the tables show it otherwise.")
        elif by_log != by_tables:
            entries = ", ".join(map(str, sorted(by_log ^ by_tables)))
            report.fail(
                "projection",
                opened.id,
                f"{opened.name}: log and tables differ in what bears on it: entries {entries}.",
            )
        else:
            report.hold("projection", "records")


def _opened(row: Row, said: Said, values: Values) -> Opened:
    """A record that was right at one look: its body is canonical, and all of what it seals."""
    return Opened(row.idx, row.id, Entry(said.kind, said.open, dict.fromkeys(values, "")), values)


def _named(opened: Iterable[Opened]) -> set[str]:
    """The ids that records name."""
    ids: set[str] = set()
    for one in opened:
        if one.artifact is not None:
            ids.add(one.artifact)
        if one.entry is not None:
            ids |= {one.entry.open[end] for end in _ENDS & one.entry.open.keys()}
    return ids


def _untold(opened: Opened) -> str | None:
    """Why nobody can compare a passage with its file, where that isn't told."""
    if opened.entry is None or not is_evidence(opened.entry.kind):
        return None
    if opened.erased:
        return "it was erased"
    is_withheld = "artifact" in opened.entry.sealed and "artifact" not in opened.values
    return "its file is withheld" if is_withheld else None


def _encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode()
