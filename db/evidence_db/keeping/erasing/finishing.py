"""What is done once the log says that records are erased: their files go, and no page keeps them.

The database is rewritten by `VACUUM`, since what was moved or freed in the course of time may stay
on its pages, and the write-ahead log is emptied (docs/adr/0021).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_db.keeping.tidying import unfinished
from evidence_db.recording.writer import Writer
from evidence_db.store.connection import connect, storage_errors
from evidence_db.store.files import sync_directory
from evidence_db.verifying.erasing import read_unfinished
from evidence_db.verifying.named import named_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from evidence_db.case import Case

IN_MEMORY = 256 << 20
"""Bytes of a database up to which it is rewritten without a temporary file elsewhere."""
_PATIENCE = 10_000
"""Milliseconds to wait for those who read an older state."""
_READ = (
    "The records are erased, but somebody still reads an older state of the case, which keeps them "
    "in its directory. End `evidence serve` and what else has it open, and run `evidence erase "
    "--finish`."
)
_ELSE = (
    "The records are erased in the log, but not all that is left of them could be removed: {}. "
    "Mend that, and run `evidence erase --finish`."
)


@contextmanager
def alone(case: Case) -> Iterator[None]:
    """Nobody else erases in a case, or publishes from it, meanwhile.

    Raises:
        StorageError: somebody does.
    """
    descriptor = os.open(case.root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StorageError(
            f"Somebody else erases in the case in {case.root}, or publishes from it. Try again "
            "when that has ended."
        ) from error
    finally:
        os.close(descriptor)


def check_room(case: Case) -> None:
    """There is room on the disk to rewrite the database.

    Raises:
        StorageError: there isn't.
    """
    with storage_errors(f"Reading {case.database}"):
        size = case.database.stat().st_size
    needed, free = 2 * size + (1 << 20), shutil.disk_usage(case.root).free
    if free < needed:
        raise StorageError(
            f"Erasing rewrites the database, for which {needed:,} bytes must be free on the disk, "
            f"and {free:,} are. Nothing was erased; free some space and try again."
        )


def finish(case: Case) -> bool:
    """Complete an erasing that was begun; whether there was one.

    Raises:
        StorageError: it can't be completed now. `verify` says so until it is.
    """
    begun = read_unfinished(case.erasing)
    if begun is None:
        return False
    try:
        with Writer(case, "erase") as writer:
            recorded = begun.is_recorded(writer.reader)
            if recorded:
                named = named_files(writer.reader)
                _remove_files(case, [one for one in begun.files if one not in named])
                for left in unfinished(case, writer.reader):
                    left.remove()
        if recorded:
            _rewrite(case)
        case.erasing.unlink()
        sync_directory(case.root)
    except OSError as error:
        raise StorageError(_ELSE.format(error.strerror or error)) from error
    return recorded


def _remove_files(case: Case, digests: Iterable[str]) -> None:
    """Remove preserved files, and the texts that were drawn from them and kept for speed."""
    for digest in digests:
        case.files.store.remove(digest)
        for path in (case.streams.root / digest[:2]).glob(f"{digest}.*"):
            path.unlink(missing_ok=True)
            _settle(path.parent)


def _settle(directory: Path) -> None:
    """Have it on the disk that names are gone, and remove a directory that holds none."""
    with suppress(FileNotFoundError):
        sync_directory(directory)
    with suppress(OSError):
        directory.rmdir()


def _rewrite(case: Case) -> None:
    """Make each page of the database anew, and empty the write-ahead log.

    Raises:
        StorageError: it can't be done now.
    """
    doing = "Rewriting the database, of which the records are erased"
    with storage_errors(doing), closing(connect(case.database, "rw")) as connection:
        connection.execute(f"PRAGMA busy_timeout={_PATIENCE}")
        connection.execute("PRAGMA secure_delete=ON")
        if os.stat(case.database).st_size <= IN_MEMORY:
            connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("VACUUM")
        ((busy, left, _),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if busy or left > 0:
            raise StorageError(_READ)
