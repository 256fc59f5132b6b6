"""Which records hold a quotation together, where none holds it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, FormatError
from evidence_chain.text import spans
from evidence_db.proofreading.standing import is_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence_db.proofreading.standing import Slices, Stands
    from evidence_db.reading.records import Record

FEWEST = 2
SPANS = "spans-records"
"""A note: the quotation runs over several records, one after the other."""


def slices_of(record: Record) -> list[tuple[int, int]]:
    """Where a record's passage stands in its text; nothing if its selector can't be read."""
    try:
        return [(start, end) for start, end, _ in spans(record.body.get("selector"))]
    except (FormatError, EvidenceError):
        return []


def touches(stands: Stands, record: Record) -> bool:
    """Whether a record of the same text holds any of a quotation's words."""
    return record.body.get("extracted") == stands.text.letters.of and any(
        low < end and start < high for start, end in stands.bare for low, high in slices_of(record)
    )


def spanning(stands: Stands, records: Sequence[Record], text: str) -> list[Record]:
    """The records that hold a quotation's words together, with only punctuation between them.

    Args:
        stands: where it stands.
        records: records that hold some of its words; those to be preferred come first.
        text: the text that it stands in.

    Returns:
        The records in the order of the words; none if words stand in no record.
    """
    slices = [slices_of(record) for record in records]
    taken: list[int] = []
    for start, end in stands.bare:
        at = start
        while at < end:
            if is_edge(text[at]):
                at += 1
                continue
            held = _holding(at, slices, taken)
            if held is None:
                return []
            which, at = held
            taken += [which] * (which not in taken)
    return [records[which] for which in taken]


def _holding(at: int, slices: Sequence[Slices], taken: Sequence[int]) -> tuple[int, int] | None:
    """The record that holds a character, one that was taken before others, and where it ends."""
    order = [*reversed(taken), *range(len(slices))]
    there = ((which, high) for which in order for low, high in slices[which] if low <= at < high)
    return next(there, None)
