"""Pages that are given again while nothing that they were made from has changed.

Opening a claim checks all that it rests on, which takes as long for the hundredth reader as for
the first. A page is given again, for `SECONDS` at most, if the database, its write-ahead log and
every file that was read for it are, by what the file system says of them, those of that time.
Anybody who writes to a file sets its time of change, which only the machine's administrator can
set back; what a failing disk does to a file shows nowhere, which is what `SECONDS` is for. What
was changed just before it was read is not remembered, as a further change might have no other
time. The button *Verify* always reads all anew.
"""

from __future__ import annotations

import os
import sys
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from evidence_db.reading.attested.cosigned import FILE
from evidence_db.store.keys import kept_path, key_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from datasette.app import Datasette

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.store.files import Files

SECONDS = 60
"""How long a page is given again without a look at the files themselves."""
BYTES = 64 << 20
"""Bytes of pages that a Datasette remembers."""
_SETTLED = 2_000_000_000
"""Nanoseconds that a file must have been unchanged when it was read."""
_NEVER_SETTLED = (sys.maxsize,)
"""The version of what would have to be asked about by way of a network."""

Version = tuple[int, ...] | None
"""What the file system says of a file that changes with it; `None` if it holds nothing."""
State = dict[str, Version]


class Key(NamedTuple):
    """What was asked for."""

    database: str
    path: str


class Body(NamedTuple):
    """What was answered."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class _Remembered:
    body: Body
    state: State
    until: float


def state_of(paths: Iterable[Path]) -> State:
    """The versions of files as they are now."""
    return {str(path): _version(path) for path in paths}


def versions_of(files: Files, digests: Iterable[str]) -> State:
    """The versions of preserved files; what was made of those of another machine isn't kept."""
    if files.store.directory is None:
        return dict.fromkeys(digests, _NEVER_SETTLED)
    return state_of(map(files.path, digests))


def state_of_case(case: Case, reader: Reader) -> State:
    """The versions of a database with all that was committed to it, and of what the user signed.

    The reader must not have read yet, so that what it will read is no older than that.
    """
    log = case.database.with_name(f"{case.database.name}-wal")
    origin = reader.info().origin
    own = [key_path(origin), kept_path(origin), case.root / FILE]
    return state_of([case.database, log, *own])


def _version(path: Path | str) -> Version:
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    if not status.st_size:
        return None  # such as the log that SQLite makes whenever somebody reads
    when = status.st_mtime_ns, status.st_ctime_ns
    return status.st_dev, status.st_ino, status.st_mode, status.st_size, *when


@dataclass
class Memory:
    """The pages that a Datasette remembers. Used by one thread, that of its event loop."""

    _pages: OrderedDict[Key, _Remembered] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def find(self, key: Key) -> Body | None:
        """What was answered to the same, if it would be answered again."""
        if (known := self._pages.get(key)) is None:
            return None
        if time.monotonic() > known.until or known.state != _now(known.state):
            self._forget(key)
            return None
        self._pages.move_to_end(key)
        return known.body

    def keep(self, key: Key, body: Body, state: State, began: int) -> None:
        """Remember an answer.

        Args:
            key: What was asked for.
            body: What was answered.
            state: The versions of all that it was made from, taken before that was read, or
                right after if it is settled.
            began: When the reading began, in nanoseconds since the epoch.
        """
        if any(version and max(version[-2:]) > began - _SETTLED for version in state.values()):
            return
        if key in self._pages:
            self._forget(key)
        self._pages[key] = _Remembered(body, state, time.monotonic() + SECONDS)
        self._bytes += len(body.content)
        while self._bytes > BYTES:
            self._forget(next(iter(self._pages)))

    def _forget(self, key: Key) -> None:
        self._bytes -= len(self._pages.pop(key).body.content)


def _now(state: State) -> State:
    return {path: _version(path) for path in state}


_memories: WeakKeyDictionary[Datasette, Memory] = WeakKeyDictionary()


def memory(datasette: Datasette) -> Memory:
    """What a Datasette remembers."""
    return _memories.setdefault(datasette, Memory())
