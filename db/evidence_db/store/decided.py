"""Which decisions to withhold there were, kept beside the signing key (docs/adr/0028).

They stand in no log. Who takes one out of the database would have published what it withholds.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import canonical
from evidence_chain.digest import b3
from evidence_chain.errors import KeyFileError
from evidence_chain.regular import read_named
from evidence_db.store.files import sync_directory
from evidence_db.store.keys.key_file import key_path, named_after

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'withholding'"
_ROWS = "SELECT * FROM withholding WHERE idx < ? ORDER BY idx"
_LARGEST = 1 << 16


class Decided(NamedTuple):
    """How many decisions there are, and a digest of all of them."""

    number: int
    digest: str
    """BLAKE3, in hex, of the JCS of their rows."""


def decided(connection: sqlite3.Connection, number: int | None = None) -> Decided:
    """The decisions of a case, or the first ones of them."""
    if connection.execute(THERE).fetchone() is None:
        return _of([])
    most = 1 << 62 if number is None else number
    return _of(connection.execute(_ROWS, (most,)).fetchall())


def _of(rows: list[tuple[int | str | None, ...]]) -> Decided:
    return Decided(len(rows), b3(canonical.encode([list(row) for row in rows])).hex())


def decided_path(origin: str) -> Path:
    """Where they are kept: beside the key, and named after that."""
    return named_after(origin, "withholding")


def kept_decided(origin: str) -> Decided | None:
    """The decisions that were made here; `None` if none was, or the key is that of another log.

    Raises:
        KeyFileError: what is kept can't be read.
    """
    path = decided_path(origin)
    if not os.path.lexists(path):
        return None
    try:
        said = json.loads(read_named(path, _LARGEST))
        kept = Decided(int(said["number"]), str(said["digest"]))
        return kept if said["origin"] == origin else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyFileError(
            f"Which decisions to withhold were made here is kept in {path}, and can't be read: "
            f"{error} Restore it from your backup of the key."
        ) from error


def check_decided(origin: str, connection: sqlite3.Connection) -> Decided | None:
    """The decisions that are kept, if the case still has them, whatever came after.

    Raises:
        KeyFileError: it hasn't, or what is kept can't be read.
    """
    kept = kept_decided(origin)
    if kept is not None and decided(connection, kept.number) != kept:
        raise KeyFileError(
            f"The decisions of this case on what is withheld are not those that were made here: of "
            f"{kept.number:,} some are gone or changed. This is an older copy of the case, or "
            "somebody changed it: go on in the newest, or restore it. If you know why, look at "
            f"`evidence withheld --history`, move {decided_path(origin)} away, and decide anew."
        )
    return kept


def keep_decided(origin: str, connection: sqlite3.Connection) -> None:
    """Keep all decisions of a case beside its key; nowhere, if that is not on this machine.

    Raises:
        KeyFileError: they can't be written, or don't go on from those that are kept.
    """
    if not os.path.lexists(key_path(origin)):
        return
    kept, now = check_decided(origin, connection), decided(connection)
    if now == (kept or _of([])):
        return
    put_decided(origin, now)


def put_decided(origin: str, now: Decided) -> None:
    """Write down which decisions there are, in the place of what was kept.

    Raises:
        KeyFileError: it can't be written.
    """
    path = decided_path(origin)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"origin": origin, **now._asdict()}, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
        sync_directory(path.parent)
    except OSError as error:
        raise KeyFileError(
            f"What is withheld was decided, but can't be kept beside the key, in {path}: "
            f"{error.strerror}. Say the same again when it can: nothing else is changed by that."
        ) from error
