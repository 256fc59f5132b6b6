"""What was looked at when, and what came of it: a small database beside the key.

It lies there so that whoever can change a case can't have its files pass for seen, and no copy of
a case brings the looks at another one along. It holds nothing that tells of a file: places in the
log, times, outcomes, and digests under seeds that only the case has. Where it is damaged, changed
or gone, nothing counts as looked at.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.digest import b3
from evidence_chain.errors import StorageError
from evidence_chain.spreading.parallel import chunks
from evidence_chain.wording.moment import instant
from evidence_chain.wording.plural import counted
from evidence_db.store.connection import connect, storage_errors
from evidence_db.store.keys.beside import make_beside, path_beside
from evidence_db.verifying.rolling import outdated
from evidence_db.verifying.rolling.units import Unit

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from evidence_db.case import Case

_LOOK = """
CREATE TABLE look (
    kind TEXT NOT NULL, idx INTEGER NOT NULL, tag BLOB NOT NULL, at INTEGER NOT NULL,
    outcome TEXT NOT NULL, checks TEXT NOT NULL, PRIMARY KEY (kind, idx, tag)
) WITHOUT ROWID
"""
_SAID = "CREATE TABLE said (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_UNIT = """
CREATE TEMP TABLE unit (kind, idx, tag, cost, name, size, sha256, PRIMARY KEY (kind, idx, tag))
"""
_DUE = """
CREATE TEMP TABLE due (
    n INTEGER PRIMARY KEY, kind, idx, tag, cost, name, size, sha256, at, outcome, checks, done
)
"""
_IN_ORDER = """
INSERT INTO due (kind, idx, tag, cost, name, size, sha256, at, outcome, checks, done)
SELECT unit.*, CASE WHEN look.at <= :now THEN look.at END AS seen,
    CASE WHEN old.at >= ifnull(look.at, -1) THEN old.outcome ELSE look.outcome END,
    CASE WHEN old.at >= ifnull(look.at, -1) THEN old.checks ELSE look.checks END, 0
FROM unit LEFT JOIN look USING (kind, idx, tag) LEFT JOIN outdated AS old USING (kind, idx)
ORDER BY seen IS NOT NULL, seen, idx, kind
"""
_ROWS = "SELECT kind, idx, tag, at, outcome, checks FROM look"
_STALE = f"{_ROWS} WHERE (kind, idx, tag) NOT IN (SELECT kind, idx, tag FROM unit)"  # noqa: S608
_WIDE = 1 << 128
_PACE = "pace of "
_PAGE = 512
_OF_THE_PLACE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
}
"""Errors that say something of the place where the database lies, and nothing of it."""
CHANGED = "What was looked at before was lost or changed in {}. So everything is due again."
MOVED = "What was looked at before was another copy of this case. So everything is due again."


class Due(NamedTuple):
    """A unit that is due, in its order."""

    n: int
    unit: Unit


class Look(NamedTuple):
    """What came of looking at a unit: `holds`, or the worst that was found, and the checks."""

    due: Due
    outcome: str
    checks: tuple[str, ...] = ()


class Bad(NamedTuple):
    """A unit that did not hold when it was looked at last, and was not looked at since."""

    unit: Unit
    outcome: str
    checks: tuple[str, ...]
    at: int | None


class Amount(NamedTuple):
    """So many units of a kind, with their bytes (entries, of a stretch) and what they cost."""

    units: int = 0
    size: int = 0
    cost: int = 0


@dataclass
class Looked:
    """The looks at one case that are remembered."""

    connection: sqlite3.Connection
    path: Path
    told: list[str] = field(default_factory=list)
    """What the user should know of the memory itself."""

    def plan(self, units: Iterable[Unit], now: int, erased: Container[int] = ()) -> None:
        """Put all units in their order: what was never looked at, then what was so longest ago.

        A failure of what is another by now counts for what took its place.

        Errors of the database that the units come from are passed on.
        """
        with self._changing():
            for statement in (_UNIT, _DUE, outdated.TABLE):
                self.connection.execute(statement)
        for some in chunks(units, _PAGE):
            with self._changing():
                insert = "INSERT OR IGNORE INTO unit VALUES (?,?,?,?,?,?,?)"
                self.connection.executemany(insert, some)
        with self._changing():
            stale = self.connection.execute(_STALE).fetchall()
            self._forget(outdated.settle(self.connection, stale, erased))
            self.connection.execute(_IN_ORDER, {"now": now})
            self.connection.execute("CREATE INDEX temp.bad ON due (n) WHERE outcome <> 'holds'")
            query = "SELECT count(*), max(at) FROM look WHERE at > ?"
            ahead, latest = self.connection.execute(query, (now,)).fetchone()
        if ahead:
            self.told.append(
                f"The clock went back: {counted(ahead, 'look')} of a time still to come, up to "
                f"{instant(latest)}. What was looked at then is due again."
            )

    def due(self, *, bad: bool) -> Iterator[Due]:
        """The units that are due: those that were found bad, or all others."""
        which = "outcome <> 'holds'" if bad else "(outcome IS NULL OR outcome = 'holds')"
        query = (
            "SELECT n, kind, idx, tag, cost, name, size, sha256 FROM due "  # noqa: S608
            f"WHERE n > ? AND done = 0 AND {which} ORDER BY n LIMIT {_PAGE}"
        )
        last = 0
        while rows := self.connection.execute(query, (last,)).fetchall():
            for n, *unit in rows:
                last = n
                yield Due(n, Unit(*unit))

    def keep(self, looks: Sequence[Look], now: int) -> None:
        """Remember looks, all at once."""
        with self._changing():
            for (n, unit), outcome, checks in looks:
                key = (unit.kind, unit.index, unit.tag)
                where = f"{_ROWS} WHERE (kind, idx, tag) = (?, ?, ?)"
                self._forget(self.connection.execute(where, key).fetchall())
                row = (*key, now, outcome, ",".join(checks))
                self.connection.execute("INSERT INTO look VALUES (?,?,?,?,?,?)", row)
                self._add(_worth(row))
                self.connection.execute("UPDATE due SET done = 1 WHERE n = ?", (n,))

    def keep_paces(self, paces: Mapping[str, float]) -> None:
        """Remember the seconds that a look of each kind takes."""
        rows = [(f"{_PACE}{kind}", repr(seconds)) for kind, seconds in paces.items()]
        with self._changing():
            self.connection.executemany("INSERT OR REPLACE INTO said VALUES (?, ?)", rows)

    def paces(self) -> dict[str, float]:
        """The seconds that a look of each kind took when there was one last."""
        return _paces(self.connection)

    def amounts(self, *, done: bool, never: bool = False) -> dict[str, Amount]:
        """How much was looked at in this run, or is left; of that, what never was, if asked."""
        rows = self.connection.execute(
            "SELECT kind, count(*), total(size), total(cost) FROM due "
            "WHERE done = ? AND (NOT ? OR at IS NULL) GROUP BY kind",
            (done, never),
        )
        return {kind: Amount(units, int(size), int(cost)) for kind, units, size, cost in rows}

    def oldest(self) -> int | None:
        """The time of the oldest look at what was not looked at in this run."""
        (at,) = self.connection.execute("SELECT min(at) FROM due WHERE NOT done").fetchone()
        return None if at is None else int(at)

    def bad(self) -> Iterator[Bad]:
        """What was found bad, and not looked at again in this run."""
        for *unit, outcome, checks, at in self.connection.execute(
            "SELECT kind, idx, tag, cost, name, size, sha256, outcome, checks, at FROM due "
            "WHERE outcome <> 'holds' AND NOT done ORDER BY n"
        ):
            yield Bad(Unit(*unit), outcome, tuple(checks.split(",")), at)

    def gone(self) -> Iterator[outdated.Gone]:
        """What was found bad, and is not there any more to be looked at."""
        return outdated.gone(self.connection)

    def _forget(self, rows: Iterable[tuple[str, int, bytes, int, str, str]]) -> None:
        for row in rows:
            delete = "DELETE FROM look WHERE (kind, idx, tag) = (?, ?, ?)"
            self.connection.execute(delete, row[:3])
            self._add(-_worth(row))

    def _add(self, worth: int) -> None:
        ((said,),) = self.connection.execute("SELECT value FROM said WHERE name = 'sum'")
        total = (int(said) + worth) % _WIDE
        self.connection.execute("UPDATE said SET value = ? WHERE name = 'sum'", (str(total),))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with storage_errors(f"Remembering in {self.path} what was looked at"):
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")


@contextmanager
def looked(case: Case, origin: str) -> Iterator[Looked]:
    """The looks at a case that lies in this directory; nobody else can read them.

    Raises:
        StorageError: they can't be read or written down.
    """
    path = path_beside(origin, "looked", case.root)
    whose = f"{case.database.stat().st_ino} {case.root}"
    _make(path, whose)
    told = []
    if problem := _problem(path, whose):
        told.append(problem.format(path))
        path.unlink()
        _make(path, whose)
    with closing(connect(path, "rw")) as connection:
        yield Looked(connection, path, told)


def _make(path: Path, whose: str) -> None:
    """Make the database, if it isn't there."""
    doing = f"Making {path}, which remembers what was looked at"
    try:
        make_beside(path)
    except FileExistsError:
        return
    except OSError as error:
        raise StorageError(f"{doing}: {error.strerror}.") from error
    with storage_errors(doing), closing(connect(path, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in (_LOOK, _SAID):
            connection.execute(statement)
        rows = [("whose", whose), ("sum", "0")]
        connection.executemany("INSERT INTO said VALUES (?, ?)", rows)
        connection.execute("COMMIT")


def _problem(path: Path, whose: str) -> str | None:
    """Why what is remembered doesn't count, if it doesn't.

    Raises:
        StorageError: the place where it lies doesn't let it be read.
    """
    try:
        with closing(connect(path, "rw")) as connection:
            said = dict(connection.execute("SELECT name, value FROM said"))
            total = sum(map(_worth, connection.execute(_ROWS))) % _WIDE
            if not all(map(isfinite, _paces(connection).values())):
                return CHANGED
    except (TypeError, ValueError, AttributeError):  # what is no pace
        return CHANGED
    except (StorageError, sqlite3.DatabaseError) as error:
        cause = error.__cause__ if isinstance(error, StorageError) else error
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OF_THE_PLACE:
            raise
        return CHANGED
    if said.get("sum") != str(total):
        return CHANGED
    return None if said.get("whose") == whose else MOVED


def _paces(connection: sqlite3.Connection) -> dict[str, float]:
    said = connection.execute("SELECT name, value FROM said")
    return {
        name.removeprefix(_PACE): float(value) for name, value in said if name.startswith(_PACE)
    }


def _worth(row: tuple[object, ...]) -> int:
    return int.from_bytes(b3(repr(row).encode())[:16], "big")
