"""Steps 3, 5 and 6 for a stretch of the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Protocol

from evidence_chain.entry import is_evidence
from evidence_chain.log.merkle import Node, leaf_hash, node_hash
from evidence_chain.rules import Place
from evidence_chain.verify.record import Opened, check_commitments, check_entry, check_rules
from evidence_chain.verify.report import Report
from evidence_db.reading.records import is_typed
from evidence_db.store.tables.projection import project
from evidence_db.verifying import at_once

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from evidence_db.reading.records import Row
    from evidence_db.verifying.at_once import Said
    from evidence_db.verifying.queries import Audit, Shown

LEVEL = 12
"""Stretches of the log that are checked at a time have up to `2**LEVEL` entries."""
_NO_ENTRY = bytes(32)
_OF_EACH = (*at_once.TOLD, ("projection", "records"))
"""The checks that each record must pass, and what is counted of them."""


class Lines(Protocol):
    """Whatever has the lines of a log, and knows where others stand that they name."""

    def lines(self, start: int, stop: int) -> tuple[list[Row], dict[int, Shown]]: ...

    def erased(self) -> Mapping[int, int]: ...

    def places(self, ids: Iterable[str]) -> dict[str, Place]: ...

    def places_of(self, ids: Iterable[str], kinds: Mapping[int, str]) -> dict[str, Place]: ...

    def entry_at(self, index: int) -> bytes | None: ...


@dataclass(slots=True)
class Stretch:
    """What came of checking the entries `[start, stop)`."""

    start: int
    stop: int
    report: Report = field(default_factory=Report)
    subtrees: list[Node] = field(default_factory=list)
    """The largest complete subtrees that make up the stretch, from left to right."""
    distrusted: set[int] = field(default_factory=set)
    """Records whose values are not what was committed to, or could not be checked."""


def stretches(size: int, cuts: set[int]) -> list[tuple[int, int]]:
    """Divide a log of `size` entries into aligned stretches that end at each of `cuts` too."""
    edges = {*range(0, size, 1 << LEVEL), *(cut for cut in cuts if 0 <= cut <= size), 0, size}
    ordered = sorted(edges)
    return list(pairwise(ordered))


def check_stretch(reader: Audit, start: int, stop: int) -> Stretch:
    """Check every record of a stretch of the log, and the part of the stored tree over it."""
    stretch, leaves = check_lines(reader, start, stop)
    levels = cover(stretch, leaves)
    if all(reader.hashes(n, first, first + len(row)) == row for n, (first, row) in levels.items()):
        count = sum(len(row) for _, row in levels.values())
        stretch.report.hold("projection", "tree nodes", count)
    else:
        check_nodes(reader, _by_place(levels), stretch.report)
    return stretch


def check_lines(reader: Lines, start: int, stop: int) -> tuple[Stretch, list[bytes]]:
    """Check every record of a stretch of the log, whose hashes are returned too.

    Most are right at one look (`at_once`). The others are checked one by one, and explained.
    """
    stretch = Stretch(start, stop)
    report = stretch.report
    lines, shown = reader.lines(start, stop)
    erased = reader.erased()
    again = at_once.resealed(row for row in lines if row.idx not in erased)
    kinds = {index: said.kind for index, said in again.items()}
    named = at_once.named(again)
    places = _places_here(lines, kinds, named)
    places |= reader.places_of(named - places.keys(), kinds)
    right = at_once.right(again, shown, places.get)
    rows = {row.idx: row for row in lines if row.idx in right or _is_typed(row, report)}
    opened = [
        _open(row, report, row.idx in erased) for row in rows.values() if row.idx not in right
    ]
    places |= reader.places({id_ for one in opened for id_ in _named(one)})
    for check, subject in _OF_EACH:
        report.hold(check, subject, len(right))
    _check_gaps(stretch, rows)
    for one in opened:
        check_rules(one, places.get, report, reader.entry_at)
        if not one.values and not one.erased:
            stretch.distrusted.add(one.index)
    _check_projections(stretch, opened, places, shown)
    return stretch, list(_leaves(stretch, rows, again))


def _places_here(
    lines: Iterable[Row], kinds: Mapping[int, str], named: Container[str]
) -> dict[str, Place]:
    """Where those stand that are named and read already: their ids are those of their entries.

    Args:
        lines: The lines that were read.
        kinds: The kinds of those that are what values and seeds give, by index.
        named: The ids.
    """
    return {
        row.id: Place(row.idx, kinds[row.idx])
        for row in lines
        if row.id in named and row.idx in kinds
    }


def unread(start: int, stop: int, why: str) -> Stretch:
    """A stretch that nobody checked, and none of whose records is to be believed."""
    stretch = Stretch(start, stop, distrusted=set(range(start, stop)))
    stretch.report.miss("entry", "log", f"Entries {start} to {stop - 1}: {why}.")
    return stretch


def _is_typed(row: Row, report: Report) -> bool:
    """Whether all values have the types of their columns."""
    if is_typed(row):
        return True
    report.fail("projection", "log", f"Entry {row.idx} holds a value of a foreign type.")
    return False


def _open(row: Row, report: Report, erased: bool) -> Opened:
    opened = check_entry(row.idx, row.id, row.entry.encode(), report)
    opened.erased = erased
    body = row.body.encode() if row.body is not None else None
    salts = row.salts.encode() if row.salts is not None else None
    check_commitments(opened, body, salts, row.seed, report)
    return opened


def _named(opened: Opened) -> list[str]:
    if opened.entry is None:
        return []
    ids = [id_ for key, id_ in opened.entry.open.items() if key in ("from", "to")]
    ids += [one for one in opened.subjects if isinstance(one, str)]
    return [*ids, opened.artifact] if opened.artifact else ids


def _check_gaps(stretch: Stretch, rows: dict[int, Row]) -> None:
    missing = [index for index in range(stretch.start, stretch.stop) if index not in rows]
    for _, gap in groupby(enumerate(missing), lambda item: item[1] - item[0]):
        indexes = [index for _, index in gap]
        upto = f" to {indexes[-1]}" if len(indexes) > 1 else ""
        stretch.report.fail("log", "log", f"Entry {indexes[0]}{upto} is not there.")
    stretch.report.hold("log", "entries", len(rows))


def _check_projections(
    stretch: Stretch,
    opened: list[Opened],
    places: dict[str, Place],
    shown: dict[int, Shown],
) -> None:
    held = 0
    for one in opened:
        if one.entry is None or (is_evidence(one.entry.kind) and not (one.values or one.erased)):
            stretch.report.miss("projection", one.id, f"{one.name}: its values can't be trusted.")
        elif _row(one.index, shown) == project(one.index, one.entry, one.artifact, places.get):
            held += 1
        else:
            stretch.distrusted.add(one.index)
            stretch.report.fail(
                "projection", one.id, f"{one.name}: the tables show something else than the log."
            )
    stretch.report.hold("projection", "records", held)


def _row(index: int, shown: dict[int, Shown]) -> dict[str, Any] | None:
    if index not in shown:
        return None
    return {"idx": index, **dict(zip(*shown[index], strict=True))}


def _leaves(stretch: Stretch, rows: dict[int, Row], again: dict[int, Said]) -> Iterator[bytes]:
    for index in range(stretch.start, stretch.stop):
        if index in again:
            yield again[index].leaf
        else:
            yield leaf_hash(rows[index].entry.encode()) if index in rows else _NO_ENTRY


def cover(stretch: Stretch, leaves: list[bytes]) -> dict[int, tuple[int, list[bytes]]]:
    """Hash the lines of a stretch into its subtrees.

    Args:
        stretch: Takes the largest of them.
        leaves: The hashes of its lines.

    Returns:
        The complete subtrees over them, by level from 1: the number of the first, and hashes.
    """
    levels = _levels(stretch.start, leaves)
    known = {0: (stretch.start, leaves)} | levels
    position = stretch.start
    while position < stretch.stop:
        level = _largest_subtree(position, stretch.stop)
        first, row = known[level]
        stretch.subtrees.append(Node(level, position >> level, row[(position >> level) - first]))
        position += 1 << level
    return levels


def _levels(start: int, leaves: list[bytes]) -> dict[int, tuple[int, list[bytes]]]:
    """The complete subtrees over leaves, by level from 1: the number of the first, and hashes."""
    levels = {}
    level, first, row = 0, start, leaves
    while len(row) - first % 2 >= 2:
        level, pairs = level + 1, row[first % 2 :]
        row = list(map(node_hash, pairs[::2], pairs[1::2]))
        first = (first + 1) // 2
        levels[level] = first, row
    return levels


def _by_place(levels: dict[int, tuple[int, list[bytes]]]) -> dict[tuple[int, int], bytes]:
    return {
        (level, first + i): hash_
        for level, (first, row) in levels.items()
        for i, hash_ in enumerate(row)
    }


def check_nodes(reader: Audit, nodes: dict[tuple[int, int], bytes], report: Report) -> None:
    """The stored tree has these nodes, given by level and number."""
    stored = {(key, hash_) for key, hash_ in reader.tree_nodes(nodes) if key in nodes}
    if wrong := nodes.items() - stored:
        level, n = min(key for key, _ in wrong)
        report.fail(
            "projection",
            "tree",
            f"The stored tree is not that of the entries, first at level {level}, node {n}.",
        )
    else:
        report.hold("projection", "tree nodes", len(nodes))


def _largest_subtree(start: int, stop: int) -> int:
    aligned = (start & -start).bit_length() - 1 if start else LEVEL
    return min(aligned, (stop - start).bit_length() - 1)
