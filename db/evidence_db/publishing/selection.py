"""What an edition discloses: which records, and which of their fields (docs/edition.md, 11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_db.publishing.policy import EVERYWHERE, REASON_EVERYWHERE
from evidence_db.reading.erasures import erasures
from evidence_db.reading.reviews.reviewed import reviews_of
from evidence_db.resolving.resolution import rests_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evidence_db.reading.reader import Reader

REASON_ELSEWHERE = "It belongs to claims that are not published here."
_ALWAYS = ("case", "key")
"""Kinds that every edition discloses."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a log is disclosed."""

    everywhere: tuple[str, ...] = EVERYWHERE
    """Names of fields, ascending."""
    reason_everywhere: str | None = REASON_EVERYWHERE
    shown: frozenset[int] | None = None
    """The records that are disclosed; all of them if it is `None`."""
    reason: str = REASON_ELSEWHERE
    """Why the others aren't."""
    absent: Mapping[str, str] = field(default_factory=dict)
    """Digests of files that are disclosed and not handed out, with the reason of each."""

    def names(self, index: int, sealed: Iterable[str]) -> set[str]:
        """The fields of a record that are disclosed, of those that it seals."""
        if self.shown is not None and index not in self.shown:
            return set()
        return set(sealed).difference(self.everywhere)

    def hides(self, changes: object) -> bool:
        """Whether an amendment's `changes` name a field that is withheld in what it corrects."""
        return isinstance(changes, dict) and not changes.keys().isdisjoint(self.everywhere)


def all_claims(reader: Reader) -> list[int]:
    """Every claim of the case, by index."""
    rows = reader.connection.execute("SELECT idx FROM claim ORDER BY idx")
    return [index for (index,) in rows]


def of_claims(reader: Reader, claims: Iterable[int]) -> frozenset[int]:
    """The records that these claims rest on, with what ended, replaced or corrected them.

    A claim that comes in with them is published like them, and so is all that bears on it.

    Args:
        reader: A reader of the case.
        claims: The claims, by index.
    """
    shown: set[int] = set()
    known, asked, pending = set(all_claims(reader)), set[int](), set(claims)
    while pending:
        claim = pending.pop()
        graph = reader.graph(claim)
        shown |= {claim, *rests_on(graph), *graph.replaced.values()}
        asked.add(claim)
        pending |= (shown & known) - asked
    shown |= _whole_chains(reader, shown)
    shown |= _reviews(reader, shown)
    amendments = {one for index in shown for one in reader.amendments(index)}
    shown |= amendments.union(*map(reader.retractions, amendments))
    shown |= {by for index, by in erasures(reader.connection).items() if index in shown}
    for kind in _ALWAYS:
        rows = reader.connection.execute("SELECT idx FROM entry WHERE kind = ?", (kind,))
        shown |= {index for (index,) in rows}
    return frozenset(shown)


def _reviews(reader: Reader, shown: set[int]) -> set[int]:
    """The reviews of these records, with what ended each."""
    found = {one.index for said in reviews_of(reader, shown).values() for one in said}
    return found.union(*map(reader.retractions, found))


def _whole_chains(reader: Reader, shown: set[int]) -> set[int]:
    """The files of passages that came in by replacing others."""
    found = set()
    for index in shown:
        record = reader.stored(index)
        place = reader.place(str(record.body.get("artifact")))
        if place is not None and place.index not in shown:
            found.add(place.index)
    return found
