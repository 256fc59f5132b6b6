"""What a verification established of a large database, kept beside the key of its reader.

It counts for those very bytes alone: what the file system says of a file stays the same when an
old copy is put back with its times, or bytes are changed through a memory map.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from evidence_chain.regular import read_named
from evidence_db.store.hashing import digests_apart
from evidence_db.store.keys.key_file import key_path
from evidence_db.verifying.completeness.shared import Shared

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.verify.report import Report
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader

BYTES = 2 << 30
"""Bytes of a database up to which it is compared, which takes a second or so."""
_READ = 1 << 16
_states: Shared[list[str] | None] = Shared()
_OF_THE_LOG = {
    *("entry", "log", "tree-root", "rules", "commitment", "projection", "schema", "coverage"),
}
"""The checks that must not have failed."""


def state_of(case: Case) -> list[str] | None:
    """The digests of a database and its write-ahead log; `None` if that would take too long."""
    log = case.database.with_name(f"{case.database.name}-wal")
    try:
        paths = [path for path in (case.database, log) if path.exists() and path.stat().st_size]
        if sum(path.stat().st_size for path in paths) > BYTES:
            return None
    except OSError:
        return None
    return digests_apart(paths)


def remember(
    case: Case, reader: Reader, checkpoint: Checkpoint, before: list[str], report: Report
) -> None:
    """Keep that a database was found whole, if it was, and is the one that it was `before`."""
    if report.failed & _OF_THE_LOG or not report.held["tree-root", "checkpoints"]:
        return
    if state_of(case) != before:
        return
    path = _path(reader)
    building = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(OSError):  # the next one says *not checked*, then
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(_said(before, checkpoint) | {"entries": reader.size()}, file)
        building.replace(path)


def is_established(case: Case, reader: Reader, checkpoint: Checkpoint) -> bool:
    """Whether the newest verification found the database whole that is there now."""
    try:
        known = json.loads(read_named(_path(reader), _READ))
    except (OSError, ValueError):
        return False
    if not isinstance(known, dict) or known.get("root") != checkpoint.root.hex():
        return False
    if known.pop("entries", size := reader.size()) != size:
        return False  # so the bytes differ, which need not be looked at
    state = _states.read(reader, partial(state_of, case))
    return state is not None and known == _said(state, checkpoint)


def _said(state: list[str], checkpoint: Checkpoint) -> dict[str, Any]:
    return {"database": state, "size": checkpoint.size, "root": checkpoint.root.hex()}


def _path(reader: Reader) -> Path:
    key = key_path(reader.info().origin)
    return key.with_name(f"{key.name}.verified")
