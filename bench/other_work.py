"""How busy the machine was with other work, which makes every measurement worth less."""

from __future__ import annotations

import os
from pathlib import Path

_STAT = Path("/proc/stat")
_IDLE = (3, 4)
"""Which of the times in the first line of `/proc/stat` are those of a processor that waits."""


class Others:
    """Counts from when it is made what processors did that this process and its children did not.

    A child counts once it has ended.
    """

    def __init__(self) -> None:
        self._total, self._busy = _machine()
        self._own = _own()

    def share(self) -> float | None:
        """The share of all processor time that others used; `None` where that can't be known."""
        total, busy = _machine()
        if total == self._total:
            return None
        others = (busy - self._busy) - (_own() - self._own)
        return max(0.0, others / (total - self._total))


def _machine() -> tuple[float, float]:
    """Seconds of all processors since the start of the machine, and those of them at work."""
    try:
        times = [int(word) for word in _STAT.read_text().split("\n", 1)[0].split()[1:9]]
    except OSError:
        return 0.0, 0.0
    tick = os.sysconf("SC_CLK_TCK")
    idle = sum(times[place] for place in _IDLE)
    return sum(times) / tick, (sum(times) - idle) / tick


def _own() -> float:
    """Seconds of processor that this process and its ended children used."""
    return sum(os.times()[:4])
