"""When a review is stale: what was recorded since about what the reviewer looked at.

Over the open part of the log alone, by the indexes of its entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from evidence_chain.errors import FormatError
from evidence_chain.log.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORIGINS = frozenset({"derives-from", "preserves"})


@dataclass(frozen=True, slots=True)
class Entry:
    """The open part of an entry; what it names is given by index."""

    kind: str
    to: int | None = None
    """What a link, a retraction, an erasure, an amendment or a review is about."""
    from_: int | None = None
    relation: str | None = None
    verdict: str | None = None
    artifact: int | None = None
    """The preserved file of an evidence record, where that field is disclosed."""


class Entries(Protocol):
    """The entries of a log from 0, each naming earlier ones only."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Entry: ...


class Chains:
    """The chains of a log's claims and evidence, and what happened to them since.

    Args:
        entries: The log's entries.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self.visited = 0
        """Members of all chains that were gone through."""
        self._about, self._links_from = Groups(len(entries)), Groups(len(entries))
        for index in range(len(entries)):
            entry = entries[index]
            if entry.to is not None:
                self._about.add(entry.to, index)
            if entry.from_ is not None:
                self._links_from.add(entry.from_, index)

    def of(self, index: int, size: int) -> frozenset[int]:
        """The chain of a claim or an evidence record in the log of the first `size` entries.

        A claim's is the claim; every record that leads to it over links but `replaces`; the
        files of those; all that these derive from or preserve; and the links on the way. That
        of an evidence record is the record and its file.
        """
        if self._entries[index].kind != "claim":
            return frozenset({index} | self._files([index]))
        leading = self._closure({index}, self._about, size, over=None)
        held = leading | self._files(leading)
        return frozenset(self._closure(held, self._links_from, size, over=_ORIGINS))

    def stale_by(self, review: int, size: int) -> list[int]:
        """What makes a review stale, by index, ascending; nothing while it isn't.

        Args:
            review: The index of the review.
            size: The tree size that its reviewer looked at.

        Raises:
            FormatError: the entry is about nothing, so it is no review.
        """
        subject = self._entries[review].to
        if subject is None:
            raise FormatError(f"Entry {review} is no review: it is about nothing.")
        chain = self.of(subject, size)
        self.visited += len(chain)
        later = {index for member in chain for index in self._about.of(member) if index >= size}
        ended = {index for index in self._about.of(review) if self._ends(index)}
        return sorted({index for index in later if self._disturbs(index)} - {review} | ended)

    def _closure(
        self, start: set[int], links: Groups, size: int, over: frozenset[str] | None
    ) -> set[int]:
        """`start`, and what links lead to from there, with those links."""
        found, todo = set(start), list(start)
        while todo:
            for index in links.of(todo.pop()):
                link = self._entries[index]
                if index >= size or link.kind != "link" or not _admitted(link.relation, over):
                    continue
                reached = {end for end in (index, link.from_, link.to) if end is not None} - found
                found |= reached
                todo += reached
        return found

    def _files(self, indexes: Iterable[int]) -> set[int]:
        artifacts = (self._entries[index].artifact for index in indexes)
        return {artifact for artifact in artifacts if artifact is not None}

    def _disturbs(self, index: int) -> bool:
        entry = self._entries[index]
        if entry.kind == "review":
            return entry.verdict == "rejected"
        return entry.kind in ("link", "retraction", "amendment", "erasure")

    def _ends(self, index: int) -> bool:
        entry = self._entries[index]
        return entry.kind == "retraction" or entry.relation == "replaces"


def counting(reviews: Iterable[tuple[int, int, str | None]]) -> set[int]:
    """Those reviews that count: of several of one record by one reviewer, the last.

    Args:
        reviews: For each review its index, that of what it reviews, and the reviewer as it
            stands in the record, or None where that is withheld. It can't be told then whether
            two are by one reviewer, so each counts.
    """
    last: dict[tuple[int, str | int], int] = {}
    for index, subject, reviewer in sorted(reviews, key=lambda review: review[0]):
        last[subject, index if reviewer is None else reviewer] = index
    return set(last.values())


def _admitted(relation: str | None, over: frozenset[str] | None) -> bool:
    return relation != "replaces" if over is None else relation in over
