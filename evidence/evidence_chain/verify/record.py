"""Checks of one record: its entry, its seals, its references (steps 3, 5 and 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.amending import check_changes
from evidence_chain.digest import b3
from evidence_chain.entry import (
    derive_salts,
    is_evidence,
    open_fields,
    open_record,
    parse,
    salts_text,
)
from evidence_chain.errors import EvidenceError, ProofError
from evidence_chain.rules import check_references, check_subjects
from evidence_chain.values import check_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evidence_chain.canonical import Json
    from evidence_chain.entry import Entry
    from evidence_chain.rules import Place
    from evidence_chain.verify.report import Report


ERASED = "records that were erased"
"""What is counted of them, and changes no outcome."""


@dataclass(slots=True)
class Opened:
    """A line of the log as far as its checks let it be believed."""

    index: int
    id: str
    entry: Entry | None = None
    """`None` if it does not follow the format."""
    values: dict[str, Json] = field(default_factory=dict)
    """The disclosed values that are what the entry commits to."""
    erased: bool = False
    """Whether the log says that its values were destroyed."""

    @property
    def artifact(self) -> str | None:
        """The id in the disclosed field `artifact` of an evidence record."""
        if self.entry is None or not is_evidence(self.entry.kind):
            return None
        artifact = self.values.get("artifact")
        return artifact if isinstance(artifact, str) else None

    @property
    def subjects(self) -> list[Json]:
        """What a custody entry is about, as far as it is disclosed: ids, if it keeps the rules."""
        is_custody = self.entry is not None and self.entry.kind == "custody"
        subjects = self.values.get("subjects") if is_custody else None
        return subjects if isinstance(subjects, list) else []

    @property
    def name(self) -> str:
        """What people call it: kind, short id and place in the log."""
        kind = self.entry.kind if self.entry else "record"
        return f"{kind} {self.id[:8]} (entry {self.index})"


def check_entry(index: int, id_: str, entry: bytes, report: Report) -> Opened:
    """Step 3: the entry follows the format, and its id is its digest."""
    opened = check_form(index, id_, entry, report)
    if opened.entry is None:
        return opened
    if b3(entry).hex() != id_:
        report.fail("entry", id_, f"Entry {index} is not the one that its id names.")
        return opened
    report.hold("entry", "entries")
    return opened


def check_form(index: int, id_: str, entry: bytes, report: Report) -> Opened:
    """Step 3, where the id is none but the digest: the entry follows the format."""
    opened = Opened(index, id_)
    try:
        opened.entry = parse(entry)
    except EvidenceError as error:
        report.fail("entry", id_, f"Entry {index}: {error}")
    return opened


def check_commitments(
    opened: Opened,
    body: bytes | None,
    salts: bytes | None,
    seed: bytes | None,
    report: Report,
    *,
    is_published: bool = False,
) -> None:
    """Step 6: every disclosed field is what the entry commits to. Fills `opened.values`.

    In what was published (`is_published`) fields are withheld on purpose, and are counted.
    """
    if opened.entry is None:
        report.miss("commitment", opened.id, f"{opened.name}: its entry can't be read.")
        return
    if opened.erased:
        _check_erased(opened, report, is_gone=body is None and salts is None and seed is None)
        return
    if body is None or (salts is None and seed is None):
        report.miss("disclosure", opened.id, f"{opened.name} is withheld, or was lost.")
        return
    try:
        values = _opened_by(opened.entry, body, salts, seed)
    except EvidenceError as error:
        report.fail("commitment", opened.id, f"{opened.name}: {error}")
        return
    opened.values = values
    report.hold("commitment", "records")
    missing = opened.entry.sealed.keys() - values.keys()
    if missing and is_published:
        report.counted["records of which fields are withheld"] += 1
    elif missing:
        report.miss(
            "disclosure", opened.id, f"{opened.name} withholds {', '.join(sorted(missing))}."
        )


def _check_erased(opened: Opened, report: Report, *, is_gone: bool) -> None:
    """Nothing opens a record that was erased."""
    report.counted[ERASED] += 1
    if is_gone:
        report.hold("erasure", "records")
    else:
        detail = f"{opened.name} was erased, and what opens it is here."
        report.fail("erasure", opened.id, detail)


def _opened_by(
    entry: Entry, body: bytes, salts: bytes | None, seed: bytes | None
) -> dict[str, Json]:
    """The values that the salts open, which the seed gives if there is one."""
    if seed is None:
        return open_record(entry, body, b"" if salts is None else salts)
    derived = derive_salts(seed, entry.sealed)
    if salts is not None and salts_text(derived) != salts:
        raise ProofError("Its seed does not give its salts.")
    return open_fields(entry, body, derived)


def check_rules(
    opened: Opened,
    find: Callable[[str], Place | None],
    report: Report,
    entry_of: Callable[[int], bytes | None],
) -> None:
    """Step 5: every id that the entry names is an earlier record of a fitting kind.

    Args:
        opened: The record.
        find: The place of an id in the log.
        report: Where what was found goes.
        entry_of: The entry at an index that `find` gave; `None` if it can't be had.
    """
    if opened.entry is None:
        report.miss("rules", opened.id, f"{opened.name}: its entry can't be read.")
        return
    problems = [
        *check_references(opened.index, opened.entry, opened.artifact, find),
        *check_fields(opened.entry, opened.values),
        *_check_amendment(opened, find, entry_of),
        *check_subjects(opened.index, opened.subjects, find),
    ]
    for problem in problems:
        report.fail("rules", opened.id, f"{opened.name}: {problem}")
    if not problems:
        report.hold("rules", "entries")


def _check_amendment(
    opened: Opened,
    find: Callable[[str], Place | None],
    entry_of: Callable[[int], bytes | None],
) -> Iterator[str]:
    """What an amendment changes is in the record that it names, and may be changed."""
    if opened.entry is None or opened.entry.kind != "amendment" or "changes" not in opened.values:
        return
    place = find(opened.entry.open["to"])
    entry = None if place is None else entry_of(place.index)
    try:
        amended = None if entry is None else parse(entry)
    except EvidenceError:
        return  # that entry's own check tells
    if amended is not None:
        yield from check_changes(amended.kind, amended.sealed, opened.values["changes"])
