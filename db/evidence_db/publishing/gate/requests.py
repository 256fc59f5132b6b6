"""Requests for comment: those that nobody answered, and whose time is not recorded as past."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evidence_db.reading.notices.erasures import erasures

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader


def unanswered(reader: Reader) -> list[int]:
    """The standing requests of a case that wait for an answer, in log order."""
    return [
        index
        for index in _requests(reader)
        if not _is_answered(reader, index) and not _is_past(reader, index)
    ]


def _is_answered(reader: Reader, request: int) -> bool:
    return any(
        link.relation == "answers"
        and link.to == request
        and not reader.is_ended(link.index)
        and not reader.is_ended(link.from_)
        for link in reader.links(request)
    )


def _is_past(reader: Reader, request: int) -> bool:
    """Whether it was recorded that nothing came, up to a day that is past.

    Silence is a passage of the request itself (docs/adr/0006).
    """
    today = datetime.now(UTC).date().isoformat()
    place = reader.place(str(reader.record(request).body.get("artifact")))
    passages = [] if place is None else reader.passages_in(place.index)
    records = [reader.record(i) for i in passages if not reader.is_ended(i)]
    return any(
        one.kind == "evidence/no-response" and str(one.body.get("until")) < today for one in records
    )


def _requests(reader: Reader) -> list[int]:
    rows = reader.connection.execute(
        "SELECT idx FROM entry WHERE kind = 'evidence/request-email' ORDER BY idx"
    )
    gone = erasures(reader.connection)
    return [i for (i,) in rows if i not in gone and not reader.is_ended(i)]
