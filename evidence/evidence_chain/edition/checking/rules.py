"""Step 4, over the whole log: ids, references, circles, amendments, and what gives away what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.amending import check_changes
from evidence_chain.digest import is_hex_digest
from evidence_chain.entry import Entry, is_evidence
from evidence_chain.rules import check_references, find_cycle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_chain.edition.checking.register import Facts, Register
    from evidence_chain.verify.report import Report

NAMES_OF_FILES = ("sha256", "size", "media_type", "filename", "name")
"""What of a preserved file gives it away."""


def check_rules(register: Register, report: Report) -> None:
    """The rules of the log (docs/format.md, section 4)."""
    seen: set[str] = set()
    for index, one in register.told():
        problems = list(_problems(register, index, one))
        if one.id in seen:
            problems.append("Its id is that of an earlier entry.")
        seen.add(one.id)
        for problem in problems:
            report.fail("rules", one.id, f"{named(index, one)}: {problem}")
        if not problems:
            report.hold("rules", "entries")
    if circle := find_cycle(_support(register)):
        listed = ", ".join(map(str, circle))
        report.fail("rules", "log", f"Support goes in a circle: entries {listed}.")


def named(index: int, one: Facts) -> str:
    """What people call a record: kind, short id and place in the log."""
    return f"{one.kind} {one.id[:8]} (entry {index})"


def _problems(register: Register, index: int, one: Facts) -> Iterator[str]:
    entry = Entry(one.kind, one.open, dict.fromkeys(one.sealed, ""))
    artifact = one.values.get("artifact") if is_evidence(one.kind) else None
    artifact = artifact if is_hex_digest(artifact) else None
    yield from check_references(index, entry, artifact, register.find)
    if one.kind == "amendment":
        yield from _amended(register, one)
    if one.kind == "custody":
        for subject in one.values.get("subjects") or ():
            place = register.find(subject) if is_hex_digest(subject) else None
            if place is None or place.index >= index:
                yield "`subjects` names an id that is not that of an earlier entry."


def _amended(register: Register, one: Facts) -> Iterator[str]:
    changes = one.values.get("changes")
    place = register.find(one.open["to"])
    target = None if place is None else register.facts[place.index]
    if not isinstance(changes, dict) or target is None:
        return
    yield from check_changes(target.kind, target.sealed, changes)
    for name in sorted(changes.keys() & target.sealed - target.disclosed):
        yield f"It discloses a change of `{name}`, which is withheld in that record."


def _support(register: Register) -> Iterator[tuple[int, int]]:
    for _, one in register.of_kind("link"):
        from_, to = (register.find(one.open[end]) for end in ("from", "to"))
        if one.open["relation"] == "supports" and from_ and to and from_.kind == "claim":
            yield from_.index, to.index


def check_disclosure(register: Register, report: Report) -> None:
    """What may not be disclosed without something else (docs/edition.md, section 11)."""
    for index, one in register.told():
        problems = list(_giving_away(register, index, one))
        for problem in problems:
            report.fail("disclosure", one.id, f"{named(index, one)}: {problem}")
        if not problems:
            report.hold("disclosure", "records")


def _giving_away(register: Register, index: int, one: Facts) -> Iterator[str]:
    if index in register.erased and one.disclosed:
        yield "It was erased, and is disclosed."
    if one.kind == "artifact" and "blake3" not in one.disclosed:
        for name in NAMES_OF_FILES:
            if name in one.disclosed:
                yield f"It discloses `{name}` of a file that is withheld."
    if is_evidence(one.kind):
        yield from _of_withheld_file(register, one)
    signed = one.kind == "review" and one.values.get("signature") is not None
    if signed and "reviewer" not in one.disclosed:
        yield "It discloses the signature of a reviewer who is withheld."


def _of_withheld_file(register: Register, one: Facts) -> Iterator[str]:
    artifact = one.values.get("artifact")
    if is_hex_digest(artifact):
        place = register.find(str(artifact))
        file = None if place is None else register.facts[place.index]
        if file is not None and "blake3" not in file.disclosed:
            yield "It names a file that is withheld."
        return
    for name, value in (("selector", "placed"), ("extracted", "extracted"), ("a crop", "crops")):
        if one.values.get(value):
            yield f"It discloses {name}, and not the file that it is of."
