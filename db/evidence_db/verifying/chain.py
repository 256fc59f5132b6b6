"""The checks of the records that one claim rests on, each by itself.

`verify` proves the whole log; this proves, quickly, that each of these records stands in the
log that the newest checkpoint signs, and that its file and passage are intact.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from evidence_chain.entry import is_evidence
from evidence_chain.errors import EvidenceError
from evidence_chain.log.merkle import inclusion_proof, leaf_hash, verify_inclusion
from evidence_chain.verify.record import check_commitments, check_entry, check_rules
from evidence_chain.verify.report import Outcome, Report
from evidence_db.files import Files
from evidence_db.hashing import Expected, check_files
from evidence_db.projection import project
from evidence_db.verifying.documents import check_document
from evidence_db.verifying.log import read_checkpoint
from evidence_db.verifying.rendered import crops

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.log.note import VerifierKey
    from evidence_chain.verify.record import Opened
    from evidence_db.case import Case
    from evidence_db.reading import Reader, Row


class _Streams(Files):
    """Text streams, of which the last ones are remembered: passages of one come together."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._read = lru_cache(maxsize=4)(super().read)

    def read(self, digest: str, limit: int | None = None) -> bytes:
        return self._read(digest, limit)


class Chain:
    """Checks records one by one, and remembers the report on each."""

    def __init__(self, case: Case, reader: Reader, key: VerifierKey | None) -> None:
        self._case = case
        self._streams = _Streams(case.files.root)
        self._reader = reader
        self._hash_at = cache(reader.hash_at)  # proofs in one log share most of their hashes
        self._place = cache(reader.place)
        self.signature = Report()
        self.newest: int | None = None
        """The size that the newest checkpoint is stored under, whatever it is worth."""
        self.checkpoint, self.signed = self._read_newest(key)
        self.reports: dict[int, Report] = {}

    def check(self, indexes: Iterable[int]) -> None:
        """Check each of these records, with its file or passage."""
        opened = self._check_records(list(indexes))
        for index, one in opened.items():
            if one.entry is not None and one.entry.kind == "artifact" and one.values:
                self._check_file(index, one)
            elif one.artifact is not None:
                self._check_passage(index, one, one.artifact)

    def check_document(self, artifact: int, passages: Iterable[int]) -> None:
        """Check a preserved file and these passages in it, with a text that is drawn anew.

        Passages whose values are not what was committed to are not compared with the text.
        """
        opened = self._check_records([artifact, *passages])
        file = opened.pop(artifact)
        self._check_file(artifact, file)
        trusted = [index for index, one in opened.items() if one.values]
        found = check_document(
            self._reader, self._case.files, artifact, trusted, afresh=bool(file.values)
        )
        self.reports[artifact].merge(found)

    def total(self) -> Report:
        """All reports in one."""
        report = Report()
        for part in (self.signature, *self.reports.values()):
            report.merge(part)
        return report

    def _read_newest(self, key: VerifierKey | None) -> tuple[Checkpoint | None, bool]:
        stored = self._reader.checkpoints()
        if not stored:
            self.signature.miss("signature", "log", "There is no checkpoint yet.")
            return None, False
        size, note = stored[-1]
        self.newest = size
        try:
            checkpoint, signed = read_checkpoint(note, self._reader.info().origin, key, size)
        except EvidenceError as error:
            self.signature.fail("signature", f"checkpoint {size}", str(error))
            return None, False
        if signed:
            self.signature.hold("signature", "checkpoints")
        else:
            self.signature.miss("signature", f"checkpoint {size}", "The signer is unknown.")
        return checkpoint, signed

    def _check_records(self, indexes: Sequence[int]) -> dict[int, Opened]:
        shown = self._reader.projections_of(indexes)
        return {index: self._check_record(index, shown.get(index)) for index in indexes}

    def _check_record(self, index: int, shown: dict[str, Any] | None) -> Opened:
        report = self.reports[index] = Report()
        row = self._reader.row(index)
        entry = row.entry.encode()
        opened = check_entry(index, row.id, entry, report)
        check_commitments(opened, _encoded(row.body), _encoded(row.salts), row.seed, report)
        check_rules(opened, self._place, report)
        self._check_inclusion(row, entry, report)
        self._check_tables(opened, shown, report)
        return opened

    def _check_inclusion(self, row: Row, entry: bytes, report: Report) -> None:
        if self.checkpoint is None or row.idx >= self.checkpoint.size:
            report.miss("inclusion", row.id, f"No checkpoint covers entry {row.idx} yet.")
            return
        size = self.checkpoint.size
        try:
            proof = inclusion_proof(row.idx, size, self._hash_at)
            verify_inclusion(leaf_hash(entry), row.idx, size, proof, self.checkpoint.root)
        except EvidenceError as error:
            report.fail("inclusion", row.id, str(error))
        else:
            report.hold("inclusion", "records")

    def _check_tables(self, opened: Opened, shown: dict[str, Any] | None, report: Report) -> None:
        """The tables show of this record what the log has, and leave nothing out."""
        if opened.entry is None or (is_evidence(opened.entry.kind) and not opened.values):
            report.miss("projection", opened.id, f"{opened.name}: its values can't be trusted.")
            return
        index = opened.index
        by_log, by_tables = self._reader.said_of(index, opened.id)
        if shown != project(index, opened.entry, opened.artifact, self._place):
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

    def _check_file(self, index: int, opened: Opened) -> None:
        if (digest := opened.values.get("blake3")) is None:
            self.reports[index].miss("file", opened.id, "its digest is withheld")
            return
        self._check_kept(index, opened, [Expected(str(digest), opened.values.get("size"))])

    def _check_passage(self, index: int, opened: Opened, artifact: str) -> None:
        place = self._place(artifact)
        if place is None:
            return
        kept = {Expected(crop, check="crop") for crop in crops(opened)}
        if stream := opened.values.get("extracted"):
            kept.add(Expected(str(stream), check="stream"))
        self._check_kept(index, opened, sorted(kept))
        passage = check_document(self._reader, self._streams, place.index, [index], afresh=False)
        self.reports[index].merge(passage)

    def _check_kept(self, index: int, opened: Opened, expected: list[Expected]) -> None:
        """Files that a record names by their digest: preserved, text streams, pictures."""
        report = self.reports[index]
        for hashed in check_files(self._case.files, expected, workers=1):
            for check, count in hashed.held.items():
                report.hold(check, "files", count)
            for one, outcome, detail in hashed.problems:
                note = report.fail if outcome is Outcome.FAILED else report.miss
                note(one.check, opened.id, detail)


def _encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode()
