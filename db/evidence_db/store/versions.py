"""What the file system says of files that changes with them: whether what was read of them counts.

Anybody who writes to a file sets its time of change, which only the machine's administrator can
set back; what a failing disk does to a file, and a change through a memory map, shows nowhere,
which is what `SECONDS` is for. What was changed just before it was read is another matter, as a
further change might have no other time: it counts until `SETTLED` at most.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECONDS = 60
"""How long what was read counts without another look at the files themselves."""
SETTLED = 2_000_000_000
"""Nanoseconds after a change in which another one might show nowhere."""

Version = tuple[int, ...] | None
"""What the file system says of a file that changes with it; `None` if it holds nothing."""
State = dict[str, Version]


class Since(NamedTuple):
    """The versions of files at a moment, in nanoseconds since the epoch."""

    moment: int
    state: State

    @property
    def is_now(self) -> bool:
        """Whether none of the files was changed since."""
        return self.state == state_of(self.state)

    @property
    def age(self) -> int:
        """Nanoseconds from the last change of one of them to that moment."""
        return self.moment - max((max(v[-2:]) for v in self.state.values() if v), default=0)

    @property
    def seconds(self) -> float:
        """How long what is read of them counts: not at all if the clock was set back."""
        if self.age > SETTLED:
            return SECONDS
        return (SETTLED - self.age) / 1e9 if self.age >= 0 else 0.0


def state_of(paths: Iterable[Path | str]) -> State:
    """The versions of files as they are now."""
    return {str(path): version_of(path) for path in paths}


def since_of_database(database: Path) -> Since:
    """The versions of a database and its write-ahead log, before anything is read of it."""
    moment = time.time_ns()
    return Since(moment, state_of([database, database.with_name(f"{database.name}-wal")]))


def version_of(path: Path | str) -> Version:
    """The version of a file, whatever it is; a link is not followed."""
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    if not status.st_size:
        return None  # such as the log that SQLite makes whenever somebody reads
    when = status.st_mtime_ns, status.st_ctime_ns
    return status.st_dev, status.st_ino, status.st_mode, status.st_size, *when
