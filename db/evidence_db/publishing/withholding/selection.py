"""What of a log an edition discloses, as somebody decided it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EVERYWHERE = ("recorded_by",)
"""The fields that are withheld in every record, unless the policy says otherwise."""
REASON_EVERYWHERE = "Who recorded it is the newsroom's affair."
REASON_ELSEWHERE = "It belongs to claims that are not published here."


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
    withheld: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Fields that are withheld in single records, with the reason of each, by the record's index.

    What goes with them is among them (`withholding.closure`).
    """
    idle: tuple[str, ...] = ()
    """The rules whose condition no record meets."""

    def names(self, index: int, sealed: Iterable[str]) -> set[str]:
        """The fields of a record that are disclosed, of those that it seals."""
        if self.shown is not None and index not in self.shown:
            return set()
        return set(sealed).difference(self.everywhere, self.withheld.get(index, ()))

    def is_decided(self, index: int, name: str) -> bool:
        """Whether somebody or the policy withholds a field: not if it belongs to other claims."""
        return name in self.everywhere or name in self.withheld.get(index, ())

    def hidden(self, index: int, name: str) -> str | None:
        """Why somebody or the policy withholds a field of a record; `None` if nobody does."""
        if not self.is_decided(index, name):
            return None
        return self.withheld.get(index, {}).get(name) or self.reason_everywhere or self.reason

    def reason_for(self, index: int, names: Iterable[str]) -> str:
        """Why these fields of a record are withheld, each reason once."""
        withheld = self.withheld.get(index, {})
        reasons = dict.fromkeys(withheld.get(name, self.reason) for name in names)
        return " ".join(reasons) or self.reason
