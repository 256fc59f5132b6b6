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
from evidence_chain.wording.moment import instant
from evidence_db.reading.reader import Reader
from evidence_db.reading.records import table_of
from evidence_db.recording.continuing import refuse_other_log
from evidence_db.recording.erased_ends import any_erased, erased_ends
from evidence_db.recording.held_back import HeldRows, Joined, NewLinks
from evidence_db.store.connection import connect, fold_in, storage_error, storage_errors
from evidence_db.store.tables.projection import project
from evidence_db.store.tables.schema import upgrade
from evidence_db.store.tables.statements import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from evidence_chain.entry import Entry
    from evidence_chain.kinds import Kind
    from evidence_db.case import Case
    from evidence_db.store.incoming import Incoming
    from evidence_db.store.tables.statements import Values

BATCH = 1000
"""Records that are held back to be inserted together."""
MOST_HELD = 8 << 20
"""Bytes of values above which fewer are."""
CACHE = 32 * 1024
"""KiB of page cache while writing: pages that do not fit are written twice."""
_PRAGMAS = f"cache_size=-{CACHE}", "temp_store=MEMORY"
"""What undoes a statement stays in memory, too: it may be confidential."""


def now() -> str:
    """The present as RFC 3339 in UTC, to the second."""
    return instant(datetime.now(UTC))


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

    validate: Callable[[str, list[Values]], None] | None = None
    reader: Reader
    _first: int
    _rows: HeldRows
    _links: NewLinks
    _erased: bool
    """Whether anything was ever erased."""
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
        self._leaves: list[bytes] = []
        self._held = 0
        self._places: dict[str, Place] = {}
        self._places_before: dict[str, Place] = {}
        self._seen: set[str] = set()
        self._kept: list[str] = []

    def __enter__(self) -> Self:
        with storage_errors(self._doing), ExitStack() as unless_begun:
            connection = unless_begun.enter_context(closing(connect(self.case.database, "rw")))
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            upgrade(connection)
            connection.execute("BEGIN IMMEDIATE")
            self.reader = Reader(connection)
            refuse_other_log(self.reader)
            self._next = self._first = self.reader.size()
            self._frontier = Frontier.at(self._next, self.reader.hash_at)
            self._rows, self._links = HeldRows(connection), NewLinks(self.reader)
            self._erased = any_erased(connection)
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
        for problem in self._problems(kind, entry, fields, artifact):
            raise RuleError(f"This {kind.label} can't be recorded: {problem}")
        row = project(index, entry, artifact, self.place)
        if None in row.values():
            raise RuleError(f"This {kind.label} can't be recorded: it names no preserved file.")
        self._links.take(index, entry, row, self.place)
        self._erased |= entry.kind == "erasure"
        self._rows.put("entry", index, record.id, record.entry.decode())
        self._rows.put("seal", index, record.seed)
        row["body"] = record.body.decode()
        table = table_of(kind.name)
        self._rows.put(table, *map(row.__getitem__, COLUMNS[table]))
        self._leaves.append(leaf_hash(record.entry))
        self._places[record.id] = Place(index, kind.name)
        self._next += 1
        self._held += len(record.body)
        if len(self._leaves) >= BATCH or self._held >= MOST_HELD:
            self.flush()
        return Added(index, record.id)

    def place(self, id_: str) -> Place | None:
        """Where the entry with this id stands, those of this transaction included."""
        place = self._places.get(id_) or self._places_before.get(id_) or self.reader.place(id_)
        if place is not None:
            self._places[id_] = place
        return place

    def head(self) -> tuple[int, bytes]:
        """Size and root of the log, this transaction included."""
        self._grow()
        return self._next, self._frontier.root()

    def store_checkpoint(self, size: int, note: str) -> None:
        """Store a signed checkpoint of the log at `size` entries."""
        self._rows.put("checkpoint", size, note)

    def store_timestamp(self, size: int, token: bytes) -> None:
        """Store what an authority answered over the checkpoint at `size` entries."""
        self._rows.put_numbered("timestamp", size, token)

    def store_renewal(self, covers: str, token: bytes) -> None:
        """Store what an authority answered over the text that names time-stamps."""
        self._rows.put_numbered("renewal", covers, token)

    def store_open_timestamp(self, size: int, proof: bytes) -> None:
        """Store a proof of OpenTimestamps over the checkpoint at `size` entries."""
        self._rows.put_numbered("open_timestamp", size, proof)

    def store_cosignature(self, size: int, line: str) -> None:
        """Store a witness's line under the checkpoint at `size` entries."""
        self._rows.put_numbered("cosignature", size, line)

    def flush(self) -> None:
        """Insert what is held back, so that `reader` sees it."""
        self._grow()
        with storage_errors(self._doing):
            self._rows.insert(self.validate)
        self._places_before, self._places = self._places, {}
        self._links.flushed(self._next)
        self._held = 0

    @property
    def _doing(self) -> str:
        return f"Writing to {self.case.database}"

    def standing_link(self, relation: str, from_: int, to: int) -> int | None:
        """The link of this relation between two records that was not retracted, by index."""
        return self._links.standing(Joined(relation, from_, to))

    def _problems(
        self, kind: Kind, entry: Entry, fields: Mapping[str, Any], artifact: str | None
    ) -> Iterator[str]:
        """What the rules of the log have against a record that would be the next."""
        yield from check_references(self._next, entry, artifact, self.place)
        if not fit(kind.name, fields):
            yield from check_fields(entry, fields)
        if kind.name == "amendment":
            yield from self._check_changes(entry, fields)
        if self._erased:
            connection = self.reader.connection
            yield from erased_ends(connection, entry, artifact, self.place, self._first)
        if kind.name == "custody":
            yield from check_subjects(self._next, fields["subjects"], self.place)

    def _check_changes(self, entry: Entry, fields: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with the changes of an amendment."""
        if place := self.place(entry.open["to"]):
            self.flush()
            amended = parse(self.reader.row(place.index).entry.encode())
            yield from check_changes(amended.kind, amended.sealed, fields["changes"])

    def _grow(self) -> None:
        """Let the tree have the leaves that were held back."""
        for node in self._frontier.extend(self._leaves):
            self._rows.put("tree_node", *node)
        self._leaves = []

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
