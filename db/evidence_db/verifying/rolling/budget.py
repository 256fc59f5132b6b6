"""What one run may take: bytes that are read, time, or whichever of both is used up first."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError
from evidence_chain.wording.plural import size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WORD = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?) ?(s|m|h|MB|GB|TB)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_BYTES = {"MB": 10**6, "GB": 10**9, "TB": 10**12}


@dataclass(frozen=True, slots=True)
class Budget:
    """What one run may take, in bytes and in seconds; at least one of them is given."""

    size: int | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        """Both in words, such as `500 GB or 2 h`."""
        told = [] if self.size is None else [size_of(self.size)]
        return " or ".join(told if self.seconds is None else [*told, _time(self.seconds)])


def read_budget(words: Sequence[str]) -> Budget:
    """Read `2h`, `90m`, `500GB` and the like, one of each sort at most.

    Raises:
        InputError: it is no budget, or nothing could be done with it.
    """
    size, seconds = None, None
    for word in words:
        match = _WORD.fullmatch(word.strip())
        number = float(match[1]) if match else 0.0
        if match is None or not number:
            raise InputError(
                f"{word!r} is no budget. Give a time or an amount, such as 2h, 90m, 500GB or 1.5TB."
            )
        if match[2] in _SECONDS and seconds is None:
            seconds = number * _SECONDS[match[2]]
        elif match[2] in _BYTES and size is None:
            size = round(number * _BYTES[match[2]])
        else:
            raise InputError("Give one time and one amount at most as the budget.")
    if size is None and seconds is None:
        raise InputError("A rolling audit needs a budget: --budget 2h, or --budget 500GB.")
    return Budget(size, seconds)


@dataclass
class Spending:
    """What a run has taken of its budget."""

    budget: Budget
    ticks: Callable[[], float] = time.monotonic
    spent: int = 0
    """Bytes."""
    bad: int = 0
    """Bytes of that which went to what was found bad before."""
    aside: float = 0.0
    """Seconds that went to that, and to all that comes before."""
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.ticks()

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return self.ticks() - self._began

    def has_room(self, cost: int, share: float = 1.0) -> bool:
        """Whether so many bytes more lie within a share of the budget."""
        of_size, of_time = self.budget.size, self.budget.seconds
        if of_time is not None and self.seconds >= of_time * share:
            return False
        return of_size is None or self.spent + cost <= of_size * share

    def parts(self) -> tuple[int, int]:
        """How much is used, of how much, for a display of progress."""
        used = [(self.spent, self.budget.size), (int(self.seconds), self.budget.seconds)]
        done, total = max(((one, of) for one, of in used if of), key=lambda pair: pair[0] / pair[1])
        return min(done, int(total)), int(total)


def _time(seconds: float) -> str:
    for unit in ("h", "m"):
        if seconds >= _SECONDS[unit]:
            return f"{seconds / _SECONDS[unit]:g} {unit}"
    return f"{seconds:g} s"
