"""What earlier editions of the case show of what is withheld now, which nobody can recall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from evidence_chain.edition import layout
from evidence_chain.regular import read_named
from evidence_db.publishing.earlier import LARGEST, earlier_editions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence_db.reading.reader import Reader

SHOWN = "already-shown"
"""The rule by which whoever publishes is warned of it."""


class ShownBefore(NamedTuple):
    """A record of which an earlier edition shows fields that are withheld now."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    id: str
    name: str
    """What the record is called: its kind and the beginning of its id."""
    fields: list[str]
    made: str
    """When the first edition was made that shows one of them."""
    is_known: bool
    """Whether it is known what that edition shows: else it is not at its place any more."""

    @property
    def sentence(self) -> str:
        """The same in words."""
        shows = "already shows" if self.is_known else "may already show"
        fields = ", ".join(f"`{field}`" for field in self.fields)
        return (
            f"The edition of {self.made} {shows} {fields} of {self.name} (entry {self.index}): "
            "what was handed out can't be recalled."
        )


def shown_before(
    root: Path, reader: Reader, withheld: Mapping[int, Iterable[str]]
) -> list[ShownBefore]:
    """The records of which an earlier edition shows what is withheld now.

    Args:
        root: Where the case is.
        reader: A reader of it.
        withheld: The fields that are withheld, by the record's index. Those without a value tell
            nothing, and are left out.

    Raises:
        StorageError: what is kept of the editions can't be read.
    """
    editions = [_Earlier(one) for one in earlier_editions(root)]
    return [
        one
        for index, names in sorted(withheld.items())
        if editions
        for one in _of(reader, index, sorted(names), editions)
    ]


def _of(
    reader: Reader, index: int, names: list[str], editions: Iterable[_Earlier]
) -> Iterator[ShownBefore]:
    record = reader.record(index)
    told = [name for name in names if record.body.get(name) is not None]
    for edition in editions:
        if fields := [name for name in told if edition.shows(index, name)]:
            called = f"{record.kind} {record.id[:8]}"
            yield ShownBefore(index, record.id, called, fields, edition.made, edition.is_known)
            return


class _Earlier:
    """An edition, and what it withholds: as it was kept, or else as the edition itself says."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        said = kept if "withheld" in kept else _description(Path(kept["where"]))
        self.made = str(kept["made"])
        self.is_known = said is not None
        self._size = int(kept["size"])
        said = said or {"everywhere": {"fields": []}, "withheld": []}
        self._everywhere = frozenset(said["everywhere"]["fields"])
        self._withheld = {one["idx"]: one["fields"] for one in said["withheld"]}

    def shows(self, index: int, name: str) -> bool:
        """Whether a field of a record is disclosed there."""
        if index >= self._size or name in self._everywhere:
            return False
        fields = self._withheld.get(index, ())
        return fields is not None and name not in fields


def _description(where: Path) -> dict[str, Any] | None:
    try:
        said = json.loads(read_named(where / layout.DESCRIPTION, LARGEST))
        return {name: said[name] for name in ("everywhere", "withheld")}
    except (OSError, ValueError, KeyError, TypeError):
        return None
