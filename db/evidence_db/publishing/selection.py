"""What an edition discloses: which records, and which of their fields (docs/edition.md, 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.publishing.withholding.gathering import reasons
from evidence_db.publishing.withholding.selection import Selection
from evidence_db.reading.attested.reviewed import reviews_of
from evidence_db.reading.notices.erasures import erasures
from evidence_db.resolving.resolution import rests_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.publishing.policy import Policy
    from evidence_db.publishing.withholding.gathering import Withholding
    from evidence_db.reading.reader import Reader

_ALWAYS = ("case", "key")
"""Kinds that every edition discloses."""


def selection_by(
    reader: Reader,
    policy: Policy,
    shown: frozenset[int] | None = None,
    gathered: Withholding | None = None,
) -> Selection:
    """What is disclosed of these records, or of all, by what the case and its policy withhold.

    Args:
        reader: A reader of the case.
        policy: What the newsroom withholds everywhere, and by rules.
        shown: The records, if not all.
        gathered: What the case withholds in single records, if it is at hand.

    Raises:
        FormatError: the database has what is no record.
    """
    names = policy.withhold_everywhere
    withheld, idle = reasons(reader, policy.withhold, policy.everywhere, gathered)
    return Selection(
        names, policy.withhold_reason if names else None, shown, withheld=withheld, idle=idle
    )


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
