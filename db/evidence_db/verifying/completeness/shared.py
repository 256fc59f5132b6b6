"""What was read of a database, for whoever reads the very same state of it soon after.

The pages of a server ask the same of the whole log, one after the other and at once. What came of
it counts for each `Reader` that has a `since`: where database and write-ahead log are, by what the
file system says of them, those that it was read from, before and after the reader's own reading
began, and the log has as many entries. Whoever has none, as every command, reads it all anew.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_db.reading.reader import Reader
    from evidence_db.store.versions import State

Read = TypeVar("Read")
MOST = 4
"""Databases of which something is kept."""


class _Known(NamedTuple, Generic[Read]):
    state: State
    size: int
    until: float
    what: Read


class Shared(Generic[Read]):
    """The newest answer to one question about each of a few databases."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Known[Read]] = OrderedDict()
        self._lock = Lock()

    def read(self, reader: Reader, ask: Callable[[], Read]) -> Read:
        """Ask, unless what was answered to another reader of this state still counts."""
        if (since := reader.since) is None:
            return ask()
        size, path = reader.size(), next(iter(since.state))  # the first look begins the reading
        with self._lock:
            known = self._known.get(path)
            is_same = known is not None and (known.state, known.size) == (since.state, size)
            if known is not None and is_same and time.monotonic() < known.until and since.is_now:
                return known.what
            what = ask()
            if not since.is_now:  # it may have been read of what was there in between
                return what
            self._known[path] = _Known(since.state, size, time.monotonic() + since.seconds, what)
            self._known.move_to_end(path)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
            return what
