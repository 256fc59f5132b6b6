"""Days that a text names, in English, German, French and Spanish."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar janvier enero",
            "february februar février febrero",
            "march märz mars marzo",
            "april avril abril",
            "may mai mayo",
            "june juni juin junio",
            "july juli juillet julio",
            "august août agosto",
            "september septembre septiembre",
            "october oktober octobre octubre",
            "november novembre noviembre",
            "december dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(MONTHS)
_IN_TWO_MONTHS = timedelta(days=62)
_ORDINAL = r"(?:st|nd|rd|th|er|\.)?"
_DAY = re.compile(
    rf"\b(?P<y>\d{{4}})-(?P<n>\d\d)-(?P<d>\d\d)\b"
    rf"|\b(?P<d1>\d{{1,2}}){_ORDINAL}\s+(?:de\s+|of\s+)?(?P<m1>{_MONTH})\b"
    rf"(?:,?\s+(?:de\s+)?(?P<y1>\d{{4}})\b)?"
    rf"|\b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}}){_ORDINAL}\b(?:,?\s+(?P<y2>\d{{4}})\b)?"
    rf"|\b(?P<d3>\d{{1,2}})\.\s?(?P<n3>\d{{1,2}})\.(?:\s?(?P<y3>\d{{4}})\b)?",
    re.IGNORECASE,
)


def days_named(text: str, written: date) -> Iterator[date]:
    """The days that a text names; one without a year is the next such day, if it is soon.

    Args:
        text: The text.
        written: The day on which it was written.
    """
    for found in _DAY.finditer(text):
        said = found.groupdict()
        year = said["y"] or said["y1"] or said["y2"] or said["y3"]
        named = said["m1"] or said["m2"]
        month = MONTHS[named.lower()] if named else int(said["n"] or said["n3"])
        day = int(said["d"] or said["d1"] or said["d2"] or said["d3"])
        for one in [int(year)] if year else [written.year, written.year + 1]:
            try:
                there = date(one, month, day)
            except ValueError:
                continue
            if year or written <= there <= written + _IN_TWO_MONTHS:
                yield there
