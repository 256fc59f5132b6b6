"""What a transaction holds back, to insert many rows at a time; links are asked for meanwhile."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.errors import RuleError
from evidence_db.store.tables.statements import COLUMNS, insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from evidence_chain.entry import Entry
    from evidence_chain.rules import Place
    from evidence_db.reading.reader import Reader
    from evidence_db.store.tables.statements import Values


class HeldRows:
    """Rows that are not inserted yet."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: defaultdict[str, list[Values]] = defaultdict(list)

    def put(self, table: str, *values: object) -> None:
        """Hold back a row, its values in the order of `COLUMNS`."""
        self._rows[table].append(values)

    def put_numbered(self, table: str, *values: object) -> None:
        """Hold back a row of a table that numbers its rows."""
        ((last,),) = self._connection.execute(f"SELECT max(n) FROM {table}")  # noqa: S608
        self.put(table, (last or 0) + 1 + len(self._rows[table]), *values)

    def insert(self, validate: Callable[[str, list[Values]], None] | None) -> None:
        """Insert them all, each table after those that it refers to.

        Args:
            validate: Called with a table and its rows before they are inserted.
        """
        for table in COLUMNS:
            if rows := self._rows.pop(table, None):
                if validate:
                    validate(table, rows)
                insert(self._connection, table, rows)


class Joined(NamedTuple):
    """A relation between two records, given by index."""

    relation: str
    from_: int
    to: int


class NewLinks:
    """Answers of links, those that are held back included.

    Args:
        reader: Has the others.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._flushed = reader.size()
        self._links: dict[Joined, int] = {}
        self._supporters: dict[int, list[int]] = {}
        self._retracted: set[int] = set()

    def take(
        self,
        index: int,
        entry: Entry,
        row: Mapping[str, Any],
        find: Callable[[str], Place | None],
    ) -> None:
        """Take what is held back, if it is a link or a retraction.

        Args:
            index: The entry's index in the log.
            entry: The entry.
            row: The columns of its row.
            find: The place of an id in the log.

        Raises:
            RuleError: the link is there already, or support would become circular.
        """
        if entry.kind == "retraction":
            self._retracted.add(row["to_idx"])
        elif entry.kind == "link":
            link = Joined(row["relation"], row["from_idx"], row["to_idx"])
            if self.standing(link) is not None:
                raise RuleError("This link is there already. Retract it first to record it anew.")
            speaker = find(entry.open["from"]) if link.relation == "supports" else None
            if speaker and speaker.kind == "claim":
                self._support(link.from_, link.to)
            self._links[link] = index

    def _support(self, claim: int, other: int) -> None:
        """Take what says that a claim supports another."""
        if self._rests_on(claim, other):
            raise RuleError(
                "This would make support circular: the claim to be supported already "
                "supports the other one, directly or through further claims."
            )
        self._supporters.setdefault(other, []).append(claim)

    def flushed(self, size: int) -> None:
        """Hold nothing back any longer: the tables have all entries below `size`."""
        self._flushed = size
        self._links.clear()
        self._supporters.clear()
        self._retracted.clear()

    def standing(self, link: Joined) -> int | None:
        """The link that joins these records so and was not retracted."""
        index = self._links.get(link)
        if index is None and max(link.from_, link.to) < self._flushed:
            index = self._reader.live_link(*link)
        return None if index in self._retracted else index

    def _rests_on(self, claim: int, other: int) -> bool:
        """Whether a claim is `other`, or `other` supports it through any number of claims."""
        known, left = {claim}, [claim]
        while left and other not in known:
            new = set(self._supporting(left.pop())) - known
            known |= new
            left += new
        return other in known

    def _supporting(self, claim: int) -> list[int]:
        before = self._reader.claims_supporting(claim) if claim < self._flushed else []
        return before + self._supporters.get(claim, [])
