"""A line of the log, and a record as people read it."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.errors import StorageError
from evidence_db.store.tables import schema
from evidence_db.store.tables.schema import READABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_chain.amending import Corrected


class CaseInfo(NamedTuple):
    """What a case is called."""

    origin: str
    title: str | None
    created_at: str


def table_of(kind: str) -> str:
    """The table that holds the records of a kind.

    Raises:
        StorageError: this version knows no such kind.
    """
    table = schema.table_of(kind)
    if table not in READABLE:
        raise StorageError(
            f"The database has a record of the kind {kind!r}, which this version does not know. "
            "Run `evidence verify`, and upgrade evidence-chain if that finds nothing else."
        )
    return table


class Row(NamedTuple):
    """A line of the log with what opens it; `body` and `seed` are `None` if withheld.

    An edition has salts and no seeds, a case of version 7 or before both.
    """

    idx: int
    id: str
    entry: str
    body: str | None
    salts: str | None
    seed: bytes | None


def is_typed(row: Row) -> bool:
    """Whether all values have the types of their columns, which a forger can get round."""
    texts = (row.id, row.entry, row.body or "", row.salts or "")
    return all(isinstance(text, str) for text in texts) and isinstance(row.seed, bytes | None)


class Erased(NamedTuple):
    """The entry that says of a record that its values were destroyed."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    reason: str | None
    at: str | None
    by: str | None


class Record(NamedTuple):
    """A record as people read it."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    kind: str
    body: dict[str, Any]
    amended: Mapping[str, Corrected] = MappingProxyType({})
    """The fields that were corrected, whose values in `body` are those of the amendments."""
    erased: Erased | None = None
    """The erasure of the record, if its body is empty since it was erased."""

    @property
    def sealed(self) -> dict[str, Any]:
        """The values as they were sealed."""
        return self.body | {name: one.was for name, one in self.amended.items()}

    @property
    def name(self) -> str:
        """What people call it: kind, short id and place in the log."""
        return f"{self.kind} {self.id[:8]} (entry {self.index})"


class Signed(NamedTuple):
    """A stored checkpoint."""

    size: int
    note: str

    @property
    def text(self) -> bytes:
        """What is signed and stamped: the note up to and with the newline before the empty line.

        Raises:
            FormatError: it is no note.
        """
        from evidence_chain.log.note import SignedNote

        return SignedNote.parse(self.note).text.encode()


_TYPES: dict[str, type] = {
    "selector": list,
    "match": dict,
    "flags": list,
    "marks": list,
    "regions": list,
    "dkim": list,
    "warnings": list,
    "changes": dict,
    "subjects": list,
    "size": int,
    "translated": bool,
    "extractor": dict,
}
_STRINGS = {name for columns in READABLE.values() for name in columns} | {"until", "translator"}
_TYPES = dict.fromkeys(_STRINGS, str) | _TYPES
"""The types of the fields that those who show them count on."""


def stored(index: int, id_: str, kind: str, stored_body: str | None) -> Record:
    """A record with whatever values it has, for those who check them.

    Raises:
        StorageError: its body is no JSON object.
    """
    if not isinstance(stored_body, str | None):
        raise missing(index)
    try:
        body = json.loads(stored_body or "{}")
    except ValueError as error:
        raise missing(index) from error
    if not isinstance(body, dict):
        raise missing(index)
    return Record(index, id_, kind, body)


def readable(record: Record) -> Record:
    """The same record, whose body has the shape that those who show it count on.

    Raises:
        StorageError: it hasn't.
    """
    if not is_readable(record.body):
        raise missing(record.index)
    return record


def is_readable(body: dict[str, Any]) -> bool:
    """Whether values have the types that those who show them count on."""
    for name, value in body.items():
        if value is not None and not isinstance(value, _TYPES.get(name, object)):
            return False
    return _is_match(body.get("match") or {})


def _is_match(match: object) -> bool:
    """Whether it tells how a passage compares with its file: a status, and notes, in words."""
    if not isinstance(match, dict):
        return False
    status, notes = match.get("status"), match.get("notes")
    listed = notes is None or (isinstance(notes, list) and all(isinstance(n, str) for n in notes))
    return isinstance(status, str | None) and listed


def missing(index: int) -> StorageError:
    """The error that an entry is not there, or is damaged."""
    return StorageError(
        f"Entry {index} is missing from the database, or damaged. Run `evidence verify` to see "
        "what else is, and restore evidence.db from a copy."
    )
