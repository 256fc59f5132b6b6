"""Step 4, over the whole log: ids, references, circles, amendments, and what gives away what.

An entry names earlier ones alone, so each is judged as it is read, by those before it.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from evidence_chain.amending import check_changes
from evidence_chain.edition.checking.register import Facts, named_by
from evidence_chain.entry import Entry, is_evidence
from evidence_chain.rules import Place, check_references, check_subjects, find_cycle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_chain.edition.checking.register import Register, Shape
    from evidence_chain.verify.report import Report

_MOST = 4096
"""Kinds of entries, and of what they name, that are kept."""
NAMES_OF_FILES = ("sha256", "size", "media_type", "filename", "name")
"""What of a preserved file gives it away."""


class Rules:
    """The rules of the log, and what may not be disclosed without something else."""

    def __init__(self, register: Register, report: Report) -> None:
        self._register = register
        self._report = report
        self._supporting, self._supported = array("I"), array("I")
        self._late: list[tuple[int, Facts]] = []
        """Entries that name what was not read before them."""
        self._giving_away: set[int] = set()
        self._told = 0
        self._sound: set[tuple[object, ...]] = set()
        """What entries and those that they name are, of which nothing was wrong before."""

    def take(self, facts: Facts, places: Mapping[str, Place | None]) -> None:
        """Judge the next line of the log by what the register has of those before it.

        Args:
            facts: What is told of the line.
            places: Where the entries stand that it names, as far as they were read.
        """
        register, index = self._register, len(self._register.ids)
        self._told += 1
        if None in places.values():
            self._late.append((index, facts))
            return
        alike = _alike(facts, places)
        problems = [] if alike in self._sound else list(_problems(register, index, facts))
        if alike and not problems and len(self._sound) < _MOST:
            self._sound.add(alike)
        is_again = register.ids.find(facts.id) is not None
        self._judge(index, facts, problems, is_again=is_again)

    def end(self) -> None:
        """Judge what asks for the whole log."""
        for index, facts in self._late:
            problems = list(_problems(self._register, index, facts))
            is_again = self._register.ids.find(facts.id) != index
            self._judge(index, facts, problems, is_again=is_again)
        for index in sorted(self._register.erased):
            shape = self._register.shape(index)
            if shape is not None and shape.disclosed:
                self._tell_given_away(index, shape, "It was erased, and is disclosed.")
        self._report.hold("disclosure", "records", self._told - len(self._giving_away))
        if circle := find_cycle(zip(self._supporting, self._supported, strict=True)):
            listed = ", ".join(map(str, circle))
            self._report.fail("rules", "log", f"Support goes in a circle: entries {listed}.")

    def _judge(self, index: int, facts: Facts, problems: list[str], *, is_again: bool) -> None:
        if is_again:
            problems.append("Its id is that of an earlier entry.")
        for problem in problems:
            name = named(index, facts.shape, facts.id.hex())
            self._report.fail("rules", facts.id.hex(), f"{name}: {problem}")
        if not problems:
            self._report.hold("rules", "entries")
        for problem in _giving_away(self._register, facts):
            self._tell_given_away(index, facts.shape, problem, facts.id.hex())
        if facts.shape.relation == "supports":
            self._note_support(facts)

    def _note_support(self, facts: Facts) -> None:
        from_, to = (self._register.find(facts.open[end]) for end in ("from", "to"))
        if from_ and to and from_.kind == "claim":
            self._supporting.append(from_.index)
            self._supported.append(to.index)

    def _tell_given_away(self, index: int, shape: Shape, problem: str, id_: str = "") -> None:
        id_ = id_ or self._register.ids[index].hex()
        self._report.fail("disclosure", id_, f"{named(index, shape, id_)}: {problem}")
        self._giving_away.add(index)


def _alike(facts: Facts, places: Mapping[str, Place | None]) -> tuple[object, ...] | None:
    """What there is to `_problems` of an entry that names earlier ones; `None` if there is more."""
    kind, relation, *_ = facts.shape
    if kind in ("amendment", "custody"):
        return None
    ends = ((end, place and place.kind) for end, place in places.items())
    return kind, relation, *ends, facts.open.get("from") == facts.open.get("to")


def named(index: int, shape: Shape, id_: str) -> str:
    """What people call a record: kind, short id and place in the log."""
    return f"{shape.kind} {id_[:8]} (entry {index})"


def _problems(register: Register, index: int, facts: Facts) -> Iterator[str]:
    kind, values = facts.shape.kind, facts.values
    artifact = named_by(facts).get("artifact")
    yield from check_references(index, Entry(kind, facts.open, {}), artifact, register.find)
    if kind == "amendment":
        yield from _amended(register, facts)
    if kind == "custody":
        yield from check_subjects(index, values.get("subjects"), register.find)


def _amended(register: Register, facts: Facts) -> Iterator[str]:
    changes = facts.values.get("changes")
    place = register.find(facts.open["to"])
    target = None if place is None else register.shape(place.index)
    if not isinstance(changes, dict) or target is None:
        return
    yield from check_changes(target.kind, target.sealed, changes)
    for name in sorted(changes.keys() & target.sealed - target.disclosed):
        yield f"It discloses a change of `{name}`, which is withheld in that record."


def _giving_away(register: Register, facts: Facts) -> Iterator[str]:
    """What may not be disclosed without something else (docs/edition.md, section 11)."""
    kind, disclosed = facts.shape.kind, facts.shape.disclosed
    if kind == "artifact" and "blake3" not in disclosed:
        for name in NAMES_OF_FILES:
            if name in disclosed:
                yield f"It discloses `{name}` of a file that is withheld."
    if is_evidence(kind):
        yield from _of_withheld_file(register, facts)
    signed = kind == "review" and facts.values.get("signature") is not None
    if signed and "reviewer" not in disclosed:
        yield "It discloses the signature of a reviewer who is withheld."


def _of_withheld_file(register: Register, facts: Facts) -> Iterator[str]:
    artifact = facts.values.get("artifact")
    if artifact is not None:
        place = register.find(artifact)
        file = None if place is None else register.shape(place.index)
        if file is not None and "blake3" not in file.disclosed:
            yield "It names a file that is withheld."
        return
    for name, value in (("selector", "placed"), ("extracted", "extracted"), ("a crop", "crops")):
        if facts.values.get(value):
            yield f"It discloses {name}, and not the file that it is of."
