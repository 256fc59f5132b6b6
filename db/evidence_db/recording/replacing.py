"""What ends a record: a retraction or a replacement, and what that does to claims."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import InputError
from evidence_chain.rules import SPEAKS
from evidence_db.reading.references import describe
from evidence_db.recording.adding import Recorded, add_link, retract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evidence_chain.graph import Link, Structure
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record
    from evidence_db.recording.writer import Writer

MOST = 200
"""Claims of which it is told how they change."""
_ABOVE = """
WITH RECURSIVE above(idx) AS (
    SELECT value FROM json_each(:indexes)
    UNION SELECT from_idx FROM json_each(:indexes) JOIN link ON link.idx = value
    UNION SELECT to_idx FROM json_each(:indexes) JOIN link ON link.idx = value
    UNION SELECT evidence.idx FROM above JOIN evidence ON evidence.artifact_idx = above.idx
    UNION SELECT link.to_idx FROM above JOIN link ON link.from_idx = above.idx
        WHERE link.relation IN ('supports', 'contradicts', 'qualifies')
    UNION SELECT link.from_idx FROM above JOIN link ON link.to_idx = above.idx
        WHERE link.relation IN ('derives-from', 'preserves', 'replaces')
)
SELECT claim.idx, claim.slug FROM above JOIN claim ON claim.idx = above.idx
ORDER BY claim.idx LIMIT :most
"""


class Change(NamedTuple):
    """How the structure of a claim changes."""

    slug: str
    before: Structure
    after: Structure


@dataclass(frozen=True, slots=True)
class Effects:
    """What ending a record does."""

    links: int
    """Links to claims that count now, and won't."""
    carried: int
    """Links to claims whose place others take, which may have been there before."""
    changes: list[Change]
    cut: bool
    """Whether more claims than `MOST` may rest on it, so that not all were looked at."""


class _Foreseen(Exception):  # noqa: N818
    """Leaves a transaction that is not to be kept."""


def foresee(writer: Writer, indexes: list[int], change: Callable[[Writer], object]) -> Effects:
    """What `change` does to claims. The transaction is rolled back: nothing is recorded.

    Args:
        writer: A transaction that was not begun.
        indexes: The records that end, and those that take their place.
        change: Ends them.
    """
    try:
        with writer:
            reader = writer.reader
            above = reader.connection.execute(
                _ABOVE, {"indexes": json.dumps(indexes), "most": MOST + 1}
            ).fetchall()
            slugs = dict(above[:MOST])
            before, counted, replaced = _structures(reader, slugs)
            change(writer)
            writer.flush()
            after, counting, replacing = _structures(reader, slugs)
            raise _Foreseen
    except _Foreseen:
        changes = [
            Change(str(slug), before[index], after[index])
            for index, slug in slugs.items()
            if before[index] != after[index]
        ]
        carried = replacing - replaced
        return Effects(len(counted - counting - carried), len(carried), changes, len(above) > MOST)


def _structures(
    reader: Reader, claims: Iterable[int]
) -> tuple[dict[int, Structure], set[int], set[int]]:
    """The structure of each claim, the links to claims that stand and count, those replaced."""
    structures, counting, replaced = {}, set[int](), set[int]()
    for claim in claims:
        graph = reader.graph(claim)
        structures[claim] = graph.structure(claim)
        links = [link for relation in SPEAKS for link in graph.links_to(claim, relation)]
        replaced |= {link.index for link in links if link.index in graph.replaced}
        if not reader.is_ended(claim):
            counting |= {link.index for link in links if graph.counts(link)}
    return structures, counting, replaced


def standing_links(reader: Reader, index: int) -> list[Link]:
    """The links by which a record speaks to claims or is spoken to, where both ends stand."""
    return [
        link
        for link in reader.links(index)
        if link.relation in SPEAKS
        and not any(reader.is_ended(one) for one in (link.index, link.from_, link.to))
    ]


def replace(
    writer: Writer, old: Record, new: Record, note: str | None, *, carry: bool | None
) -> tuple[Recorded, list[Recorded]]:
    """Put a record in the place of another, and say what becomes of the links of the other.

    Args:
        writer: An open transaction.
        old: The record that is replaced.
        new: The record that takes its place.
        note: Why.
        carry: Whether each standing link is recorded anew for `new`. The new link replaces the
            old one, and so names it. `None` if nobody said.

    Returns:
        The replacement, and the links that were carried.

    Raises:
        InputError: there are links, and nobody said what becomes of them.
        RuleError: one can't replace the other.
    """
    links = standing_links(writer.reader, old.index)
    there = writer.standing_link("replaces", new.index, old.index) is not None
    if links and carry is None and not there:
        raise InputError(
            f"{describe(old)} has {len(links)} link{'s' * (len(links) > 1)} that would end with "
            "it. Say what becomes of them: --carry-links records each anew for the new record, "
            "--drop-links lets them end. Nothing was recorded."
        )
    carried = [_carry(writer, link, old, new) for link in links if carry and _others(link, new)]
    return add_link(writer, "replaces", new.id, old.id, note), carried


def _others(link: Link, new: Record) -> bool:
    """Whether a link doesn't join the new record and the old."""
    return new.index not in (link.from_, link.to)


def _carry(writer: Writer, link: Link, old: Record, new: Record) -> Recorded:
    from_, to = (
        new.id if end == old.index else writer.reader.record(end).id
        for end in (link.from_, link.to)
    )
    before = writer.reader.record(link.index)
    carried = add_link(writer, link.relation, from_, to, before.body.get("note"))
    add_link(writer, "replaces", carried.id, before.id)
    return carried


def unlink(writer: Writer, from_: Record, to: Record, reason: str) -> Recorded:
    """Retract the link by which a record speaks to a claim.

    Raises:
        InputError: there is none that stands.
    """
    return retract(writer, link_between(writer.reader, from_, to).id, reason)


def link_between(reader: Reader, from_: Record, to: Record) -> Record:
    """The link by which a record speaks to a claim: the first that stands.

    Raises:
        InputError: there is none.
    """
    for link in reader.links(from_.index):
        joins = link.relation in SPEAKS and (link.from_, link.to) == (from_.index, to.index)
        if joins and not reader.is_ended(link.index):
            return reader.record(link.index)
    raise InputError(
        f"No link that stands goes from {describe(from_)} to {describe(to)}. "
        "`evidence list link` shows all links."
    )
