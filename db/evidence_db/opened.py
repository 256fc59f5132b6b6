"""A case opened to be read from Python (docs/python.md)."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from evidence_chain.errors import StorageError
from evidence_db.case import Case
from evidence_db.store.connection import connect, storage_error

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.engine import Engine, ExceptionContext
    from sqlmodel import Session

    from evidence_chain.verify.report import Report


class OpenCase:
    """A case that is read, and never written. Close it, or use it in a `with` statement."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the session, if there is one."""
        if session := self.__dict__.pop("session", None):
            session.close()
            session.get_bind().dispose()

    @cached_property
    def session(self) -> Session:
        """A session of SQLModel on a connection that only reads.

        Errors of the database, such as that something was to be written, are `StorageError`.
        """
        from sqlmodel import Session

        return Session(_engine(self._case))

    def resolve(self, claim: str) -> dict[str, Any]:
        """What a claim rests on, checked: what `evidence resolve --json` prints.

        Args:
            claim: Its short name, the beginning of its id, or words of its statement.

        Raises:
            InputError: there is no such claim, or more than one.
            StorageError: the database can't be read.
        """
        from evidence_db.reading.references import find_claim
        from evidence_db.resolving.resolution import resolve

        with self._case.reader() as reader:
            found = find_claim(reader, claim, self._case.files)
            return resolve(self._case, reader, found.index)

    def verify(self, key: str | None = None) -> Report:
        """Check the whole case, as `evidence verify` does.

        Args:
            key: The verifier key of the signer that you expect; else that of your own key.

        Raises:
            FormatError: `key` is no verifier key.
            StorageError: the database can't be read at all.
        """
        from evidence_chain.log.key import VerifierKey
        from evidence_db.verifying.run import verify
        from evidence_db.verifying.wanted import Wanted

        return verify(self._case, Wanted(key=VerifierKey.parse(key) if key else None))


def open_case(path: Path | str) -> OpenCase:
    """Open the case in the directory `path` to be read.

    Raises:
        InputError: there is no case there.
        StorageError: its database can't be read, or was made by another version.
    """
    from evidence_db.store.tables.schema import SCHEMA_VERSION

    case = Case.open(Path(path))
    with case.connected() as connection:
        ((version,),) = connection.execute("PRAGMA user_version")
    if version < SCHEMA_VERSION:
        raise StorageError(
            f"{case.database} was made by an older version of this program. The next command "
            "that records brings its tables up to date; `evidence checkpoint` is one."
        )
    return OpenCase(case)


def _engine(case: Case) -> Engine:
    from sqlalchemy import event
    from sqlalchemy.pool import StaticPool
    from sqlmodel import create_engine

    engine = create_engine(
        "sqlite://", creator=lambda: connect(case.database), poolclass=StaticPool
    )

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, sqlite3.Error):
            raise _told(case, error) from error

    return engine


def _told(case: Case, error: sqlite3.Error) -> StorageError:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
        return StorageError(
            f"{case.database} is only read here, and nothing was written. Record with the "
            "commands of `evidence`, which keep the log."
        )
    return storage_error(f"Reading {case.database}", error)
