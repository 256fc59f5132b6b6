"""What the log of an edition says, kept small enough to be held at once.

Values that only one check needs are read again from `log.jsonl` when it needs them.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence_chain.edition.layout import LOG
from evidence_chain.edition.line import LARGEST, Line, parse
from evidence_chain.errors import FormatError
from evidence_chain.log.merkle import Subtrees
from evidence_chain.rules import Place as Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence_chain.edition.place import Place

KEPT = {
    "artifact": ("blake3", "sha256", "size", "media_type"),
    "claim": ("slug", "statement"),
    "case": ("title",),
    "amendment": ("changes",),
    "custody": ("subjects",),
    "review": ("reviewer", "note", "size", "root", "signature", "recorded_at"),
}
"""The values of each kind that the register has; those of evidence are told by `OF_EVIDENCE`."""
OF_EVIDENCE = ("artifact", "extracted", "recorded_by")
"""And the crops of its regions."""


@dataclass(slots=True)
class Facts:
    """What is kept of one line."""

    id: str
    kind: str
    open: Mapping[str, str]
    sealed: frozenset[str]
    disclosed: frozenset[str]
    """The names of the disclosed fields."""
    values: dict[str, Any]
    """Some of the disclosed values (`KEPT`)."""


@dataclass
class Register:
    """All lines of an edition's log that could be read."""

    place: Place
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    """Where each line begins, and where the last one ends."""
    facts: list[Facts | None] = field(default_factory=list)
    """`None` for a line that could not be read."""
    leaves: bytearray = field(default_factory=bytearray)
    """The leaf hash of each entry, one after the other."""
    distrusted: set[int] = field(default_factory=set)
    """Lines whose values are not what their entries commit to."""

    @property
    def size(self) -> int:
        """The number of lines."""
        return len(self.offsets) - 1

    @cached_property
    def indexes(self) -> dict[str, int]:
        """The first index of each id."""
        found: dict[str, int] = {}
        for index, one in self.told():
            found.setdefault(one.id, index)
        return found

    @cached_property
    def tree(self) -> Subtrees:
        """The tree over all lines; asked for when all of them were read."""
        return Subtrees(self.leaves)

    def root_at(self, size: int) -> bytes | None:
        """The root over the first `size` entries; `None` for 0, and for more than there are."""
        return self.tree.root(size) if 0 < size <= self.size else None

    def find(self, id_: str) -> Entry | None:
        """Where the entry with this id stands."""
        index = self.indexes.get(id_)
        one = None if index is None else self.facts[index]
        return None if index is None or one is None else Entry(index, one.kind)

    def told(self) -> Iterator[tuple[int, Facts]]:
        """Each line that could be read, with its index."""
        for index, one in enumerate(self.facts):
            if one is not None:
                yield index, one

    def of_kind(self, *kinds: str) -> Iterator[tuple[int, Facts]]:
        """The lines of these kinds."""
        return ((index, one) for index, one in self.told() if one.kind in kinds)

    @cached_property
    def erased(self) -> set[int]:
        """The records that an erasure names."""
        return self._named_by("erasure")

    @cached_property
    def retracted(self) -> set[int]:
        """The records that a retraction names."""
        return self._named_by("retraction")

    def _named_by(self, kind: str) -> set[int]:
        ids = (one.open["to"] for _, one in self.of_kind(kind))
        return {self.indexes[id_] for id_ in ids if id_ in self.indexes}

    def lines(self, indexes: Iterable[int] | None = None) -> Iterator[tuple[int, Line]]:
        """Lines read again, in ascending order; all of them where no indexes are given.

        Raises:
            FormatError: one of them is not what it was when it was first read.
        """
        with self.place.open(LOG) as file:
            at = 0
            for index in range(self.size) if indexes is None else sorted(indexes):
                start, end = self.offsets[index], self.offsets[index + 1]
                if start != at:
                    file.seek(start)
                at = end
                data = file.read(end - start)
                if len(data) != end - start:
                    raise FormatError("log.jsonl was changed while it was read.")
                yield index, parse(data[:-1], checked=True)


def measure(place: Place) -> tuple[array[int], bool]:
    """Where the lines of the log begin and the last one ends; and whether each ends in LF.

    Raises:
        FormatError: a line is longer than it may be.
        StorageError: the log can't be read.
    """
    offsets, at = array("Q", [0]), 0
    with place.open(LOG) as file:
        while line := file.readline(LARGEST + 1):
            if len(line) > LARGEST:
                raise FormatError(
                    f"Line {len(offsets) - 1} of log.jsonl has more than {LARGEST >> 20} MiB."
                )
            at += len(line)
            offsets.append(at)
            if not line.endswith(b"\n"):
                return offsets, False
    return offsets, True
