"""Pages that are given again while nothing that they were made from has changed.

Opening a claim checks all that it rests on, which takes as long for the hundredth reader as for
the first. A page is given again, for `SECONDS` at most, if the database, its write-ahead log and
every file that was read for it are, by what the file system says of them (`store/versions`), those
of that time. What was changed just before it was read is not remembered. The button *Verify*
always reads all anew.
"""

from __future__ import annotations

import sys
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from evidence_db.reading.attested.cosigned import FILE
from evidence_db.store.keys.key_file import kept_path, key_path
from evidence_db.store.versions import (
    SECONDS,
    SETTLED,
    State,
    since_of_database,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from datasette.app import Datasette

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.store.files import Files

BYTES = 64 << 20
"""Bytes of pages that a Datasette remembers."""
_NEVER_SETTLED = (sys.maxsize,)
"""The version of what would have to be asked about by way of a network."""


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


def versions_of(files: Files, digests: Iterable[str]) -> State:
    """The versions of preserved files; what was made of those of another machine isn't kept."""
    if files.store.directory is None:
        return dict.fromkeys(digests, _NEVER_SETTLED)
    return state_of(map(files.path, digests))


def state_of_case(case: Case, reader: Reader) -> State:
    """The versions of a database with all that was committed to it, and of what the user signed.

    Those of the database are of the time before the reader read anything of it.
    """
    origin = reader.info().origin
    since = reader.since or since_of_database(case.database)
    return since.state | state_of([key_path(origin), kept_path(origin), case.root / FILE])


@dataclass
class Memory:
    """The pages that a Datasette remembers. Used by one thread, that of its event loop."""

    _pages: OrderedDict[Key, _Remembered] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def find(self, key: Key) -> Body | None:
        """What was answered to the same, if it would be answered again."""
        if (known := self._pages.get(key)) is None:
            return None
        if time.monotonic() > known.until or known.state != state_of(known.state):
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
        if any(version and max(version[-2:]) > began - SETTLED for version in state.values()):
            return
        if key in self._pages:
            self._forget(key)
        self._pages[key] = _Remembered(body, state, time.monotonic() + SECONDS)
        self._bytes += len(body.content)
        while self._bytes > BYTES:
            self._forget(next(iter(self._pages)))

    def _forget(self, key: Key) -> None:
        self._bytes -= len(self._pages.pop(key).body.content)


_memories: WeakKeyDictionary[Datasette, Memory] = WeakKeyDictionary()


def memory(datasette: Datasette) -> Memory:
    """What a Datasette remembers."""
    return _memories.setdefault(datasette, Memory())
