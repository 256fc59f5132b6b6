"""Which key signs a log at which size: keys that a `key` entry changes (docs/edition.md, 8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError
from evidence_chain.log.key import VerifierKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass
class Succession:
    """The keys of a log in their order, and the entries that change them."""

    origin: str
    changes: list[tuple[int, str, str]] = field(default_factory=list)
    """Index of each `key` entry, the key before it and the key from it on, as verifier keys."""
    first: VerifierKey | None = None
    """The key of a log without a change, as far as its user told it."""

    @classmethod
    def of(cls, origin: str, entries: Iterable[tuple[int, Mapping[str, str]]]) -> Succession:
        """What the `key` entries of a log, given by index and `open`, say."""
        return cls(origin, [(index, said["previous"], said["vkey"]) for index, said in entries])

    def problems(self, sizes: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield index and description of what is wrong with the changes.

        Args:
            sizes: The sizes of the checkpoints that there are.
        """
        there = sorted(sizes)
        known: list[str] = []
        for number, (index, previous, vkey) in enumerate(self.changes):
            known = known or [previous]
            for key in (previous, vkey):
                if problem := self._malformed(key):
                    yield index, problem
            if previous != known[-1]:
                yield index, "It doesn't name the key that was in force before it."
            if vkey in known:
                yield index, "Its key was a key of this log before."
            known.append(vkey)
            until = self.changes[number + 1][0] if number + 1 < len(self.changes) else None
            if not any(index < size and (until is None or size <= until) for size in there):
                yield index, "No checkpoint covers it before the next change of keys."

    def _malformed(self, vkey: str) -> str | None:
        try:
            key = VerifierKey.parse(vkey)
        except FormatError as error:
            return str(error)
        return None if key.name == self.origin else f"Its key is that of {key.name}."

    @property
    def keys(self) -> list[VerifierKey]:
        """All keys of the log, the oldest first. Only what has no `problems` has any."""
        if not self.changes:
            return [] if self.first is None else [self.first]
        return list(map(VerifierKey.parse, [self.changes[0][1], *(one[2] for one in self.changes)]))

    def in_force(self, size: int) -> VerifierKey | None:
        """The key that signs a log of this size; `None` if nobody told it."""
        keys = self.keys
        return keys[sum(index < size for index, *_ in self.changes)] if keys else None

    def signers(self, size: int, sizes: Iterable[int]) -> list[VerifierKey]:
        """The keys that the checkpoint of this size must be signed by: two at a change.

        Args:
            size: The size of the checkpoint.
            sizes: The sizes of all checkpoints that there are.
        """
        before = max((other for other in sizes if other < size), default=0)
        newest = self.in_force(size)
        older = self.in_force(before)
        if newest is None or older is None or older == newest:
            return [] if newest is None else [newest]
        return [older, newest]
