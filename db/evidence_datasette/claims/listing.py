"""Which claims are shown: a stretch of the log at a time, so that no page gets slow with its case.

A page looks through at most so many claims, newest first, and says how far it looked. Words are
found by the search index, a status first by the links that it needs, and then by the claim's
whole structure: what is shown is exact, what was not yet looked through is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.graph import Status
from evidence_db.reading.finding import matching, teach, terms, unindexed

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader

LENGTH = 25
"""Claims on a page."""
CANDIDATES = 100
"""Claims whose structure is computed for one page at most, when a status is asked for."""
STRETCH = 20_000
"""Claims, or hits of the search index, that one page looks through at most."""

ENDED = "ended"
"""Asks for claims that were retracted or replaced."""
STATUSES = (*map(str, Status), ENDED)
_NEEDS = {
    "contested": ("supports", "contradicts"),
    "supported": ("supports",),
    "contradicted": ("contradicts",),
}
_HAS_LINK = "EXISTS (SELECT 1 FROM link WHERE link.to_idx = stretch.idx AND relation = '{}')"
_IS_RETRACTED = "EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = stretch.idx)"
_HOLDS = "EXISTS (SELECT 1 FROM claim WHERE claim.idx = stretch.idx{})"
_ALL = """SELECT idx FROM entry WHERE kind = 'claim' AND idx < :before
    ORDER BY idx DESC LIMIT :stretch"""
_FOUND = """SELECT rowid AS idx FROM search WHERE search MATCH :words AND rowid < :before
    ORDER BY rowid DESC LIMIT :stretch"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Claims that may fit, newest first, and the entry before which nothing was looked at."""

    claims: list[int]
    end: int | None
    """Where the next page goes on; `None` at the beginning of the log."""


def stretch(reader: Reader, words: str, status: str | None, before: int | None) -> Stretch:
    """The next claims that may fit.

    Args:
        reader: A reader of the case.
        words: Words that the statement has to hold, all of them; none if empty.
        status: What the claim should be, one of `STATUSES`, or `None`.
        before: Look at entries before this one only.
    """
    query, held, values = _source(reader, terms(words))
    values |= {"before": reader.size() if before is None else before, "stretch": STRETCH}
    needs = held + [_HAS_LINK.format(relation) for relation in _NEEDS.get(status or "", ())]
    if status == ENDED:
        needs.append(f"({_IS_RETRACTED} OR {_HAS_LINK.format('replaces')})")
    limit = CANDIDATES if status else LENGTH
    rows = reader.connection.execute(
        f"SELECT idx FROM ({query}) AS stretch WHERE {' AND '.join(needs) or 1} "  # noqa: S608
        f"LIMIT {limit + 1}",
        values,
    ).fetchall()
    claims = [idx for (idx,) in rows]
    if len(claims) > limit:
        return Stretch(claims[:limit], claims[limit - 1])
    return Stretch(claims, _end(reader, query, values))


def _source(reader: Reader, wanted: list[str]) -> tuple[str, list[str], dict[str, Any]]:
    """What is looked through, newest first; what a claim in it has to be; the values for both."""
    if not wanted:
        return _ALL, [], {}
    if unindexed(wanted):
        teach(reader.connection, wanted)
        return _ALL, [_HOLDS.format(" AND holds(statement)")], {}
    return _FOUND, [_HOLDS.format("")], {"words": matching(wanted)}


def _end(reader: Reader, query: str, values: dict[str, Any]) -> int | None:
    """The last entry of a stretch that was looked through whole, `None` if there are no more."""
    inner = f"SELECT min(idx), count(*) FROM ({query})"  # noqa: S608
    last, count = reader.connection.execute(inner, values).fetchone()
    return last if count == STRETCH else None
