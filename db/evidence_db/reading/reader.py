"""Every question that the read paths ask of the database, in plain SQL over integer keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_chain.amending import is_amended
from evidence_chain.entry import RELATIONS
from evidence_chain.graph import Graph, Link
from evidence_chain.rules import Place
from evidence_db.reading.lines import bodies_between, rows_among, rows_between
from evidence_db.reading.naming import info_of
from evidence_db.reading.notices.amendments import amendments_of, corrected, standing
from evidence_db.reading.notices.erasures import erasure_of
from evidence_db.reading.reach import graph_of
from evidence_db.reading.records import (
    CaseInfo,
    Record,
    Row,
    Signed,
    is_typed,
    missing,
    readable,
    stored,
    table_of,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from evidence_db.store.versions import Since

_JOINS = (*RELATIONS, "retracts", "amends", "erases", "approved", "rejected")
LAST = (1 << 63) - 1
"""The largest index that SQLite has."""


class Reader:
    """Answers from one unchanging state of the case."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.since: Since | None = None
        """For who shares what was read before: the state of the database before this reads."""

    @property
    def path(self) -> Path:
        """The file of the database."""
        return Path(self._one("PRAGMA database_list")[2])

    def info(self) -> CaseInfo:
        """What the case is called: its title is that of the newest entry that gives it one."""
        return info_of(self.connection)

    def size(self) -> int:
        """The number of entries in the log, as far as SQLite can count."""
        (last,) = self._one("SELECT max(idx) FROM entry")
        return 0 if last is None else min(last, LAST - 1) + 1

    def place(self, id_: str) -> Place | None:
        """Where the entry with this id stands."""
        row = self._one("SELECT idx, kind FROM entry WHERE id = ?", id_)
        return row and Place(*row)

    def places(self, ids: Iterable[str]) -> dict[str, Place]:
        """Where the entries with these ids stand; ids that are not there are left out."""
        rows = self.connection.execute(
            "SELECT entry.id, entry.idx, entry.kind FROM json_each(?) AS wanted "
            "CROSS JOIN entry ON entry.id = wanted.value",
            (json.dumps(list(ids)),),
        )
        return {id_: Place(idx, kind) for id_, idx, kind in rows}

    def rows(self, start: int, stop: int) -> list[Row]:
        """The lines `[start, stop)` of the log with what opens them, in order."""
        bodies = bodies_between(self.connection, start, stop)
        return rows_between(self.connection, start, stop, bodies)

    def row(self, index: int) -> Row:
        """One line of the log.

        Raises:
            StorageError: it is not there, or is in no table that people read.
        """
        return self.rows_at([index])[index]

    def rows_at(self, indexes: Iterable[int]) -> dict[int, Row]:
        """These lines of the log with what opens them.

        Raises:
            StorageError: one of them is not there, or is in no table that people read.
        """
        asked = list(indexes)
        rows, bodies = rows_among(self.connection, asked)
        typed = {index for index, row in rows.items() if is_typed(row)}
        if lost := set(asked) - (typed & bodies.keys()):
            raise missing(min(lost))
        return rows

    def record(self, index: int) -> Record:
        """The record at `index`, as people read it; its body is empty if it is withheld.

        What was amended says what it was corrected to; `Record.amended` tells what was sealed.

        Raises:
            StorageError: it is not there, or its body is damaged or misshapen.
        """
        record = readable(self.stored(index))
        if not record.body:
            return record._replace(erased=erasure_of(self.connection, index))
        if not is_amended(record.kind):
            return record
        return corrected(record, standing(self.connection, index))

    def stored(self, index: int) -> Record:
        """The record at `index`, with whatever values it has, for those who check them.

        Raises:
            StorageError: it is not there, or its body is no JSON object.
        """
        entry = self._one("SELECT id, kind FROM entry WHERE idx = ?", index)
        if entry is None or not all(isinstance(part, str) for part in entry):
            raise missing(index)
        id_, kind = entry
        shown = self._one(f"SELECT body FROM {table_of(kind)} WHERE idx = ?", index)  # noqa: S608
        if shown is None:
            raise missing(index)
        return stored(index, id_, kind, shown[0])

    def starting_with(self, prefix: str, limit: int = 10) -> list[Place]:
        """The first entries whose id starts with `prefix`."""
        return [
            Place(*row)
            for row in self.connection.execute(
                "SELECT idx, kind FROM entry WHERE id >= ? AND id < ? || 'g' ORDER BY id LIMIT ?",
                (prefix, prefix, limit),
            )
        ]

    def claim_called(self, slug: str) -> int | None:
        """The claim with this short name."""
        return self._index("SELECT idx FROM claim WHERE slug = ?", slug)

    def artifacts_of(self, blake3: str) -> list[int]:
        """The records that preserve the file with this digest."""
        return self._indexes("SELECT idx FROM artifact WHERE blake3 = ? ORDER BY idx", blake3)

    def originals_called(self, title: str) -> list[int]:
        """The originals with this title."""
        return self._indexes("SELECT idx FROM original WHERE title = ?", title)

    def passages_in(self, artifact: int, text: str | None = None) -> list[int]:
        """The evidence whose passage stands in this file, and is `text` if that is given."""
        rows = self.connection.execute(
            "SELECT idx FROM evidence WHERE artifact_idx = :artifact "
            "AND (:text IS NULL OR text = :text) ORDER BY idx",
            {"artifact": artifact, "text": text},
        )
        return [idx for (idx,) in rows]

    def is_ended(self, index: int) -> bool:
        """Whether a record was retracted or replaced."""
        row = self._one(
            "SELECT 1 FROM retraction WHERE to_idx = :idx UNION ALL "
            "SELECT 1 FROM link WHERE to_idx = :idx AND relation = 'replaces' AND NOT EXISTS "
            "(SELECT 1 FROM retraction WHERE retraction.to_idx = link.idx)",
            idx=index,
        )
        return row is not None

    def links(self, index: int) -> list[Link]:
        """All links from or to a record, in log order."""
        rows = self.connection.execute(
            "SELECT idx, relation, from_idx, to_idx FROM link WHERE from_idx = :idx "
            "UNION SELECT idx, relation, from_idx, to_idx FROM link WHERE to_idx = :idx",
            {"idx": index},
        )
        return [Link(*row) for row in rows]

    def live_link(self, relation: str, from_: int, to: int) -> int | None:
        """The link of this relation between two records that was not retracted."""
        return self._index(
            "SELECT idx FROM link WHERE to_idx = ? AND relation = ? AND from_idx = ? "
            "AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = link.idx)",
            to,
            relation,
            from_,
        )

    def claims_supporting(self, claim: int) -> list[int]:
        """The claims that support a claim directly."""
        return self._indexes(
            "SELECT claim.idx FROM link JOIN claim ON claim.idx = from_idx "
            "WHERE to_idx = ? AND relation = 'supports'",
            claim,
        )

    def ends(self, index: int) -> tuple[str, int | None, int] | None:
        """Relation and the two ends of a link; a notice has but the second.

        Raises:
            StorageError: the database has a relation that there is none of.
        """
        joined = self._one(
            "SELECT relation, from_idx, to_idx FROM link WHERE idx = :idx "
            "UNION ALL SELECT 'retracts', NULL, to_idx FROM retraction WHERE idx = :idx "
            "UNION ALL SELECT 'amends', NULL, to_idx FROM amendment WHERE idx = :idx "
            "UNION ALL SELECT 'erases', NULL, to_idx FROM erasure WHERE idx = :idx "
            "UNION ALL SELECT verdict, NULL, to_idx FROM review WHERE idx = :idx",
            idx=index,
        )
        if joined is not None and joined[0] not in _JOINS:
            raise missing(index)
        return joined  # type: ignore[no-any-return]

    def retractions(self, index: int) -> list[int]:
        """The retractions of a record."""
        return self._indexes("SELECT idx FROM retraction WHERE to_idx = ?", index)

    def amendments(self, index: int) -> list[int]:
        """The amendments of a record, those that were retracted too."""
        return list(amendments_of(self.connection, [index]))

    def graph(self, claim: int) -> Graph:
        """The part of the log that bears on a claim."""
        return graph_of(self.connection, claim)

    def hash_at(self, level: int, n: int) -> bytes:
        """The hash of a complete subtree of the log; level 0 are the leaves."""
        from evidence_chain.log.merkle import leaf_hash

        if level == 0:
            row = self._one("SELECT entry FROM entry WHERE idx = ?", n)
        else:
            row = self._one("SELECT hash FROM tree_node WHERE level = ? AND n = ?", level, n)
        found = None if row is None else row[0]
        if level == 0 and isinstance(found, str):
            return leaf_hash(found.encode())
        if level == 0 or not isinstance(found, bytes):
            raise missing(n << level)
        return found

    def checkpoints(self) -> list[Signed]:
        """All checkpoints, the smallest first."""
        rows = self.connection.execute("SELECT size, note FROM checkpoint ORDER BY size")
        return [Signed(size, str(note)) for size, note in rows]

    def timestamps(self) -> list[tuple[int, bytes]]:
        """Size and response of every time-stamp of a checkpoint, by size, in their order."""
        rows = self.connection.execute("SELECT size, token FROM timestamp ORDER BY size, rowid")
        return [(size, bytes(token)) for size, token in rows]

    def listing(self, kind: str | None = None) -> Iterator[Record]:
        """All records of a kind, or of all kinds, in log order."""
        where, values = ("kind = ?", (kind,)) if kind else ("1", ())
        rows = self.connection.execute(
            f"SELECT idx FROM entry WHERE {where} ORDER BY idx",  # noqa: S608
            values,
        )
        for (idx,) in rows:
            yield self.record(idx)

    def _index(self, query: str, *values: Any) -> int | None:  # noqa: ANN401
        return next(iter(self._indexes(query, *values)), None)

    def _indexes(self, query: str, *values: object) -> list[int]:
        return [idx for (idx,) in self.connection.execute(query, values)]

    def _one(self, query: str, *values: Any, **named: Any) -> Any:  # noqa: ANN401
        return self.connection.execute(query, named or values).fetchone()
