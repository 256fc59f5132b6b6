"""What is erased with a record: all that says of it what it said (docs/edition.md, section 11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.errors import RuleError
from evidence_db.reading.attested.custody import custody_of
from evidence_db.reading.references import describe
from evidence_db.verifying.queries import Audit

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_NEVER = {
    "key": "A change of keys is never erased: without it nobody can check who signed the log.",
    "erasure": "An erasure is never erased: it is what tells readers that a record is gone, and "
    "why.",
}
WITH_IT = "it corrects"
"""Why an amendment goes with a record, without anybody being asked."""


@dataclass(frozen=True, slots=True)
class Closure:
    """The records that go, and what stays beside them."""

    asked: Record
    goes: dict[int, str] = field(default_factory=dict)
    """Why each record goes with the one that was asked for, by index, that one not among them."""
    stays: dict[int, str] = field(default_factory=dict)
    """Why the values may stand in each of these records, which stay."""

    @property
    def indexes(self) -> list[int]:
        """All records that go, in log order."""
        return sorted({self.asked.index, *self.goes})

    @property
    def further(self) -> list[int]:
        """Those of which the user has to say that they go, too."""
        return [index for index, why in sorted(self.goes.items()) if not why.startswith(WITH_IT)]


def closure_of(reader: Reader, record: Record) -> Closure:
    """What goes with a record.

    Amendments of it; of a file, all records of it, the passages in it, and what was unpacked
    from it; of a passage, its translations.

    Raises:
        RuleError: it is of a kind that nobody erases, or was erased before.
    """
    if record.kind in _NEVER:
        raise RuleError(_NEVER[record.kind])
    if record.erased is not None:
        raise RuleError(f"{describe(record)} was erased before ({record.erased.id[:8]}).")
    return _Search(reader, record).run()


class _Search:
    def __init__(self, reader: Reader, record: Record) -> None:
        self._reader = reader
        self._audit = Audit(reader.connection)
        self._found = Closure(record)
        self._erased = self._audit.erased()
        self._todo = [record.index]

    def run(self) -> Closure:
        while self._todo:
            self._follow(self._todo.pop())
        self._tell_what_stays()
        return self._found

    def _follow(self, index: int) -> None:
        record = self._reader.stored(index)
        called = describe(record).removesuffix(" ")
        for one in self._reader.amendments(index):
            self._take(one, f"{WITH_IT} {called}")
        if record.kind == "artifact":
            self._follow_file(record, called)
        elif is_evidence(record.kind):
            for link in self._reader.links(index):
                if link.relation == "translates" and link.to == index:
                    self._take(link.from_, f"it translates {called}")
            place = self._reader.place(str(record.body.get("artifact")))
            if record.kind == "evidence/translation" and place is not None:
                self._take(place.index, f"it is the text of {called}")

    def _follow_file(self, record: Record, called: str) -> None:
        if record.index == self._found.asked.index:
            for one in self._reader.artifacts_of(str(record.body.get("blake3"))):
                self._take(one, "it is of the same file")
        for one in self._reader.passages_in(record.index):
            self._take(one, f"it stands in {called}")
        for part in self._audit.taken_out_of(record.index):
            if self._others_hold(part, record.index):
                self._found.stays[part] = "another file holds it as well"
            else:
                self._take(part, f"it was taken out of {called}")

    def _others_hold(self, part: int, container: int) -> bool:
        return any(
            link.relation == "derives-from"
            and link.from_ == part
            and link.to != container
            and link.to not in {self._found.asked.index, *self._found.goes, *self._erased}
            and self._reader.stored(link.to).kind == "artifact"
            for link in self._reader.links(part)
        )

    def _take(self, index: int, why: str) -> None:
        known = {self._found.asked.index, *self._found.goes, *self._erased}
        if index not in known:
            self._found.goes[index] = why
            self._found.stays.pop(index, None)
            self._todo.append(index)

    def _tell_what_stays(self) -> None:
        gone = set(self._found.indexes)
        for index in sorted(gone):
            record = self._reader.stored(index)
            if is_evidence(record.kind):
                place = self._reader.place(str(record.body.get("artifact")))
                if place is not None:
                    self._stays(place.index, gone, "the passage stands in it")
            for link in self._reader.links(index):
                other = link.to if link.from_ == index else link.from_
                if link.relation == "replaces":
                    self._stays(other, gone, "it is an earlier or later version")
                elif link.relation in ("derives-from", "preserves") and other == link.to:
                    self._stays(other, gone, "it names what this comes from")
                self._stays(link.index, gone, "its note may say something")
            for one in self._reader.retractions(index):
                self._stays(one, gone, "its reason may say something")
            for one in self._audit.reviews_of(index):
                self._stays(one, gone, "its note may say something")
            for event in custody_of(self._reader, [record]):
                why = "it tells through whose hands this went"
                self._stays(event.index, gone if event.subjects else {event.index}, why)

    def _stays(self, index: int, gone: set[int], why: str) -> None:
        if index in gone or index in self._erased:
            return
        record = self._reader.stored(index)
        if record.kind != "link" or record.body.get("note"):
            self._found.stays.setdefault(index, why)
