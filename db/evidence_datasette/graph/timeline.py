"""The dated records of a claim in the order of their dates."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import Any

FEWEST = 3
"""Dates without which a timeline shows nothing that the cards don't."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9-])")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

Day = tuple[int, ...]
"""A year, or year and month, or year, month and day."""


def day(date: object) -> Day | None:
    """The day that a record's date names, as exactly as it does; `None` if it names none.

    Dates are as in ISO 8601 (`2031`, `2031-03`, `2031-03-05…`) or as in e-mail (RFC 5322).
    """
    if not isinstance(date, str):
        return None
    if iso := _DATE.match(date.strip()):
        found = tuple(int(part) for part in iso.groups() if part)
        return found if all(found) and (len(found) < 2 or found[1] <= 12) else None
    try:
        sent = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.year, sent.month, sent.day


def day_words(found: Day) -> str:
    """A day as people write it: `5 March 2031`, `March 2031`, `2031`."""
    year, *rest = found
    month = [_MONTHS[rest[0] - 1]] if rest else []
    return " ".join([*map(str, rest[1:]), *month, str(year)])


def date_words(date: object) -> str:
    """A record's date as people write it; as it was recorded if it can't be read."""
    return day_words(found) if (found := day(date)) else str(date or "")


def timeline(resolved: dict[str, Any]) -> list[dict[str, Any]]:
    """The days of the records that speak to a claim, each with its links, earliest first.

    Empty if they have fewer than `FEWEST` different dates.
    """
    days: dict[Day, list[dict[str, Any]]] = {}
    for link in resolved["chain"]:
        if found := day(link["record"].get("fields", {}).get("date")):
            days.setdefault(found, []).append(link)
    if len(days) < FEWEST:
        return []
    return [
        {"when": day_words(found), "iso": "-".join(f"{part:02}" for part in found), "links": links}
        for found, links in sorted(days.items())
    ]


def undated(resolved: dict[str, Any]) -> int:
    """How many records that speak to a claim have no date that can be read."""
    records = [link["record"] for link in resolved["chain"] if link["record"]["kind"] != "claim"]
    return sum(not day(record["fields"].get("date")) for record in records)


FILTERS = {"timeline": timeline, "undated": undated, "date_words": date_words}
