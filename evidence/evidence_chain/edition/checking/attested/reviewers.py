"""Step 6, reviews: was the reviewer another person than those who recorded what they looked at?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from evidence_chain.edition.checking.register import Register

RECORDER = "recorded_by"


class By(StrEnum):
    """Who made a review, in the words in which reviews are counted."""

    OTHERS = "reviews by other people than those who recorded what they looked at"
    RECORDER = "reviews by a person who recorded something of what they looked at"
    UNKNOWN = "reviews of which it is not checked whether other people made them"


class Recorders:
    """Who recorded the records of a log, as far as that is disclosed."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[int, str | None] = {}

    def by(self, reviewer: object, chain: Collection[int]) -> By:
        """Whose a review is, given the indexes of the records of its chain (section 10)."""
        if not isinstance(reviewer, str):
            return By.UNKNOWN
        self._read(index for index in chain if index not in self._known)
        names = {self._known[index] for index in chain}
        if reviewer in names:
            return By.RECORDER
        return By.UNKNOWN if None in names else By.OTHERS

    def _read(self, indexes: Iterable[int]) -> None:
        shown = []
        for index in indexes:
            self._known[index] = None
            shape = self._register.shape(index)
            if shape is not None and RECORDER in shape.disclosed:
                shown.append(index)
        for one, _ in self._register.opened(shown):
            name = one.values.get(RECORDER)
            self._known[one.index] = name if isinstance(name, str) else None
