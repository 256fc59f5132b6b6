"""How many rows a log has, counted past every index, which could hide one.

To count a large log takes SQLite as long as to read it. For the pages of a server it is counted
once in `SECONDS`, if it has no gap, and as long as it only grows what was added at its end: a row
that is taken out of its middle while another is added is missed that late. Nobody is told of such
a log that it is whole, but for what was verified of the same bytes.

A log of more than `COUNTED` rows is not counted but by `verify`: that would take seconds for each
command. Whether something was left out of it is *not checked* until then.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from evidence_db.store import versions

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader
    from evidence_db.store.versions import State

COUNTED = 2_000_000
"""Rows up to which a log is counted whenever somebody asks: a second or so."""
_LEAST = 200
"""Bytes of a database that an entry takes, at least."""
_COUNT = "SELECT count(*) FROM entry NOT INDEXED"
_AFTER = f"{_COUNT} WHERE idx > ?"


class _Counted(NamedTuple):
    state: State
    last: int
    until: float


_known: dict[str, _Counted] = {}
_lock = Lock()


def count_beyond(reader: Reader, most: int) -> int | None:
    """The number of rows of a log, if it has more than `most`; by its last row if that is far."""
    first, last = _ends(reader)
    if first >= 0 and last < most:
        return None
    if COUNTED <= last < _bytes(reader) // _LEAST:  # else it has gaps, which are told
        return last + 1
    counted = count(reader)
    return counted if counted > most else None


def count(reader: Reader) -> int:
    """The number of rows of a log."""
    if reader.since is None:
        return _one(reader, _COUNT)
    state, (first, last) = reader.since.state, _ends(reader)
    path = next(iter(state))
    with _lock:
        known = _known.get(path)
        if known is not None and time.monotonic() < known.until and first == 0:
            is_same = (known.state, known.last) == (state, last)
            if is_same or _has_grown(reader, known, path, last):
                _known[path] = known._replace(state=state, last=last)
                return last + 1
        counted = _one(reader, _COUNT)
        if (first, last) == (0, counted - 1):
            _known[path] = _Counted(state, last, time.monotonic() + versions.SECONDS)
        return counted


def _has_grown(reader: Reader, known: _Counted, path: str, last: int) -> bool:
    """Whether this file has rows beyond those that were counted, and no gap among them."""
    before, now = known.state[path], reader.since and reader.since.state[path]
    if not before or not now or before[:2] != now[:2] or last <= known.last:
        return False
    return _one(reader, _AFTER, known.last) == last - known.last


def _ends(reader: Reader) -> tuple[int, int]:
    """The first and the last row, by the table itself; -1 and -1 if there is none."""
    first, last = reader.connection.execute(
        "SELECT (SELECT min(idx) FROM entry NOT INDEXED), (SELECT max(idx) FROM entry NOT INDEXED)"
    ).fetchone()
    return (-1, -1) if last is None else (first, last)


def _bytes(reader: Reader) -> int:
    return _one(reader, "PRAGMA page_count") * _one(reader, "PRAGMA page_size")


def _one(reader: Reader, query: str, *values: int) -> int:
    ((found,),) = reader.connection.execute(query, values)
    return int(found)
