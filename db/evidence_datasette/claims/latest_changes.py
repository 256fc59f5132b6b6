"""Claims in the order of their newest change: the log, read backwards, a stretch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_datasette.claims.listing import CANDIDATES

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader

EVENTS = 5_000
"""Entries that one page looks at, at most."""
_FIRST = """NOT EXISTS (SELECT 1 FROM retraction AS earlier
    WHERE earlier.to_idx = retraction.to_idx AND earlier.idx < retraction.idx)"""
_EVENTS = f"""
SELECT idx, idx AS claim FROM entry WHERE kind = 'claim' AND idx < :before
UNION ALL
SELECT link.idx, to_idx FROM link CROSS JOIN claim ON claim.idx = to_idx
    WHERE link.idx < :before AND relation IN ('supports', 'contradicts', 'qualifies', 'replaces')
UNION ALL
SELECT retraction.idx, to_idx FROM retraction CROSS JOIN claim ON claim.idx = to_idx
    WHERE retraction.idx < :before AND {_FIRST}
UNION ALL
SELECT retraction.idx, link.to_idx FROM retraction
    CROSS JOIN link ON link.idx = retraction.to_idx CROSS JOIN claim ON claim.idx = link.to_idx
    WHERE retraction.idx < :before AND {_FIRST}
UNION ALL
SELECT retraction.idx, link.to_idx FROM retraction
    CROSS JOIN link ON link.from_idx = retraction.to_idx
    CROSS JOIN claim ON claim.idx = link.to_idx
    WHERE retraction.idx < :before AND {_FIRST}
    AND relation IN ('supports', 'contradicts', 'qualifies')
ORDER BY 1 DESC LIMIT :most
"""  # noqa: S608


class Event(NamedTuple):
    """An entry that says something of a claim."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    claim: int


def events(reader: Reader, before: Event | None) -> tuple[list[Event], Event | None]:
    """The newest event of each of the next claims, and after which event the next page goes on.

    Args:
        reader: A reader of the case.
        before: Where the last page ended; `None` at the newest entry.
    """
    top = reader.size() if before is None else before.index + 1
    rows = reader.connection.execute(_EVENTS, {"before": top, "most": EVENTS})
    found = sorted((Event(*row) for row in rows), reverse=True)
    is_whole = len(found) < EVENTS
    if not is_whole and found[0].index != found[-1].index:
        found = [event for event in found if event.index != found[-1].index]
    newest: dict[int, Event] = {}
    for event in found:
        if before is None or event < before:
            newest.setdefault(event.claim, event)
    candidates = list(newest.values())
    if len(candidates) > CANDIDATES:
        return candidates[:CANDIDATES], candidates[CANDIDATES - 1]
    return candidates, None if is_whole else found[-1]
