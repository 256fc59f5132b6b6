"""Making a case: its directory, its tables, and the first entry of its log."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from evidence_chain import kinds
from evidence_chain.errors import InputError, StorageError
from evidence_db.case import DATABASE, FILES, Case
from evidence_db.recording.writer import Writer
from evidence_db.store.connection import connect, storage_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evidence_chain.objects.address import Address
    from evidence_db.reading.records import CaseInfo


def create_case(
    root: Path, info: CaseInfo, recorded_by: str, files_at: Address | None = None
) -> Case:
    """Make a new case in the directory `root`, open to nobody but its owner.

    The database is built under a temporary name, so that a case is there whole or not at all. Its
    title, and when and by whom it was made, is entry 0 of the log (docs/format.md, section 4).

    Args:
        root: The directory.
        info: What the case is called.
        recorded_by: Who makes it.
        files_at: The store that its files are to lie in, if not in the directory.

    Raises:
        InputError: there is a case already.
        StorageError: it can't be written; or the store can't be used, or has a case's files.
    """
    case = Case(root.absolute())
    if os.path.lexists(case.database):
        raise InputError(f"{root} has a case already; nothing was changed.")
    building = case.root / f".{DATABASE}.{os.getpid()}"
    try:
        with _directories(case.root / FILES):
            building.mkdir(mode=0o700)
            try:
                with _claimed(files_at, case.root / FILES, info.origin):
                    _build(Case(building), info, recorded_by, files_at)
                    (building / DATABASE).rename(case.database)
            finally:
                shutil.rmtree(building)
    except OSError as error:
        raise StorageError(f"Making a case in {root} failed: {error.strerror}.") from error
    return case


@contextmanager
def _directories(inmost: Path) -> Iterator[None]:
    """A directory and those above it; what was made of them is taken away again on an error.

    Raises:
        OSError: one can't be made.
    """
    made = [path for path in (inmost, *inmost.parents) if not path.exists()]
    try:
        inmost.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        inmost.mkdir(mode=0o700, exist_ok=True)
        yield
    except BaseException:
        for path in made:
            with suppress(OSError):  # somebody has put something there
                path.rmdir()
        raise


@contextmanager
def _claimed(files_at: Address | None, near: Path, origin: str) -> Iterator[None]:
    """The store is claimed for the case, unless that can't be made after all."""
    if files_at is None:
        yield
        return
    from evidence_db.store.files.objects import ObjectStore

    store = ObjectStore(files_at, near)
    store.claim(origin)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            store.unclaim()
        raise


def _build(case: Case, info: CaseInfo, recorded_by: str, files_at: Address | None) -> None:
    from sqlite_utils import Database

    from evidence_db.store.tables.schema import migrations

    case.database.touch(mode=0o600)
    making = storage_errors(f"Making {case.database}")
    with making, closing(connect(case.database, "rw")) as connection:
        database = Database(connection)
        migrations().apply(database)
        database.table("case_info").insert(
            {"id": 1, "origin": info.origin, "title": info.title, "created_at": info.created_at}
        )
        if files_at is not None:
            database.table("files_at").insert({"id": 1, "address": str(files_at)})
        connection.execute("PRAGMA journal_mode=WAL")
    with Writer(case, recorded_by, clock=lambda: info.created_at) as writer:
        writer.add(kinds.CASE, {"title": info.title})
