"""Which key signs a log at which size: keys that a `key` entry changes (docs/edition.md, 8)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, zip_longest
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
        newest = self.changes[0][1] if self.changes else ""
        known = {newest}
        ends = [index for index, *_ in self.changes[1:]]
        for (index, previous, vkey), until in zip_longest(self.changes, ends):
            for key in (previous, vkey):
                if problem := self._malformed(key):
                    yield index, problem
            if previous != newest:
                yield index, "It doesn't name the key that was in force before it."
            if vkey in known:
                yield index, "Its key was a key of this log before."
            newest = vkey
            known.add(vkey)
            after = bisect_right(there, index)
            if after == len(there) or (until is not None and there[after] > until):
                yield index, "No checkpoint covers it before the next change of keys."

    def _malformed(self, vkey: str) -> str | None:
        try:
            key = VerifierKey.parse(vkey)
        except FormatError as error:
            return str(error)
        return None if key.name == self.origin else f"Its key is that of {key.name}."

    @cached_property
    def keys(self) -> list[VerifierKey]:
        """All keys of the log, the oldest first. Only what has no `problems` has any."""
        if not self.changes:
            return [] if self.first is None else [self.first]
        return list(map(VerifierKey.parse, [self.changes[0][1], *(one[2] for one in self.changes)]))

    @cached_property
    def _indexes(self) -> list[int]:
        return [index for index, *_ in self.changes]

    def in_force(self, size: int) -> VerifierKey | None:
        """The key that signs a log of this size; `None` if nobody told it."""
        return self.keys[bisect_left(self._indexes, size)] if self.keys else None

    def signers(self, sizes: Iterable[int]) -> Iterator[tuple[int, list[VerifierKey]]]:
        """The keys that each checkpoint must be signed by: two at a change.

        Args:
            sizes: The sizes of all checkpoints that there are.
        """
        for before, size in pairwise([0, *sorted(sizes)]):
            keys = [self.in_force(before), self.in_force(size)]
            yield size, list(dict.fromkeys(key for key in keys if key is not None))
