"""What the log tells of custody: through whose hands a record or a file went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_AFTER = """
SELECT custody.idx, subjects FROM custody
WHERE custody.idx > :after AND subjects IS NOT NULL ORDER BY custody.idx
"""
_WHOLE = "[]"
PUBLISHED = "published"
"""The action of an event that tells of an edition; `evidence publish` records it by itself."""
_LAST = """
SELECT entry.idx FROM entry LEFT JOIN custody USING (idx)
WHERE action IS NOT :published ORDER BY entry.idx DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of custody, as far as it is disclosed."""

    index: int
    id: str
    said: dict[str, Any]
    """The fields of the event; those that are withheld are missing."""
    ended: bool
    """Whether it was retracted."""

    @property
    def subjects(self) -> Sequence[str]:
        """The ids of what it is about; none if it is about the whole case."""
        return tuple(map(str, self.said.get("subjects") or ()))

    def as_json(self) -> dict[str, Any]:
        """The event as `evidence show --json` has it; `records` is how many it names."""
        return {
            **{name: getattr(self, name) for name in ("id", "index", "ended")},
            **{name: self.said.get(name) for name in ("actor", "action", "note")},
            "at": self.said.get("recorded_at"),
            "records": len(self.subjects),
        }


def custody_of(reader: Reader, records: Iterable[Record]) -> list[Event]:
    """The events that name one of these records or its file, or are about the whole case since.

    Raises:
        StorageError: one of them is damaged.
    """
    ids, first = set[str](), reader.size()
    for record in records:
        ids |= {record.id, str(record.body.get("artifact"))}
        first = min(first, record.index)
    rows = reader.connection.execute(_AFTER, {"after": first}).fetchall()
    return [
        event(reader, index)
        for index, subjects in rows
        if subjects == _WHOLE or not ids.isdisjoint(subjects.strip('[]"').split('","'))
    ]


def event(reader: Reader, index: int) -> Event:
    """The event at an entry.

    Raises:
        StorageError: it is damaged.
    """
    record = reader.record(index)
    return Event(index, record.id, dict(record.body), reader.is_ended(index))


def size_before_told(reader: Reader) -> int:
    """How many entries the log has before those at its end that tell of editions alone."""
    last = reader.connection.execute(_LAST, {"published": PUBLISHED}).fetchone()
    return last[0] + 1 if last else 0
