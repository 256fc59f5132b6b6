"""How many rows a log has, counted past every index, which could hide one.

To count a large log takes SQLite as long as to read it. For the pages of a server it is counted
once in `SECONDS`, if it has no gap, and since then what was added at its end: a row that is taken
out of the middle of a large log, of which nobody is told that it is whole, is missed that late.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.store import versions

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.store.versions import Version

_COUNT = "SELECT count(*) FROM entry NOT INDEXED"
_AFTER = f"{_COUNT} WHERE idx > ?"


class _Counted(NamedTuple):
    file: Version
    last: int
    until: float


_known: dict[str, _Counted] = {}
_lock = Lock()


def is_longer(reader: Reader, most: int) -> bool:
    """Whether a log has more than so many rows."""
    first, last = _ends(reader)
    if first >= 0 and last < most:
        return False
    return count(reader) > most


def count(reader: Reader) -> int:
    """The number of rows of a log."""
    if reader.since is None:
        return _one(reader, _COUNT)
    ends = first, last = _ends(reader)
    path, version = next(iter(reader.since.state.items()))
    file = version and version[:2]
    with _lock:
        known = _known.get(path)
        if known is not None and (known.file, first) == (file, 0) and known.last <= last:
            added = _one(reader, _AFTER, known.last)
            if added == last - known.last and time.monotonic() < known.until:
                return last + 1
        counted = _one(reader, _COUNT)
        if ends == (0, counted - 1):
            _known[path] = _Counted(file, last, time.monotonic() + versions.SECONDS)
        return counted


def _ends(reader: Reader) -> tuple[int, int]:
    """The first and the last row, by the table itself; -1 and -1 if there is none."""
    first, last = reader.connection.execute(
        "SELECT (SELECT min(idx) FROM entry NOT INDEXED), (SELECT max(idx) FROM entry NOT INDEXED)"
    ).fetchone()
    return (-1, -1) if last is None else (first, last)


def _one(reader: Reader, query: str, *values: int) -> int:
    ((found,),) = reader.connection.execute(query, values)
    return int(found)
