"""Reviews of claims and passages: who looked at them, in which state, and what came after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence_chain.errors import EvidenceError
from evidence_chain.reviews.review import Review, check_signature
from evidence_chain.reviews.staleness import counting
from evidence_db.reading.attested.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence_db.reading.reader import Reader

APPROVED = "approved"
_RETRACTED = {"by": "recorded_by", "at": "recorded_at", "reason": "reason"}
_OF = """
SELECT review.idx, review.to_idx, review.verdict
FROM json_each(:wanted) AS wanted CROSS JOIN review ON review.to_idx = wanted.value
ORDER BY review.idx
"""


@dataclass(frozen=True)
class Reviewed:
    """What one person said of a claim or a passage, and whether that still stands."""

    index: int
    id: str
    of: str
    """The id of what it is of."""
    verdict: str
    """`approved` or `rejected`."""
    said: dict[str, Any]
    """The fields of the review; those that are withheld are missing."""
    replaced: bool
    """Whether a later one by the same reviewer counts in its place."""
    retractions: tuple[dict[str, Any], ...]
    """The fields of each retraction of it; those that are withheld are missing."""
    stale_by: dict[int, str]
    """What was recorded since about what they looked at: what each is called, by index."""

    @property
    def reviewer(self) -> str | None:
        """Who looked; None where it is withheld."""
        return self.said.get("reviewer")

    @property
    def size(self) -> int | None:
        """Of the log that they looked at; None where it is withheld."""
        return self.said.get("size")

    @property
    def is_approval(self) -> bool:
        """Whether it says that what was looked at may be published."""
        return self.verdict == APPROVED

    @property
    def ended(self) -> bool:
        """Whether it was retracted, by whomever."""
        return bool(self.retractions)

    @property
    def is_taken_back(self) -> bool:
        """Whether its reviewer retracted it: nobody else takes an objection back.

        In an edition that withholds who recorded what, it is not known who did; it counts as them.
        """
        unknown = {None} if self.said.get("recorded_by") is None else set()
        return any(one.get("recorded_by") in {self.reviewer, *unknown} for one in self.retractions)

    @property
    def objects(self) -> bool:
        """Whether it rejects, and its reviewer has not said otherwise since."""
        return not self.is_approval and not self.replaced and not self.is_taken_back

    @property
    def counts(self) -> bool:
        """Whether it is the last word of its reviewer."""
        return not self.replaced and not self.ended

    @property
    def stands(self) -> bool:
        """Whether it counts: of a known state, with nothing since, and not signed falsely."""
        is_of_a_state = self.size is not None and not self.stale_by
        return self.counts and is_of_a_state and self.holds is not False

    @cached_property
    def as_signed(self) -> Review | None:
        """What its signature is over; None where it has none, or a part of that is withheld."""
        if not self.said.keys() >= {"reviewer", "note", "size", "root"}:
            return None
        names = ("reviewer", "note", "size", "root", "recorded_at", "signature")
        told: list[Any] = [self.said.get(name) for name in names]
        return Review(self.of, self.verdict, *told)

    @cached_property
    def holds(self) -> bool | None:
        """Whether the signature is over this review; None if there is none that can be checked."""
        if self.said.get("signature") is None:
            return None
        try:
            if self.as_signed is None:
                return None
            check_signature(self.as_signed, None)
        except EvidenceError:
            return False
        return True

    def as_json(self) -> dict[str, Any]:
        """The review as `resolve --json` has it."""
        return {
            **{name: getattr(self, name) for name in ("id", "index", "verdict", "reviewer")},
            "note": self.said.get("note"),
            "at": self.said.get("recorded_at"),
            "size": self.size,
            "signed": self.said.get("signature") is not None,
            **{name: getattr(self, name) for name in ("holds", "replaced", "ended", "stands")},
            "objects": self.objects,
            "taken_back": self.is_taken_back,
            "retracted": [
                {called: one.get(name) for called, name in _RETRACTED.items()}
                for one in self.retractions
            ],
            "stale_by": [*self.stale_by],
            "came_after": [*self.stale_by.values()],
        }


def reviews_of(reader: Reader, subjects: Iterable[int]) -> dict[int, list[Reviewed]]:
    """All reviews of these claims and passages, in log order, by what they are of.

    Raises:
        StorageError: one of them is damaged.
    """
    wanted = {"wanted": json.dumps(list(subjects))}
    rows = reader.connection.execute(_OF, wanted).fetchall()
    records = {index: reader.record(index) for index, _, _ in rows}
    last = counting((index, to, records[index].body.get("reviewer")) for index, to, _ in rows)
    around: dict[int, Surroundings] = {}
    found: dict[int, list[Reviewed]] = {}
    for index, to, verdict in rows:
        if to not in around:
            around[to] = Surroundings(reader.connection, to)
        said = records[index].body
        size = said.get("size")
        after = [] if size is None else around[to].stale_by(index, size)
        stale = {one: around[to].called(one) for one in after}
        of = reader.record(to).id
        ended = tuple(reader.record(one).body for one in reader.retractions(index))
        is_last = index in last
        one = Reviewed(index, records[index].id, of, verdict, said, not is_last, ended, stale)
        found.setdefault(to, []).append(one)
    return found


def rejected(reviews: Sequence[Reviewed]) -> list[Reviewed]:
    """The reviews that reject, by reviewers who have not said otherwise since.

    What was recorded since makes an approval stale, and takes no objection away.
    """
    return [one for one in reviews if one.objects]


def signed_off(reviews: Sequence[Reviewed]) -> Reviewed | None:
    """The newest review by which a passage was looked at and approved, if nobody objects."""
    approved = [one for one in reviews if one.stands and one.is_approval]
    return approved[-1] if approved and not rejected(reviews) else None
