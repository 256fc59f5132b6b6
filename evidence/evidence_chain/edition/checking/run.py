"""All steps over one edition, in their order, and every finding collected."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from evidence_chain.edition import description
from evidence_chain.edition.checking import (
    afresh,
    compare,
    described,
    documents,
    entries,
    outside,
)
from evidence_chain.edition.checking.asked import Progress, Rows, Wanted, new_report
from evidence_chain.edition.checking.attested import others, signatures
from evidence_chain.edition.checking.seen import check_seen
from evidence_chain.edition.layout import DESCRIPTION, LOG, is_left_behind
from evidence_chain.edition.place import place_of
from evidence_chain.edition.zipped import Zipped
from evidence_chain.errors import EvidenceError, InputError, UnreachedError
from evidence_chain.objects.asking import StoreError
from evidence_chain.spreading.parallel import cores
from evidence_chain.spreading.spreading import ALONE, Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from evidence_chain.edition.checking.asked import Look
    from evidence_chain.edition.checking.compare import Stored
    from evidence_chain.edition.checking.outside import Outside, Payload
    from evidence_chain.edition.checking.register import Register
    from evidence_chain.edition.layout import Found
    from evidence_chain.edition.place import Place
    from evidence_chain.objects.address import Address
    from evidence_chain.spreading.spreading import Spreading
    from evidence_chain.verify.report import Report


@dataclass
class Checked:
    """What came of checking an edition."""

    report: Report = field(default_factory=new_report)
    outside: Outside | None = None
    said: Mapping[str, Any] | None = None
    """What edition.json says."""
    register: Register | None = None
    proved: Mapping[str, Any] | None = None
    """What a proof that travels alone is of: its log, the place, the kind and what is disclosed."""

    def as_json(self) -> dict[str, Any]:
        """The result as `check --json` prints it."""
        note = None if self.outside is None else self.outside.note
        about: dict[str, Any] | None = None
        if note is not None:
            about = {"origin": note.origin, "size": note.size, "made": note.made}
            about["digest"] = note.digest.hex()
        return {"edition": about, "proved": self.proved, **self.report.as_json()}


_PRESERVED = "data/artifacts/"
_OTHERS = "the files are not those signed"
_STRAYS = (
    "files are there that nobody signed; those that were signed are as they were. Remove the "
    "others and check again, or go on beside them (--all)"
)
"""Why what comes after step 3 is not done."""
_FEW, _LITTLE = 8, 4 << 20
"""Preserved files, and bytes of all files, that one process checks as soon as several would."""


def check(
    path: Path | Address,
    wanted: Wanted,
    *,
    rows: Rows | None = None,
    progress: Progress = lambda *_: None,
    report: Report | None = None,
    by: Spreading | None = None,
) -> Checked:
    """Check an edition and report every finding (docs/edition.md, section 9).

    Args:
        path: The directory of the edition, or a ZIP of it; or its address in a store of objects.
        wanted: Keys, what was seen before, and how much to check.
        rows: Compares the edition's database with its log; without it, that is not looked at.
        progress: Called as the work goes on.
        report: Where findings are collected; whoever gives one can look at it as work goes on.
        by: Who works in place of processes here, such as a cluster.

    Raises:
        InputError: there is nothing that could be an edition.
        StorageError: what is there can't be listed.
    """
    result, place = Checked(new_report() if report is None else report), place_of(path)
    if by is not None and isinstance(place, Zipped):
        raise InputError("A ZIP is read by one process. Unpack it, and name the directory.")
    return _Checking(place, wanted, rows, progress, result, by).run()


def _is_small(found: Sequence[Found]) -> bool:
    """Whether to start processes would take longer than what they save."""
    preserved = sum(one.path.startswith(_PRESERVED) for one in found)
    return preserved < _FEW and sum(one.size for one in found) < _LITTLE


class _Checking:
    def __init__(
        self,
        place: Place,
        wanted: Wanted,
        rows: Rows | None,
        progress: Progress,
        result: Checked,
        by: Spreading | None,
    ) -> None:
        self.place = place
        self.wanted = wanted
        self.rows = rows
        self.progress = progress
        self.result = result
        self.report = self.result.report
        self.by = by
        self.looked: Callable[[], Look | None] | None = None
        """Waits for what a look at the database showed, which is taken beside other steps."""

    def run(self) -> Checked:
        """Take all steps, as far as what they ask for can be had."""
        try:
            return self._run()
        except StoreError as error:
            where = f"{error.filename}: {error.strerror}"
            self.report.miss("log", LOG, f"{where}. All that comes after it was not looked at.")
            return self.result

    def _run(self) -> Checked:
        found = outside.check_layout(self.place, self.wanted.files, self.report)
        has_strays = bool(self.report.failed)
        only_left_behind = all(is_left_behind(entry.subject) for entry in self.report.findings)
        if has_strays and not only_left_behind and not self.wanted.everything:
            return self._ended("the files and names are not those of an edition")
        by = self.by or self._processes(found)
        known = outside.check_bag(self.place, found, self.report)
        self.result.outside = known
        if self.report.failed - {"layout"} and not self.wanted.everything:
            return self._ended(_OTHERS)
        payload = outside.check_payload(self.place, known, by, self.report, self.progress)
        self._name_files()
        if self.report.failed and not self.wanted.everything:
            return self._ended(_OTHERS if self.report.failed - {"layout"} else _STRAYS)
        rows, attested = self.rows, [*filter(others.is_attested, known.there)]
        look = by.beside(partial(rows.look, self.place), attested) if rows else nullcontext(None)
        with look as self.looked:
            try:
                self._within(known, payload, attested, by)
            except UnreachedError as error:
                self.report.miss("log", LOG, str(error))
            except EvidenceError as error:
                self.report.fail("log", LOG, str(error))
        self._tell_absent()
        return self.result

    def _processes(self, found: Sequence[Found]) -> Spreading:
        """Who works where nobody else does."""
        if not self.place.forks:
            return ALONE
        return Processes(self.wanted.workers or (1 if _is_small(found) else cores()))

    def _name_files(self) -> None:
        """Tell changed files by their titles, too, where the log is the one that was signed."""
        changed = {one.subject for one in self.report.findings if one.check == "payload"}
        paths = {path for path in changed if path.startswith(_PRESERVED)}
        if not paths or LOG in changed:
            return
        titles = documents.titles_of(self.place, paths)
        self.report.findings = [
            replace(one, detail=f"{one.detail} {titles[one.subject]}")
            if one.check == "payload" and one.subject in titles
            else one
            for one in self.report.findings
        ]

    def _ended(self, why: str) -> Checked:
        self.report.absent.append(f"the log and all else, since {why}")
        return self.result

    def _within(
        self, known: Outside, payload: Payload, attested: Sequence[str], by: Spreading
    ) -> None:
        """Steps 4 to 6."""
        register = entries.read_log(self.place, by, self.report, self.progress)
        self.result.register = register
        said = self._described()
        origin = known.note.origin if known.note else (said or {}).get("origin", "")
        absent = {one["blake3"] for one in (said or {}).get("absent", ())}
        report, progress = self.report, self.progress
        intact = documents.check_files(register, payload, absent, known.listed, report)
        documents.check_passages(register, intact, payload, by, report, progress)
        afresh.check_texts(register, intact, by, report, progress)
        stored = compare.read_checkpoints(self.place, known.there, origin, report)
        self._compared(known, register, stored, said, attested)
        self._signed(known, register, stored, origin)
        self._count(register, said)

    def _described(self) -> Mapping[str, Any] | None:
        try:
            data = outside.read_small(self.place, DESCRIPTION, description.LARGEST)
            self.result.said = description.read(data)
        except EvidenceError as error:
            self.report.fail("edition", "edition.json", str(error))
        return self.result.said

    def _compared(
        self,
        known: Outside,
        register: Register,
        stored: Stored,
        said: Mapping[str, Any] | None,
        attested: Sequence[str],
    ) -> None:
        """Roots, then step 5."""
        compare.check_roots(register, stored, known.note, self.report)
        check_seen(self.wanted.seen, register, known.note, said, self.report)
        there, report = known.there, self.report
        has_doubts = any(one.check == "payload" for one in report.findings)
        listed = {} if has_doubts else known.listed
        tiles = there, listed, register, stored.texts
        self._attempt("tile", compare.check_tiles, self.place, *tiles)
        newest = stored.texts.get(register.size, b"").decode(errors="replace")
        self._attempt("proof", compare.check_proofs, self.place, there, register, newest)
        if said is not None:
            stamped = others.stamped(there)
            compare.check_checkpoints(self.place, stored, register, said, stamped, report)
            described.check_description(said, known.note, register, report)
        if self.rows is None or self.looked is None:
            report.absent.append("evidence.db")
        else:
            tell = partial(self.rows.report, self.place, attested)
            self._attempt("database", tell, register, self.looked())

    def _signed(self, known: Outside, register: Register, stored: Stored, origin: str) -> None:
        """Step 6."""
        key = self.wanted.key_for(origin)
        succession = signatures.check_succession(register, origin, stored.texts, key, self.report)
        if succession is not None:
            is_known = key is not None
            if known.note is not None and known.signed is not None:
                signatures.check_note(
                    known.signed, known.note.size, succession, is_known=is_known, report=self.report
                )
            signatures.check_checkpoints(stored, succession, is_known=is_known, report=self.report)
        others.check(self.place, known.there, register, stored, origin, self.wanted, self.report)

    def _attempt(self, check: str, step: Any, *arguments: Any) -> None:  # noqa: ANN401
        try:
            step(*arguments, self.report)
        except UnreachedError as error:
            self.report.miss(check, check, str(error))
        except EvidenceError as error:
            self.report.fail(check, check, str(error))

    def _count(self, register: Register, said: Mapping[str, Any] | None) -> None:
        """What is withheld or erased, which changes no outcome."""
        everywhere = frozenset((said or {"everywhere": {"fields": []}})["everywhere"]["fields"])
        counts = described.counts_of(register, everywhere)
        for name, told in (
            ("partly", "records of which fields are withheld"),
            ("withheld", "records that are withheld"),
            ("erased", "records that were erased"),
        ):
            self.report.counted[told] += counts[name]
        retracted = register.retracted.intersection(register.claims())
        self.report.counted["published claims that were retracted"] += len(retracted)
        for line in (said or {"gate": ()})["gate"]:
            if line["outcome"] == "overridden":
                told = f"times that the publisher overrode the rule: {line['rule']}"
                self.report.counted[told] += 1
        for name in sorted(everywhere):
            told = f"records of which {name} is withheld, as in every other"
            self.report.counted[told] += register.sealing(name)
        self.report.counted = +self.report.counted

    def _tell_absent(self) -> None:
        wanted, told = self.wanted, self.report.absent
        if not wanted.seen:
            told.append("what was seen before (--seen)")
        if wanted.authorities is None:
            told.append("authorities of time-stamps (--tsa)")
        if not wanted.witnesses and wanted.policy is None:
            told.append("witnesses (--policy, --witness)")
        if wanted.allowed_signers is None:
            told.append("signers of reviews (--allowed-signers)")
