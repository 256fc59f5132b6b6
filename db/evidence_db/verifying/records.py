"""Steps 3, 5 and 6 for a stretch of the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from evidence_chain.entry import is_evidence
from evidence_chain.log.merkle import Node, leaf_hash, node_hash
from evidence_chain.verify.record import Opened, check_commitments, check_entry, check_rules
from evidence_chain.verify.report import Report
from evidence_db.reading.records import is_typed
from evidence_db.store.tables.projection import project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_chain.rules import Place
    from evidence_db.reading.records import Row
    from evidence_db.verifying.queries import Audit

LEVEL = 12
"""Stretches of the log that are checked at a time have up to `2**LEVEL` entries."""
_NO_ENTRY = bytes(32)


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
    """Check every record of a stretch of the log."""
    stretch = Stretch(start, stop)
    rows = {row.idx: row for row in reader.rows(start, stop) if _is_typed(row, stretch.report)}
    erased = reader.erased()
    opened = [_open(row, stretch.report, row.idx in erased) for row in rows.values()]
    places = reader.places({id_ for one in opened for id_ in _named(one)})
    _check_gaps(stretch, rows)
    for one in opened:
        check_rules(one, places.get, stretch.report, reader.entry_at)
        if not one.values and not one.erased:
            stretch.distrusted.add(one.index)
    _check_projections(reader, stretch, opened, places)
    _check_tree(reader, stretch, rows)
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
    reader: Audit, stretch: Stretch, opened: list[Opened], places: dict[str, Place]
) -> None:
    shown = reader.projections(stretch.start, stretch.stop)
    held = 0
    for one in opened:
        if one.entry is None or (is_evidence(one.entry.kind) and not (one.values or one.erased)):
            stretch.report.miss("projection", one.id, f"{one.name}: its values can't be trusted.")
        elif shown.get(one.index) == project(one.index, one.entry, one.artifact, places.get):
            held += 1
        else:
            stretch.distrusted.add(one.index)
            stretch.report.fail(
                "projection", one.id, f"{one.name}: the tables show something else than the log."
            )
    stretch.report.hold("projection", "records", held)


def _check_tree(reader: Audit, stretch: Stretch, rows: dict[int, Row]) -> None:
    leaves = [
        leaf_hash(rows[index].entry.encode()) if index in rows else _NO_ENTRY
        for index in range(stretch.start, stretch.stop)
    ]
    nodes: dict[tuple[int, int], bytes] = {}
    position = stretch.start
    while position < stretch.stop:
        level = _largest_subtree(position, stretch.stop)
        own = leaves[position - stretch.start :][: 1 << level]
        stretch.subtrees.append(_grow(position, own, nodes))
        position += 1 << level
    check_nodes(reader, nodes, stretch.report)


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


def _grow(start: int, leaves: Sequence[bytes], nodes: dict[tuple[int, int], bytes]) -> Node:
    """The root of one complete subtree; the nodes on the way are put into `nodes`."""
    level, hashes = 0, list(leaves)
    while len(hashes) > 1:
        level += 1
        hashes = [node_hash(*hashes[i : i + 2]) for i in range(0, len(hashes), 2)]
        first = start >> level
        nodes.update(((level, first + i), hash_) for i, hash_ in enumerate(hashes))
    return Node(level, start >> level, hashes[0])
