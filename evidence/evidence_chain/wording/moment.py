"""A moment as it is written and shown: in UTC, to the second (RFC 3339)."""

from __future__ import annotations

from datetime import UTC, datetime

from evidence_chain.pattern import pattern

_ISO = pattern(r"[0-9]{4}(-[0-9]{2}){0,2}([T ].*)?")


def instant(when: datetime | float) -> str:
    """A moment such as `2031-06-19T15:03:27Z`.

    Args:
        when: The moment, with its zone; or seconds since 1970.

    Raises:
        ValueError: it is outside the years 1 to 9999.
        OverflowError: the same, much further.
    """
    at = when if isinstance(when, datetime) else datetime.fromtimestamp(when, UTC)
    return at.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def sent_at(date: str) -> datetime:
    """The moment that the date of an e-mail (RFC 5322, section 3.3) names, at its own clock.

    One that tells no zone (`-0000`) is in universal time (section 3.3 again).

    Raises:
        ValueError: it is no such date.
    """
    from email.utils import parsedate_to_datetime  # which takes long to import

    try:
        found = parsedate_to_datetime(date)
    except (TypeError, IndexError) as error:
        raise ValueError(date) from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def sent(date: str) -> str:
    """The same as `instant` writes it.

    Raises:
        ValueError: it is no such date.
        OverflowError: it is outside the years 1 to 9999.
    """
    return instant(sent_at(date))


def dated(date: object) -> str:
    """The date of a record in one form, whether a person typed it or an e-mail has it in its head.

    What can't be read stays as it is, and what says nothing is empty.
    """
    if not isinstance(date, str) or _ISO.fullmatch(date):
        return str(date or "")
    try:
        return sent(date)
    except (ValueError, OverflowError):
        return date
