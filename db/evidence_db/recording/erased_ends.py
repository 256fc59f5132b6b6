"""No new record speaks of one of which nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.reading.notices.erasures import erasure_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from evidence_chain.entry import Entry
    from evidence_chain.rules import Place


def any_erased(connection: sqlite3.Connection) -> bool:
    """Whether a case has an erasure at all: most have none."""
    return connection.execute("SELECT 1 FROM erasure LIMIT 1").fetchone() is not None


def erased_ends(
    connection: sqlite3.Connection,
    entry: Entry,
    artifact: object,
    place: Callable[[str], Place | None],
    size: int,
) -> Iterator[str]:
    """What is wrong if a record that a new one speaks of was erased; it may be replaced.

    Args:
        connection: The case's database.
        entry: The new record's entry.
        artifact: The preserved file that it names, if it is evidence.
        place: Where the entry with an id stands.
        size: Entries that the log had before the transaction; only those can have been erased.
    """
    spoken = entry.kind in ("link", "amendment", "review")
    ends = dict(entry.open) if spoken else {"artifact": artifact}
    if ends.get("relation") == "replaces":
        ends.pop("to")
    places = [place(one) for one in ends.values() if isinstance(one, str)]
    for index in (one.index for one in places if one and one.index < size):
        if (erased := erasure_of(connection, index)) is not None:
            yield f"the record at entry {index} was erased by entry {erased.index}."
