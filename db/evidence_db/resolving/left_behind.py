"""Links of an old wording of a claim that the new one lacks, and the command for each."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_chain.kinds.forms import SLUG

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_MOST = 200
"""Links of an old wording that are told."""
_CALLED = ("statement", "text")
_LEFT = """
SELECT old.idx, old.relation, old.from_idx, old.to_idx, replacing.to_idx
FROM link AS replacing
CROSS JOIN link AS old ON old.to_idx = replacing.to_idx OR old.from_idx = replacing.to_idx
WHERE replacing.from_idx = :claim AND replacing.relation = 'replaces'
AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = replacing.idx)
AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = old.idx)
AND old.relation IN ('supports', 'contradicts', 'qualifies')
AND NOT EXISTS (
    SELECT 1 FROM link AS new
    WHERE new.relation = old.relation
    AND new.from_idx = iif(old.from_idx = replacing.to_idx, :claim, old.from_idx)
    AND new.to_idx = iif(old.to_idx = replacing.to_idx, :claim, old.to_idx)
    AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.to_idx = new.idx)
)
ORDER BY old.idx
"""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A link of the old wording that the new one hasn't."""

    link: Record
    relation: str
    other: Record
    """What the old wording was linked to."""
    inward: bool
    """Whether the other speaks to the claim, and not the claim to it."""
    command: str
    """What links it to the new wording."""

    def as_json(self) -> dict[str, Any]:
        """The link as `evidence resolve --json` has it."""
        body = self.other.body
        return {
            "link": self.link.id,
            "relation": self.relation,
            "other": self.other.id,
            "kind": self.other.kind,
            "called": str(next((body[name] for name in _CALLED if body.get(name)), "")),
            "inward": self.inward,
            "command": self.command,
        }


def left_behind(reader: Reader, claim: int) -> list[LeftBehind]:
    """The standing links of what a claim replaces, to records that stand, which it hasn't itself.

    Links that were retracted, or lead to what was, are left out.
    """
    rows = reader.connection.execute(_LEFT, {"claim": claim}).fetchall()
    found = []
    for link, relation, from_, to, old in rows:
        inward = to == old
        other = from_ if inward else to
        if other != claim and not reader.is_ended(other):
            found.append(_told(reader, claim, link, relation, other, inward=inward))
        if len(found) == _MOST:
            break
    return found


def _told(
    reader: Reader, claim: int, link: int, relation: str, other: int, *, inward: bool
) -> LeftBehind:
    there = reader.record(other)
    ends = [_name(there), _name(reader.record(claim))]
    words = ["evidence", "link", *(ends if inward else ends[::-1]), f"--{relation}"]
    return LeftBehind(reader.record(link), relation, there, inward, shlex.join(words))


def _name(record: Record) -> str:
    """What a command calls a record; a short name that was changed to more than one is not used."""
    slug = str(record.body.get("slug"))
    return slug if SLUG.fullmatch(slug) else record.id[:8]
