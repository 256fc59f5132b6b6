"""The warnings of hints.py for a selection, whoever shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_db.publishing.withholding.gathering import every_record
from evidence_db.publishing.withholding.hints import Told, warnings

if TYPE_CHECKING:
    from evidence_db.publishing.withholding.selection import Selection
    from evidence_db.reading.reader import Reader


class Hint(NamedTuple):
    """A warning, with the id of the record that it is about, or `None`."""

    rule: str
    id: str | None
    detail: str


def hinted(reader: Reader, selection: Selection) -> list[Hint]:
    """What whoever publishes this should look at; reads no record if nothing is withheld.

    Raises:
        FormatError: the database has what is no record.
    """
    if not selection.withheld:
        return []
    told = {
        known.index: Told(known, body, frozenset(selection.names(known.index, known.sealed)))
        for known, body in every_record(reader)
    }
    return [
        Hint(one.rule, None if one.index is None else told[one.index].known.id, one.detail)
        for one in warnings(told.values(), selection.withheld)
    ]
