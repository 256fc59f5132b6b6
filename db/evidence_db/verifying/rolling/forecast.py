"""What a run looked at, what it left, and by when all has been looked at at its budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil, inf
from typing import TYPE_CHECKING, Any

from evidence_chain.wording.moment import instant
from evidence_chain.wording.plural import counted, size_of
from evidence_db.verifying.rolling.looked import Amount
from evidence_db.verifying.rolling.units import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence_db.verifying.rolling.budget import Spending
    from evidence_db.verifying.rolling.looked import Looked

_FAR = 365 * 1000
"""Nights beyond which no date is told."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a case: files with their bytes, entries of the log, and checks of all tables."""

    files: int
    bytes: int
    entries: int
    tables: int

    @classmethod
    def of(cls, amounts: Mapping[str, Amount]) -> Share:
        """What so many units of each kind are."""
        files = [amounts.get(kind, Amount()) for kind in ("file", "stream", "crop")]
        return cls(
            sum(one.units for one in files),
            sum(one.size for one in files),
            amounts.get("records", Amount()).size,
            sum(amounts.get(kind, Amount()).units for kind in TABLES),
        )

    def __str__(self) -> str:
        """In words, such as `12 files of 3.4 GB and 8,192 entries`."""
        told = [f"{counted(self.files, 'file')} of {size_of(self.bytes)}"] if self.files else []
        told += [counted(self.entries, "entry")] if self.entries else []
        told += [counted(self.tables, "table check")] if self.tables else []
        return " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told) or "nothing"

    def as_json(self) -> dict[str, int]:
        """The numbers by name."""
        return {
            "files": self.files,
            "bytes": self.bytes,
            "entries": self.entries,
            "tables": self.tables,
        }


NOTHING = Share(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Rolling:
    """What a rolling audit did and left."""

    budget: str
    looked: Share
    left: Share
    """What was not looked at in this run."""
    never: Share
    """What was never looked at."""
    oldest: str | None
    """The oldest look at what was left."""
    by: date | None
    """By when all has been looked at, if each night has this budget; `None` if none can be told."""
    told: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all was looked at in this run."""
        return self.left == NOTHING

    def __str__(self) -> str:
        """What was looked at, and what was not, in a sentence."""
        left = "nothing was left" if self.is_whole else f"not checked: {self.left}"
        return f"A rolling audit of {self.budget}: looked at {self.looked}; {left}"

    @property
    def extent(self) -> str:
        """How much of the case this is about, before anything is said of what came of it."""
        if self.is_whole:
            return f"All of the case was looked at: {self.looked}."
        return f"A part of the case. Looked at: {self.looked}. NOT CHECKED: {self.left}."

    def sentences(self) -> list[str]:
        """What else there is to say of it."""
        if self.is_whole:
            return list(self.told)
        never = [] if self.never == NOTHING else [f"Never looked at: {self.never}."]
        return [*self.told, *never, self._until()]

    def _until(self) -> str:
        again = " again" if self.never == NOTHING else ""
        by = (
            f"everything has been looked at{again} by {self.by}"
            if self.by
            else ("no date can be told by which everything has been looked at")
        )
        oldest = f"; the oldest look is of {self.oldest[:10]}" if self.oldest else ""
        return f"At {self.budget} a night {by}{oldest}."

    def as_json(self) -> dict[str, Any]:
        """As `verify --due --json` prints it."""
        return {
            "budget": self.budget,
            "looked": self.looked.as_json(),
            "not-checked": self.left.as_json(),
            "never": self.never.as_json(),
            "oldest": self.oldest,
            "by": None if self.by is None else str(self.by),
            "told": list(self.told),
        }


def foretell(memory: Looked, spending: Spending, now: float) -> Rolling:
    """What a run did and left, and how long all of it takes at what it got done.

    What is found bad is looked at every night, and lessens what a night gets done.
    """
    done, left = memory.amounts(done=True), memory.amounts(done=False)
    never = memory.amounts(done=False, never=True)
    oldest = memory.oldest()
    return Rolling(
        str(spending.budget),
        Share.of(done),
        Share.of(left),
        Share.of(never),
        None if oldest is None else instant(oldest),
        _by(_nights(never or left, memory.paces(), spending) if left else 0, now),
        tuple(memory.told),
    )


def _nights(left: Mapping[str, Amount], paces: Mapping[str, float], spending: Spending) -> float:
    """How many nights what is left takes, by bytes and by time, whichever is longer.

    In bytes it costs what it is counted as. The time is that which looks of its kind took.
    """
    budget, shares = spending.budget, list[tuple[float, float]]()
    if budget.size is not None:
        costs = sum(one.cost for one in left.values())
        shares.append((costs, budget.size - spending.bad))
    if budget.seconds is not None:
        takes = sum(one.units * paces.get(kind, inf) for kind, one in left.items())
        shares.append((takes, budget.seconds - spending.aside))
    return max((all_ / rest if rest > 0 else inf for all_, rest in shares), default=inf)


def _by(nights: float, now: float) -> date | None:
    """The day of the last of so many nights; `None` if nobody can tell."""
    if nights > _FAR:
        return None
    return datetime.fromtimestamp(now, UTC).date() + timedelta(days=ceil(nights))
