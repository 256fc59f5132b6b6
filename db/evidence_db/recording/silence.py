"""Whether it can be so that nothing came back to a request (docs/adr/0006)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import InputError
from evidence_db.reading.references import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record


def check_silence(reader: Reader, mail: Record, until: str, values: Mapping[str, Any]) -> str:
    """Check that nothing can have come back to the request in an e-mail up to a day.

    Returns:
        The day as ISO 8601 has it.

    Raises:
        InputError: an answer to it is recorded, or the day is none, is to come, or isn't later.
    """
    day = _past_day(until)
    _check_unanswered(reader, mail)
    _check_later(day, values.get("date"))
    return day


def _past_day(until: str) -> str:
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise InputError(
            f"{until!r} is no date. Write the day up to which nothing came as 2026-11-22."
        ) from None
    if day > datetime.now(UTC).date():
        raise InputError(f"{until} has not come yet. Give the last day on which nothing had come.")
    return day.isoformat()


def _check_unanswered(reader: Reader, mail: Record) -> None:
    """Raises `InputError` if an answer to a request in this e-mail is recorded and stands."""
    for request in reader.passages_in(mail.index):
        for link in reader.links(request):
            answers = link.relation == "answers" and link.to == request
            if answers and not reader.is_ended(link.index) and not reader.is_ended(link.from_):
                raise InputError(
                    f"{describe(reader.record(link.from_))} answers this request. If it came after "
                    "the day that you mean, say so in a claim; silence can't be recorded now."
                )


def _check_later(until: str, sent: str | None) -> None:
    """Raises `InputError` if silence would end before the day after the request was sent."""
    from email.utils import parsedate_to_datetime

    try:
        day = parsedate_to_datetime(sent or "").date().isoformat()
    except ValueError:
        return  # the request has no date that can be read, so nothing contradicts
    if until <= day:
        raise InputError(
            f"The request was sent on {day}, so that nothing came up to {until} says nothing. Give "
            "a later day: the one that the request asked to be answered by, once it is over."
        )
