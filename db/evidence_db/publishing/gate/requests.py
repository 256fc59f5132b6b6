"""Requests for comment: those that nobody answered, and whose time is not recorded as past."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_db.reading.attested.reviewed import reviews_of, signed_off
from evidence_db.reading.notices.erasures import erasures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evidence_db.publishing.gate.answering import Doubt
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_REQUEST, _SILENCE = "evidence/request-email", "evidence/no-response"


class Doubtful(NamedTuple):
    """An answer, or a silence, that closes no request by itself."""

    record: Record
    why: list[Doubt]

    @property
    def is_final(self) -> bool:
        """Whether nobody's sign-off makes it one."""
        return any(one.is_final for one in self.why)

    def __str__(self) -> str:
        """What it is and what speaks against it, in a sentence without its full stop."""
        return f"{self.record.name} {' and '.join(one.why for one in self.why)}"


class Waiting(NamedTuple):
    """A standing request that waits for an answer."""

    request: Record
    doubtful: list[Doubtful]
    """What was recorded of it, and doesn't close it."""

    def __str__(self) -> str:
        """What it waits for, in a sentence without its full stop."""
        but = f": {'; '.join(map(str, self.doubtful))}" if self.doubtful else ""
        return f"{self.request.name} is unanswered{but}"


def unanswered(reader: Reader) -> list[Waiting]:
    """The standing requests of a case that wait for an answer, in log order."""
    found = []
    for index in _requests(reader):
        request = reader.record(index)
        closing = list(_closing(reader, request))
        if all(one.why for one in closing):
            found.append(Waiting(request, closing))
    return found


def doubts_of(reader: Reader, index: int) -> list[Doubt]:
    """What speaks against a record's answering what it was linked to, or being a silence."""
    record = reader.record(index)
    return [
        doubt
        for request in _closed_by(reader, record)
        for one in [_judged(reader, record, reader.record(request))]
        for doubt in one.why
    ]


def _closed_by(reader: Reader, record: Record) -> Iterator[int]:
    if record.kind == _SILENCE:
        place = reader.place(str(record.body.get("artifact")))
        there = [] if place is None else reader.passages_in(place.index)
        # a silence may be recorded where the request is no record yet
        yield from [i for i in there if reader.record(i).kind == _REQUEST] or [record.index]
    for link in reader.links(record.index):
        if _is_answer(reader, link.index, link.relation) and link.from_ == record.index:
            yield link.to


def _closing(reader: Reader, request: Record) -> Iterator[Doubtful]:
    """Each answer and each silence that is recorded of a request, with what speaks against it.

    Silence is a passage of the request itself (docs/adr/0006).
    """
    for link in reader.links(request.index):
        is_answer = link.to == request.index and _is_answer(reader, link.index, link.relation)
        if is_answer and not reader.is_ended(link.from_):
            yield _judged(reader, reader.record(link.from_), request)
    place = reader.place(str(request.body.get("artifact")))
    for index in [] if place is None else reader.passages_in(place.index):
        record = reader.record(index)
        if record.kind == _SILENCE and record.erased is None and not reader.is_ended(index):
            yield _judged(reader, record, request)


def _is_answer(reader: Reader, link: int, relation: str) -> bool:
    return relation == "answers" and not reader.is_ended(link)


def _judged(reader: Reader, record: Record, request: Record) -> Doubtful:
    from evidence_db.publishing.gate.answering import doubts_of_answer, doubts_of_silence

    doubts = doubts_of_silence if record.kind == _SILENCE else doubts_of_answer
    why = list(doubts(record.body, request.body))
    if why and signed_off(reviews_of(reader, [record.index]).get(record.index, [])):
        why = [one for one in why if one.is_final]
    return Doubtful(record, why)


def _requests(reader: Reader) -> list[int]:
    rows = reader.connection.execute(
        "SELECT idx FROM entry WHERE kind = ? ORDER BY idx", (_REQUEST,)
    )
    gone = erasures(reader.connection)
    return [i for (i,) in rows if i not in gone and not reader.is_ended(i)]
