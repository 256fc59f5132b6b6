"""Amendments of records: which there are, and what records say since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evidence_chain.amending import Amendment, Corrected, amended
from evidence_db.reading.records import Record, is_readable, readable, stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from evidence_chain.graph import Graph

_OF = """
SELECT amendment.idx, amendment.to_idx
FROM json_each(:wanted) AS wanted CROSS JOIN amendment ON amendment.to_idx = wanted.value
ORDER BY amendment.idx
"""
_STANDING = """
SELECT amendment.idx, entry.id, amendment.body FROM amendment JOIN entry USING (idx)
WHERE amendment.to_idx = ? AND NOT EXISTS
    (SELECT 1 FROM retraction WHERE retraction.to_idx = amendment.idx)
ORDER BY amendment.idx
"""


def amendments_of(connection: sqlite3.Connection, indexes: Iterable[int]) -> dict[int, int]:
    """All amendments of these records, those that were retracted too: what each corrects."""
    return dict(connection.execute(_OF, {"wanted": json.dumps(list(indexes))}).fetchall())


def standing(connection: sqlite3.Connection, index: int) -> list[Amendment]:
    """The amendments of a record that were not retracted, in log order.

    Raises:
        StorageError: the values of one are damaged.
    """
    rows = connection.execute(_STANDING, (index,)).fetchall()
    return [amendment(stored(idx, id_, "amendment", body)) for idx, id_, body in rows]


def amendment(record: Record) -> Amendment:
    """What an amendment says.

    Raises:
        StorageError: its values are damaged.
    """
    said = readable(record).body.get
    when, who = said("recorded_at"), said("recorded_by")
    return Amendment(record.index, record.id, said("changes"), said("reason"), when, who)


def corrected_in(graph: Graph, records: Mapping[int, Record]) -> dict[int, Record]:
    """The amended records of a claim's chain as they are read, given all records of it."""
    return {
        index: corrected(
            records[index],
            (
                amendment(records[one])
                for one, to in sorted(graph.amendments.items())
                if to == index and one not in graph.retracted
            ),
        )
        for index in set(graph.amendments.values())
    }


def corrected(record: Record, amendments: Iterable[Amendment]) -> Record:
    """The record as it is read since it was amended; what was sealed is in `amended`."""
    known: dict[str, Corrected] = {
        name: one
        for name, one in amended(record.body, amendments).items()
        if is_readable({name: one.value})
    }
    if not known:
        return record
    body = record.body | {name: one.value for name, one in known.items()}
    return record._replace(body=body, amended=known)
