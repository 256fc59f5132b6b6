"""Why something of an edition is withheld, as the edition itself says."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.edition import description
from evidence_chain.edition.layout import DESCRIPTION
from evidence_chain.errors import FormatError
from evidence_chain.regular import read_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from evidence_db.reading.records import Record


class Why(NamedTuple):
    """What is withheld of a record, and why."""

    fields: tuple[str, ...] | None
    """`None` for all of them."""
    reason: str

    def as_json(self) -> dict[str, Any]:
        """As edition.json has it."""
        fields = None if self.fields is None else list(self.fields)
        return {"fields": fields, "reason": self.reason}


class Reasons(NamedTuple):
    """What an edition withholds."""

    everywhere: Why | None = None
    """What it withholds in every record, if anything."""
    records: Mapping[int, Why] = MappingProxyType({})
    """What else, by the record's index."""
    absent: Mapping[str, str] = MappingProxyType({})
    """Why files that its records name were left out of it, by their BLAKE3 in hex."""

    def of(self, index: int) -> list[Why]:
        """Why something of a record is withheld: each reason with its fields."""
        one = self.records.get(index)
        first = [self.everywhere] if self.everywhere and (one is None or one.fields) else []
        return [*first, *([one] if one else [])]

    def told(self, index: int, shown: Iterable[str]) -> dict[str, Any] | None:
        """What is withheld of a record, but not of all: `fields`, `reason`, and what is `shown`."""
        why = self.records.get(index)
        return None if why is None else why.as_json() | {"shown": sorted(shown)}

    def hides(self, record: Record) -> bool:
        """Whether it is withheld how a passage compares with its file."""
        return record.index in self.records and "match" not in record.body


def reasons_of(edition: Path | None) -> Reasons:
    """What an edition says that it withholds; nothing of a newsroom's own case.

    What it can't be read from is left to whoever checks the edition.
    """
    if edition is None:
        return Reasons()
    path = edition / DESCRIPTION
    try:
        state = path.stat()
    except OSError:
        return Reasons()
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Reasons:
    try:
        said = description.read(read_named(path, description.LARGEST))
    except (OSError, FormatError):
        return Reasons()
    everywhere = said["everywhere"]
    names = tuple(everywhere["fields"])
    records = {one["idx"]: Why(_names(one["fields"]), one["reason"]) for one in said["withheld"]}
    absent = {one["blake3"]: one["reason"] for one in said["absent"]}
    return Reasons(Why(names, everywhere["reason"]) if names else None, records, absent)


def _names(fields: list[str] | None) -> tuple[str, ...] | None:
    return None if fields is None else tuple(fields)
