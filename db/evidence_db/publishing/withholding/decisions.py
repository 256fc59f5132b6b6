"""Decisions to withhold, and to disclose: of the case, never of its log (docs/adr/0022).

Each stays, with who decided it, when and why. A later one takes the place of earlier ones, for the
same field or for a whole record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_db.store.connection import storage_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from evidence_db.recording.writer import Writer

_ALL = (
    "SELECT of_idx, field, withheld, reason, decided_at, decided_by FROM withholding ORDER BY idx"
)
_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'withholding'"
_INSERT = (
    "INSERT INTO withholding SELECT coalesce(max(idx) + 1, 0), ?, ?, ?, ?, ?, ? FROM withholding"
)


class Decision(NamedTuple):
    """That a record or one of its fields is withheld, or that it is disclosed."""

    of: int
    """The record, by index."""
    field: str | None
    """`None` for the whole record."""
    withheld: bool
    reason: str | None
    """For the public, where it is withheld."""
    at: str
    """`YYYY-MM-DDTHH:MM:SSZ`"""
    by: str


class Standing(NamedTuple):
    """What was decided last of the fields of one record."""

    whole: Decision | None
    fields: dict[str, Decision]
    """What was decided of single fields after that."""

    def of(self, name: str) -> Decision | None:
        """What stands for one field; `None` if nobody decided about it."""
        return self.fields.get(name, self.whole)


def decisions(connection: sqlite3.Connection) -> list[Decision]:
    """Every decision, the oldest first; none of a case that an older version made."""
    if connection.execute(_THERE).fetchone() is None:
        return []
    rows = connection.execute(_ALL).fetchall()
    return [
        Decision(of, field, bool(withheld), reason, at, by)
        for of, field, withheld, reason, at, by in rows
    ]


def standing(made: Iterable[Decision]) -> dict[int, Standing]:
    """What stands of these decisions, by the record's index."""
    found: dict[int, Standing] = {}
    for one in made:
        if one.field is None:
            found[one.of] = Standing(one, {})
        else:
            found.setdefault(one.of, Standing(None, {})).fields[one.field] = one
    return found


def decide(writer: Writer, made: Iterable[Decision]) -> None:
    """Add decisions to those of the case, in an open transaction."""
    rows = [(one.of, one.field, int(one.withheld), *one[3:]) for one in made]
    with storage_errors("Keeping what is withheld"):
        for row in rows:
            writer.reader.connection.execute(_INSERT, row)
