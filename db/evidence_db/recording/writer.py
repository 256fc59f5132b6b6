"""The one way into the log: a transaction that records everything it was given, or nothing."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from evidence_chain.amending import check_changes
from evidence_chain.entry import is_evidence, parse, seal
from evidence_chain.errors import RuleError
from evidence_chain.log.merkle import Frontier, leaf_hash
from evidence_chain.rules import Place, check_references, check_subjects
from evidence_chain.values import check_fields, fit
from evidence_db.reading.reader import Reader
from evidence_db.reading.records import table_of
from evidence_db.recording.continuing import refuse_other_log
from evidence_db.recording.erased_ends import erased_ends
from evidence_db.store.connection import connect, fold_in, storage_error, storage_errors
from evidence_db.store.tables.projection import project
from evidence_db.store.tables.schema import upgrade
from evidence_db.store.tables.statements import COLUMNS, in_order, insertion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from evidence_chain.entry import Entry
    from evidence_chain.kinds import Kind
    from evidence_db.case import Case
    from evidence_db.store.incoming import Incoming

BATCH = 1000
"""Records that are held back to be inserted together."""
CACHE = 32 * 1024
"""KiB of page cache while writing: pages that do not fit are written twice."""


def now() -> str:
    """The present as RFC 3339 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")[:19] + "Z"


@dataclass(frozen=True, slots=True)
class Added:
    """A record that a transaction has added."""

    index: int
    id: str


class Writer:
    """A transaction on a case; others wait for it. Use it in a `with` statement.

    A log that does not go on from the newest checkpoint that was signed here takes no record:
    to begin one raises `ProofError`, as `continuing` says.

    Args:
        case: The case to write to.
        recorded_by: Who records; sealed into each record.
        clock: Gives `recorded_at`.
        entropy: Gives the seeds; anything but the system's random source breaks the seals.

    Attributes:
        validate: Called with a table and the rows that are to be inserted into it, if it is
            set. A single record needs none: its kind and the rules of the log were its checks.
        reader: Answers from the state that the transaction began with, and what was flushed.
    """

    validate: Callable[[str, list[dict[str, Any]]], None] | None = None
    reader: Reader
    _first: int
    _flushed: int
    """Entries that the tables have; beyond them are those that are held back."""
    _next: int
    _frontier: Frontier

    def __init__(
        self,
        case: Case,
        recorded_by: str,
        clock: Callable[[], str] = now,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.case = case
        self._recorded = recorded_by
        self._clock = clock
        self._entropy = entropy
        self._pending: dict[str, list[dict[str, Any]]] = {}
        self._places: dict[str, Place] = {}
        self._places_before: dict[str, Place] = {}
        self._links: dict[tuple[str, int, int], Added] = {}
        self._seen: set[str] = set()
        self._kept: list[str] = []

    def __enter__(self) -> Self:
        with storage_errors(self._doing), ExitStack() as unless_begun:
            connection = unless_begun.enter_context(closing(connect(self.case.database, "rw")))
            connection.execute(f"PRAGMA cache_size=-{CACHE}")
            upgrade(connection)
            connection.execute("BEGIN IMMEDIATE")
            self.reader = Reader(connection)
            refuse_other_log(self.reader)
            self._next = self._first = self._flushed = self.reader.size()
            self._frontier = Frontier.at(self._next, self.reader.hash_at)
            unless_begun.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._commit()
        except BaseException:
            self._roll_back()
            raise
        else:
            if error is not None:
                self._roll_back()
                if isinstance(error, sqlite3.Error):
                    raise storage_error(self._doing, error) from error
        finally:
            self.reader.connection.close()

    def keep(self, incoming: Incoming) -> bool:
        """Take a received file into the case with this transaction. Whether it was not there."""
        if incoming.blake3 in self._seen:
            return False
        self._seen.add(incoming.blake3)
        new = self.case.files.keep(incoming)
        if new:
            self._kept.append(incoming.blake3)
        return new

    def add(
        self, kind: Kind, values: Mapping[str, Any], public: Mapping[str, str] | None = None
    ) -> Added:
        """Seal a record and put it at the end of the log.

        Args:
            kind: The kind of record.
            values: Its fields; those that are missing are sealed as `null`.
            public: What its entry says in public, by key.

        Raises:
            InputError: a required field is missing or has the wrong type.
            RuleError: the rules of the log do not admit it.
        """
        recorded = {"recorded_at": self._clock(), "recorded_by": self._recorded}
        fields = kind.complete({**values, **recorded})
        record = seal(kind.name, fields, public=public, seed=self._entropy(32))
        index, entry = self._next, record.parsed
        artifact = fields.get("artifact") if is_evidence(kind.name) else None
        for problem in (
            *check_references(index, entry, artifact, self.place),
            *(() if fit(kind.name, fields) else check_fields(entry, fields)),
            *self._check_changes(entry, fields),
            *erased_ends(self.reader.connection, entry, artifact, self.place, self._first),
            *check_subjects(index, _subjects(kind, fields), self.place),
        ):
            raise RuleError(f"This {kind.label} can't be recorded: {problem}")
        body = record.body.decode()
        row = project(index, entry, artifact, self.place)
        if None in row.values():
            raise RuleError(f"This {kind.label} can't be recorded: it names no preserved file.")
        if entry.kind == "link":
            self._check_link(entry.open, row["from_idx"], row["to_idx"])
        rows = {
            "entry": {"idx": index, "id": record.id, "entry": record.entry.decode()},
            "seal": {"idx": index, "seed": record.seed},
            table_of(kind.name): {**row, "body": body},
        }
        for table, row in rows.items():
            self._put(table, row)
        for node in self._frontier.append(leaf_hash(record.entry)):
            self._put("tree_node", {"level": node.level, "n": node.index, "hash": node.hash})
        added = Added(index, record.id)
        self._places[record.id] = Place(index, kind.name)
        if entry.kind == "link":
            self._links[row["relation"], row["from_idx"], row["to_idx"]] = added
        self._next += 1
        if len(self._pending["entry"]) >= BATCH:
            self.flush()
        return added

    def place(self, id_: str) -> Place | None:
        """Where the entry with this id stands, those of this transaction included."""
        place = self._places.get(id_) or self._places_before.get(id_) or self.reader.place(id_)
        if place is not None:
            self._places[id_] = place
        return place

    def head(self) -> tuple[int, bytes]:
        """Size and root of the log, this transaction included."""
        return self._next, self._frontier.root()

    def store_checkpoint(self, size: int, note: str) -> None:
        """Store a signed checkpoint of the log at `size` entries."""
        self._put("checkpoint", {"size": size, "note": note})

    def store_timestamp(self, size: int, token: bytes) -> None:
        """Store what an authority answered over the checkpoint at `size` entries."""
        self._put_numbered("timestamp", {"size": size, "token": token})

    def store_renewal(self, covers: str, token: bytes) -> None:
        """Store what an authority answered over the text that names time-stamps."""
        self._put_numbered("renewal", {"covers": covers, "token": token})

    def store_open_timestamp(self, size: int, proof: bytes) -> None:
        """Store a proof of OpenTimestamps over the checkpoint at `size` entries."""
        self._put_numbered("open_timestamp", {"size": size, "proof": proof})

    def store_cosignature(self, size: int, line: str) -> None:
        """Store a witness's line under the checkpoint at `size` entries."""
        self._put_numbered("cosignature", {"size": size, "line": line})

    def flush(self) -> None:
        """Insert what is held back, so that `reader` sees it."""
        for table in COLUMNS:
            if rows := self._pending.pop(table, None):
                if self.validate:
                    self.validate(table, rows)
                with storage_errors(self._doing):
                    self.reader.connection.executemany(insertion(table), in_order(table, rows))
        self._places_before, self._places = self._places, {}
        self._links.clear()
        self._flushed = self._next

    @property
    def _doing(self) -> str:
        return f"Writing to {self.case.database}"

    def standing_link(self, relation: str, from_: int, to: int) -> Added | None:
        """The link of this relation between two records that was not retracted."""
        if max(from_, to) < self._flushed:
            index = self.reader.live_link(relation, from_, to)
            if index is not None:
                return Added(index, self.reader.record(index).id)
        return self._links.get((relation, from_, to))

    def _check_changes(self, entry: Entry, fields: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with the changes of an amendment."""
        if entry.kind == "amendment" and (place := self.place(entry.open["to"])):
            self.flush()
            amended = parse(self.reader.row(place.index).entry.encode())
            yield from check_changes(amended.kind, amended.sealed, fields["changes"])

    def _check_link(self, link: Mapping[str, str], from_: int, to: int) -> None:
        relation = link["relation"]
        if self.standing_link(relation, from_, to):
            raise RuleError("This link is there already. Retract it first to record it anew.")
        speaker = self.place(link["from"])
        if relation == "supports" and speaker and speaker.kind == "claim":
            self.flush()
            if self.reader.rests_on(from_, to):
                raise RuleError(
                    "This would make support circular: the claim to be supported already "
                    "supports the other one, directly or through further claims."
                )

    def _put_numbered(self, table: str, row: dict[str, Any]) -> None:
        ((last,),) = self.reader.connection.execute(f"SELECT max(n) FROM {table}")  # noqa: S608
        pending = len(self._pending.get(table, ()))
        self._put(table, {"n": (last or 0) + 1 + pending, **row})

    def _put(self, table: str, row: dict[str, Any]) -> None:
        self._pending.setdefault(table, []).append(row)

    def _commit(self) -> None:
        self.flush()
        with storage_errors(self._doing):
            self.reader.connection.execute(
                "INSERT INTO search (rowid, words) "
                "SELECT idx, words FROM passage WHERE idx >= ? AND words IS NOT NULL",
                (self._first,),
            )
            self.reader.connection.execute("COMMIT")
        fold_in(self.reader.connection)

    def _roll_back(self) -> None:
        for digest in self._kept:
            self.case.files.discard(digest)
        if self.reader.connection.in_transaction:
            self.reader.connection.execute("ROLLBACK")


def _subjects(kind: Kind, fields: Mapping[str, Any]) -> object:
    return fields["subjects"] if kind.name == "custody" else None
