"""Whether the log is whole (check `complete`): nothing taken out, turned elsewhere or put in.

A proof of inclusion tells that a record stands in the log, and nothing of what is missing beside
it. So the log is hashed whole, from its rows and past every index, which could hide one. A log of
more than `WHOLE` entries would take too long: there, what `verify` established of the very same
database counts. The pages of a server share one reading of it (`shared`, `counted`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from evidence_chain.errors import KeyFileError
from evidence_chain.log.merkle import Subtrees, leaf_hash
from evidence_db.store.keys.key_file import kept_checkpoint
from evidence_db.verifying.completeness.counted import count_beyond
from evidence_db.verifying.completeness.established import is_established, state_of
from evidence_db.verifying.completeness.shared import Shared
from evidence_db.verifying.queries import INWARD, OUTWARD

if TYPE_CHECKING:
    import sqlite3

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.verify.report import Report
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader

WHOLE = 50_000
"""Entries up to which a log is hashed whole whenever somebody asks: some 0.1 s."""
_LINK = re.compile(
    r'\{"kind":"link","open":\{"from":"([0-9a-f]{64})","relation":"([a-z-]+)","to":"([0-9a-f]{64})"'
)
_OF_RECORD = re.compile(
    r'\{"kind":"(?:retraction|amendment|erasure|review)","open":\{"to":"([0-9a-f]{64})"'
)
_ROWS = "SELECT idx, id, entry FROM entry NOT INDEXED"


@dataclass
class Log:
    """What the rows of a log say, whatever its indexes do."""

    ids: list[str] = field(default_factory=list)
    said: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The links and notices that say something of a record, by its id."""
    leaves: list[bytes] = field(default_factory=list)
    problem: str | None = None
    """Where the entries do not follow each other from 0 on; what comes after is not read."""

    @cached_property
    def _tree(self) -> Subtrees:
        return Subtrees(b"".join(self.leaves))

    def begins_with(self, checkpoint: Checkpoint) -> bool:
        """Whether a checkpoint is of this log, or of a beginning of it."""
        is_there = checkpoint.size <= len(self.leaves)
        return is_there and self._tree.root(checkpoint.size) == checkpoint.root

    def has(self, index: int, id_: str) -> bool:
        """Whether the entry with this id stands there."""
        return 0 <= index < len(self.ids) and self.ids[index] == id_


_logs: Shared[Log] = Shared()
_published: WeakKeyDictionary[Reader, Log] = WeakKeyDictionary()


def read_log(connection: sqlite3.Connection) -> Log:
    """Read a log whole."""
    log = Log()
    for idx, id_, entry in connection.execute(_ROWS):
        if idx != len(log.ids) or not isinstance(entry, str):
            log.problem = _misplaced(idx, len(log.ids))
            break
        log.ids.append(id_)
        log.leaves.append(leaf_hash(entry.encode()))
        if link := _LINK.match(entry):
            from_, relation, to = link.groups()
            if relation in INWARD:
                log.said[to].add(idx)
            if relation in OUTWARD:
                log.said[from_].add(idx)
        elif of := _OF_RECORD.match(entry):
            log.said[of[1]].add(idx)
    return log


def _misplaced(idx: int, expected: int) -> str:
    if idx == expected:
        return f"Entry {idx} is no text."
    if idx < 0:
        return f"Entry {idx} stands before the beginning of the log."
    return f"Entry {expected} is not there, and beyond it stands entry {idx}."


def check_complete(
    case: Case, reader: Reader, checkpoint: Checkpoint | None, report: Report
) -> Log | None:
    """The log is what the newest checkpoint signs, with nothing left out or put in.

    Returns:
        What its rows say; `None` if they were not read.
    """
    if (rows := count_beyond(reader, WHOLE)) is not None:
        _check_large(case, reader, checkpoint, rows, report)
        return None
    log = _log_of(case, reader)
    if log.problem:
        report.fail("complete", "log", log.problem)
    elif checkpoint is None:
        told = "There is no checkpoint to tell what the log must hold."
        if reader.checkpoints():
            told = (
                "Its newest checkpoint can't be believed, so nothing tells what the log must hold."
            )
        report.miss("complete", "log", told)
    elif len(log.leaves) < checkpoint.size:
        there = f"Of {checkpoint.size:,} entries that the newest checkpoint signs"
        report.fail("complete", "log", f"{there}, {len(log.leaves):,} are there.")
    elif not log.begins_with(checkpoint):
        report.fail(
            "complete",
            "log",
            f"The first {checkpoint.size:,} entries are not those that the newest checkpoint "
            "signs: something was left out, put in or changed.",
        )
    elif case.edition is None and not _goes_on_from_kept(reader, log):
        said = "The log does not go on from the newest checkpoint that was signed here."
        report.fail("complete", "log", f"{said} Was an older copy put back?")
    else:
        report.hold("complete", "logs")
    return log


def _log_of(case: Case, reader: Reader) -> Log:
    """A log read whole; that of an edition, which nobody writes to, once for each reader."""
    if case.edition is None or reader.since is not None:
        return _logs.read(reader, partial(read_log, reader.connection))
    if reader not in _published:
        _published[reader] = read_log(reader.connection)
    return _published[reader]


def _goes_on_from_kept(reader: Reader, log: Log) -> bool:
    """Whether the log goes on from the checkpoint that is kept beside the user's key, if any.

    One that can't be read is told by `verify`.
    """
    try:
        kept = kept_checkpoint(reader.info().origin)
    except KeyFileError:
        return True
    if kept is None:
        return True
    return log.begins_with(kept.checkpoint)


def _check_large(
    case: Case, reader: Reader, checkpoint: Checkpoint | None, rows: int, report: Report
) -> None:
    if reader.size() != rows:
        last = reader.size() - 1
        detail = f"Entry {last} stands beyond the end of the log, which has {rows:,} entries."
        report.fail("complete", "log", detail)
    elif checkpoint is not None and is_established(case, reader, checkpoint):
        report.hold("complete", "logs")
    else:
        report.miss(
            "complete", "log", "not checked: whether something was left out; `evidence verify` does"
        )


def watched(case: Case) -> list[str] | None:
    """The state of a database before it is verified, if it is one that is too large to hash."""
    with case.reader() as reader:
        return None if count_beyond(reader, WHOLE) is None else state_of(case)
