"""A case: a directory with `evidence.db` and the preserved files beside it."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.errors import InputError, StorageError
from evidence_db.store.connection import connect, storage_errors
from evidence_db.store.files import Files
from evidence_db.store.streams import Streams

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from evidence_chain.extract import TextStream
    from evidence_db.reading.reader import Reader

DATABASE = "evidence.db"
EDITION_NOTE = "edition.note"
"""What lies above the `data` of an edition, and is in no case."""
FILES = "artifacts"
"""The directory that files arrive in, and lie in unless the case names a store for them."""
VARIABLE = "EVIDENCE_CASE"
_UNREAD = ""
"""In the place of an address before anybody has read the database."""
HAS_ADDRESS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'files_at'"
"""Whether a database has the table of the store, which one of an older version hasn't."""


class Case:
    """A case on disk. Opening it reads nothing but the header of its database."""

    def __init__(self, root: Path, edition: Path | None = None) -> None:
        self._edition = edition
        self.root = root
        self.database = root / DATABASE
        self._files_at: str | None = _UNREAD
        self.streams = Streams(root / "streams")
        self.erasing = root / ".erasing.json"
        """What is being erased, as long as it is."""
        self.waits = False
        """Whether somebody waits for all that can be checked, as who publishes it does."""

    def draw(
        self, digest: str, media_type: str, *, keep: bool = True, seconds: float | None = None
    ) -> TextStream:
        """The text of a preserved file, drawn once and kept. Arguments as of `Streams.draw`.

        Raises:
            ExtractionError: its text can't be had.
        """
        if (kept := self.streams.kept(digest, media_type)) is not None:
            return kept
        with self.files.local(digest) as path:
            return self.streams.draw(path, digest, media_type, keep=keep, seconds=seconds)

    @cached_property
    def files(self) -> Files:
        """The preserved files: in the case's directory, or in the store that the case names.

        Raises:
            StorageError: the database can't be read, or what it names is no store.
        """
        near = self.root / FILES
        if self._files_at == _UNREAD and self.database.is_file():
            with self.connected():
                pass
        address = self._files_at or None
        if address is None or self.edition:
            return Files(near)
        from evidence_chain.objects.address import Address
        from evidence_db.store.files.objects import ObjectStore

        try:
            return Files(near, ObjectStore(Address.parse(address), near))
        except InputError as error:
            raise StorageError(
                f"What {self.database} says of where its files lie: {error}"
            ) from error

    @classmethod
    def find(cls, named: Path | None = None) -> Case:
        """Find the case that is meant.

        That is the directory `named`, else the one in `EVIDENCE_CASE`, else the nearest one
        upwards from the working directory.

        Raises:
            InputError: there is no case there.
            StorageError: its database can't be read, or was made by a newer version.
        """
        if given := named or os.environ.get(VARIABLE):
            return cls.open(Path(given))
        here = Path.cwd()
        for directory in (here, *here.parents):
            if any((directory / name).is_file() for name in (DATABASE, EDITION_NOTE)):
                return cls.open(directory)
        raise InputError(
            f"There is no case in {here} or above it. Make one with `evidence init`, or name "
            f"one with --case or {VARIABLE}."
        )

    @classmethod
    def open(cls, root: Path) -> Case:
        """Open the case in `root`, which may also name its database.

        Raises:
            InputError: there is no case there.
            StorageError: its database can't be read, or was made by a newer version.
        """
        case = cls.at(root)
        with case.connected():
            return case

    @classmethod
    def at(cls, root: Path) -> Case:
        """The case in `root`, for those who read it at once: a reader looks at its version.

        Raises:
            InputError: there is no case there.
            StorageError: that can't be told.
        """
        case = cls((root.parent if root.name == DATABASE else root).absolute())
        try:
            if not case.database.is_file() and (root / EDITION_NOTE).is_file():
                case = cls(root.absolute() / "data")
            there = case.database.is_file()
        except OSError as error:
            raise StorageError(f"The case in {root} can't be read: {error.strerror}.") from error
        if not there:
            raise InputError(f"There is no case in {root}: it has no {DATABASE}.")
        return case

    @classmethod
    def unsigned(cls, edition: Path) -> Case:
        """An edition that is being written, and has no note yet that would tell what it is."""
        case = cls(edition.absolute() / "data", edition.absolute())
        case.waits = True
        return case

    @property
    def edition(self) -> Path | None:
        """The edition whose `data` this is; `None` for a newsroom's own case."""
        if self._edition is not None:
            return self._edition
        above = self.root.parent
        return above if (above / EDITION_NOTE).is_file() else None

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """A connection that reads, and the errors of SQLite in words.

        Tables that an older version's case lacks are there, and empty.

        Raises:
            StorageError: the database can't be read, or was made by a newer version.
        """
        from evidence_db.store.tables.older import stand_in

        with (
            storage_errors(f"Reading {self.database}"),
            closing(connect(self.database, "ro" if self.edition is None else "immutable")) as db,
        ):
            self.recognise(db)
            stand_in(db)
            yield db

    def recognise(self, connection: sqlite3.Connection) -> None:
        """Make sure that a connection leads to a case, and see where that has its files.

        Raises:
            StorageError: it is none, or was made by a newer version.
        """
        self._check_version(connection)
        if self._files_at == _UNREAD:
            self._files_at = _address_in(connection)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A reader of one unchanging state of the case."""
        from evidence_db.reading.reader import Reader

        with self.connected() as connection:
            connection.execute("BEGIN")
            yield Reader(connection)

    def _check_version(self, connection: sqlite3.Connection) -> None:
        from evidence_db.store.tables.schema import APPLICATION_ID, SCHEMA_VERSION

        ((application,),) = connection.execute("PRAGMA application_id")
        ((version,),) = connection.execute("PRAGMA user_version")
        if self.edition is not None and not application and not version:
            self._check_browsable(connection)
            return
        if application != APPLICATION_ID:
            raise StorageError(f"{self.database} is not the database of a case.")
        if version > SCHEMA_VERSION:
            raise StorageError(
                f"{self.database} was made by a newer version of this program (schema "
                f"{version}; this one knows {SCHEMA_VERSION}). Upgrade evidence-chain."
            )

    def _check_browsable(self, connection: sqlite3.Connection) -> None:
        """An edition may hold the log alone, without the tables that pages are made from."""
        query = "SELECT 1 FROM sqlite_schema WHERE name = 'case_info'"
        if connection.execute(query).fetchone() is None:
            raise StorageError(
                f"The edition in {self.edition} holds no tables to browse, as some programs write "
                "them. `evidence check` checks it all the same."
            )


def _address_in(connection: sqlite3.Connection) -> str | None:
    """The address of the store that holds the files, if they don't lie in the directory."""
    if connection.execute(HAS_ADDRESS).fetchone() is None:
        return None
    found = connection.execute("SELECT address FROM files_at").fetchone()
    return None if found is None else str(found[0])
