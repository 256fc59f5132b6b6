"""Passages that a person must look at, and those that somebody has looked at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence_db.reading.attested.reviewed import signed_off
from evidence_db.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evidence_db.publishing.gate.reviewed import PassagesWanting
    from evidence_db.reading.attested.reviewed import Reviewed
    from evidence_db.reading.reader import Reader


def tasks_of_passages(
    reader: Reader, indexes: Iterable[int], wanting: PassagesWanting
) -> Iterator[Task]:
    """The passages among these records that wait for a person, or that somebody rejected."""
    for one in wanting.of(indexes):
        words = str(reader.record(one.index).body.get("text") or "")
        command = f"evidence review {one.id[:8]} --approve"
        yield Task("passages", one.id, one.id[:8], f"“{words}” {one.why}", command)


def looked_at(reviews: Iterable[Sequence[Reviewed]]) -> dict[str, int]:
    """How many passages with these reviews somebody has looked at and approved, by who did."""
    every = map(signed_off, reviews)
    return dict(Counter(one.reviewer or "" for one in every if one is not None))
