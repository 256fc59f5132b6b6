"""The part of the log that bears on a claim, asked for in one recursive query."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evidence_chain.graph import Graph, Link, Node
from evidence_chain.rules import SPEAKS
from evidence_db.reading.notices.amendments import amendments_of
from evidence_db.reading.records import missing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_REACH = """
WITH RECURSIVE reach(idx) AS (
    SELECT :claim
    UNION
    SELECT link.from_idx FROM reach JOIN link ON link.to_idx = reach.idx
        WHERE link.relation IN
            ('supports', 'contradicts', 'qualifies', 'preserves', 'translates')
    UNION
    SELECT link.from_idx FROM reach JOIN link ON link.to_idx = reach.idx
        WHERE link.relation = 'replaces'
        AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.idx = reach.idx)
    UNION
    SELECT link.to_idx FROM reach JOIN link ON link.from_idx = reach.idx
        WHERE link.relation IN ('derives-from', 'preserves', 'translates', 'answers')
    UNION
    SELECT evidence.artifact_idx FROM reach JOIN evidence ON evidence.idx = reach.idx
        WHERE evidence.artifact_idx IS NOT NULL
)
SELECT reach.idx, entry.kind, evidence.artifact_idx,
    entry.kind LIKE 'evidence/%' AND evidence.artifact_idx IS NULL AND NOT EXISTS (
        SELECT 1 FROM record WHERE record.idx = reach.idx
        AND CASE WHEN json_valid(record.body) THEN json_type(record.body, '$.artifact') END
            IS NOT NULL)
FROM reach JOIN entry ON entry.idx = reach.idx LEFT JOIN evidence ON evidence.idx = reach.idx
"""
_LINKS = """
SELECT link.idx, link.relation, link.from_idx, link.to_idx
FROM json_each(:reach) AS reach CROSS JOIN link ON link.to_idx = reach.value
WHERE link.relation IN
    ('supports', 'contradicts', 'qualifies', 'preserves', 'replaces', 'translates')
UNION
SELECT link.idx, link.relation, link.from_idx, link.to_idx
FROM json_each(:reach) AS reach CROSS JOIN link ON link.from_idx = reach.value
WHERE link.relation IN ('derives-from', 'preserves', 'translates', 'answers')
ORDER BY 1
"""
_RETRACTIONS = """
SELECT retraction.to_idx, min(retraction.idx)
FROM json_each(:reach) AS reach CROSS JOIN retraction ON retraction.to_idx = reach.value
GROUP BY retraction.to_idx
"""
_REVIEWS = """
SELECT review.idx, review.to_idx
FROM json_each(:reach) AS reach CROSS JOIN review ON review.to_idx = reach.value
"""
_OUTWARD = ("derives-from", "preserves", "translates", "answers")


def graph_of(connection: sqlite3.Connection, claim: int) -> Graph:
    """The part of the log that bears on a claim.

    Raises:
        StorageError: the database lacks a record that it names.
    """
    nodes = {
        idx: Node(idx, kind, artifact, bool(withheld))
        for idx, kind, artifact, withheld in connection.execute(_REACH, {"claim": claim})
    }
    links = _links_among(connection, nodes)
    links += _links_among(connection, [link.index for link in links])
    amendments = amendments_of(connection, nodes)
    reviews = _reviews_of(connection, nodes)
    joined = (link.index for link in links)
    ended = _retractions_of(connection, [*nodes, *amendments, *reviews, *joined])
    needed = {claim, *(link.from_ for link in links if link.relation in SPEAKS)}
    needed |= {link.to for link in links if link.relation in _OUTWARD}
    needed |= {node.artifact for node in nodes.values() if node.artifact is not None}
    if lost := needed - nodes.keys():
        raise missing(min(lost))
    return Graph(nodes, links, ended, amendments, reviews)


def _links_among(connection: sqlite3.Connection, indexes: Iterable[int]) -> list[Link]:
    reach = {"reach": json.dumps(list(indexes))}
    return [Link(*row) for row in connection.execute(_LINKS, reach)]


def _reviews_of(connection: sqlite3.Connection, indexes: Iterable[int]) -> dict[int, int]:
    return dict(connection.execute(_REVIEWS, {"reach": json.dumps(list(indexes))}).fetchall())


def _retractions_of(connection: sqlite3.Connection, indexes: Sequence[int]) -> dict[int, int]:
    reach = {"reach": json.dumps(indexes)}
    return dict(connection.execute(_RETRACTIONS, reach).fetchall())
