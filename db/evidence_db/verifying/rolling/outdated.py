"""Failures of what is another by now: a stretch that grew, a file of which a record says otherwise.

A look at anything else does not count for what is there now, but a failure that is known must not
go quiet with it. It is told until what took its place has been looked at; where nothing did, until
everything has been.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.verify.report import Outcome

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from sqlite3 import Connection

    Row = tuple[str, int, bytes, int, str, str]

TABLE = """
CREATE TEMP TABLE outdated (
    kind, idx, at, outcome, checks, gone, erased, PRIMARY KEY (kind, idx)
) WITHOUT ROWID
"""
_UNSEEN = """
SELECT 1 FROM unit LEFT JOIN look USING (kind, idx, tag)
WHERE (at IS NULL OR at <= :since)
    AND (:kind IS NULL OR kind = :kind) AND (:idx IS NULL OR idx = :idx)
LIMIT 1
"""
_GONE = """
SELECT kind, idx, outcome, checks, at FROM outdated WHERE gone AND EXISTS (
    SELECT 1 FROM due
    WHERE NOT done AND (NOT erased OR (due.kind = outdated.kind AND due.at IS NULL))
) ORDER BY idx, kind
"""


class Gone(NamedTuple):
    """What did not hold, and is no longer among what there is to look at."""

    kind: str
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    outcome: str
    checks: tuple[str, ...]
    at: int


def settle(connection: Connection, stale: Iterable[Row], erased: Container[int]) -> Iterator[Row]:
    """Note which failures are still to be told. Gives the looks that are to be forgotten.

    Args:
        connection: what is remembered, with all units of now in `unit`.
        stale: looks at what no unit is.
        erased: the records that were erased.
    """
    kept: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in stale:
        kind, index, _, at, outcome, _ = row
        if outcome == Outcome.HOLDS or not _is_open(connection, kind, index, at, erased):
            yield row
        else:
            kept[kind, index].append(row)
    for (kind, index), rows in kept.items():
        failed = [row for row in rows if row[4] == Outcome.FAILED]
        told = failed or rows
        checks = dict.fromkeys(check for row in told for check in row[5].split(","))
        what = told[0][4], ",".join(checks)
        state = not _is_there(connection, kind, index), index in erased
        noted = (kind, index, max(row[3] for row in rows), *what, *state)
        connection.execute("INSERT INTO outdated VALUES (?, ?, ?, ?, ?, ?, ?)", noted)


def gone(connection: Connection) -> Iterator[Gone]:
    """What is still to be told of what is no longer there, after what was looked at in this run."""
    for kind, index, outcome, checks, at in connection.execute(_GONE):
        yield Gone(kind, index, outcome, tuple(checks.split(",")), at)


def _is_open(
    connection: Connection, kind: str, index: int, at: int, erased: Container[int]
) -> bool:
    """Whether something was not looked at since that may have failed in its place."""
    wanted: dict[str, object] = {"since": at, "kind": None, "idx": None}
    if _is_there(connection, kind, index):
        wanted |= {"kind": kind, "idx": index}
    elif index in erased:  # what it named may be another record's, and is new then
        wanted |= {"kind": kind, "since": -1}
    return connection.execute(_UNSEEN, wanted).fetchone() is not None


def _is_there(connection: Connection, kind: str, index: int) -> bool:
    query = "SELECT 1 FROM unit WHERE (kind, idx) = (?, ?) LIMIT 1"
    return connection.execute(query, (kind, index)).fetchone() is not None
