"""Objections to what a claim or a passage replaced: to word it anew doesn't answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.reading.attested.reviewed import rejected, reviews_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.reading.attested.reviewed import Reviewed
    from evidence_db.reading.reader import Reader

_REPLACED = """
WITH RECURSIVE before (idx) AS (
    VALUES (:index)
    UNION
    SELECT link.to_idx FROM before JOIN link ON link.from_idx = before.idx
    WHERE link.relation = 'replaces' AND NOT EXISTS
        (SELECT 1 FROM retraction WHERE retraction.to_idx = link.idx)
)
SELECT idx FROM before WHERE idx <> :index ORDER BY idx
"""


def reviews_before(reader: Reader, index: int) -> Iterator[Sequence[Reviewed]]:
    """The reviews of each record that this one replaced, directly or not, as far as it has any."""
    before = [one for (one,) in reader.connection.execute(_REPLACED, {"index": index})]
    yield from reviews_of(reader, before).values() if before else ()


def is_answered(objection: Reviewed, reviews: Sequence[Reviewed]) -> bool:
    """Whether who objected has since said something of what took its place.

    Args:
        objection: A rejection of what was replaced.
        reviews: Those of what took its place.
    """
    return any(one.reviewer == objection.reviewer and one.counts for one in reviews)


def objections_before(reader: Reader, index: int) -> list[Reviewed]:
    """The rejections of what a record replaced that nobody answered who made them.

    Raises:
        StorageError: one of them is damaged.
    """
    own = reviews_of(reader, [index]).get(index, [])
    return [
        one
        for said in reviews_before(reader, index)
        for one in rejected(said)
        if not is_answered(one, own)
    ]
