"""Approvals that something came after, so that they no longer count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.wording.plural import counted
from evidence_db.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from evidence_db.reading.attested.reviewed import Reviewed
    from evidence_db.reading.reader import Reader

_NAMED = 3
"""Entries that a line tells."""


def tasks_of_reviews(
    reader: Reader, reviews: Mapping[int, Sequence[Reviewed]], told: Container[str | None]
) -> Iterator[Task]:
    """Each approval that is its reviewer's last word, and stale.

    Args:
        reader: A reader of the case.
        reviews: The reviews of claims and passages that stand, by what they are of.
        told: The ids of those that a person must look at anyway.
    """
    for index, said in sorted(reviews.items()):
        record = reader.record(index)
        called = str(record.body.get("slug") or record.id[:8])
        for one in said:
            if one.is_approval and one.counts and one.stale_by and record.id not in told:
                came = counted(len(one.stale_by), "entry")
                first = [f"{what} ({at})" for at, what in one.stale_by.items()][:_NAMED]
                more = " …" * (len(one.stale_by) > _NAMED)
                says = f"approved by {one.reviewer}; {came} came after: {', '.join(first)}{more}"
                yield Task(
                    "reviews", record.id, called, says, f"evidence review {called} --approve"
                )
