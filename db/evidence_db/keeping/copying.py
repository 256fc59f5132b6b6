"""A copy of a case that is whole, while others read it and record in it."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from blake3 import blake3

from evidence_chain.errors import InputError, StorageError
from evidence_chain.regular import read_named
from evidence_db.case import DATABASE, HAS_ADDRESS
from evidence_db.publishing import earlier, policy
from evidence_db.publishing.writing.folder import built, check_target, left_behind
from evidence_db.reading.attested import cosigned
from evidence_db.store.connection import connect, storage_errors
from evidence_db.store.files import DamagedError
from evidence_db.store.incoming import CHUNK
from evidence_db.verifying.erasing import read_unfinished
from evidence_db.verifying.named import UNFINISHED, named_files

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.store.files import Files

_BESIDE = (policy.FILE, earlier.FILE, earlier.NEXT, cosigned.FILE)
"""What lies in a case beside its database and its files, if it was made."""
_WHAT = "the copy"


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied."""

    origin: str
    entries: int
    files: int
    missing: list[str] = field(default_factory=list)
    """The digests of files that records name and the case doesn't have."""


def copy_case(case: Case, target: Path) -> Copied:
    """Copy one state of a case, whole or not at all. The signing key lies elsewhere, and stays.

    The database is copied from one transaction, what lies in its write-ahead log included.
    Preserved files are only ever added, so that all which it names are there when it was read.
    Those in a store of objects are fetched: they lie beside the database of the copy.

    Raises:
        InputError: nothing can be put there, or the case is an edition.
        StorageError: a preserved file is not intact, something is being erased, or the copy
            can't be written. Nothing is left of it.
    """
    if case.edition is not None:
        raise InputError(f"{case.edition} is an edition, which nobody changes: copy it as it is.")
    if read_unfinished(case.erasing) is not None:
        raise StorageError(f"{UNFINISHED} Nothing was copied.")
    check_target(target, _WHAT)
    left_behind(target)
    with built(target, _WHAT, 0o700) as folder:
        (folder.path / "artifacts").mkdir(mode=0o700)
        with case.reader() as reader:
            info, entries, named = reader.info(), reader.size(), named_files(reader)
            _copy_database(reader.connection, folder.path / DATABASE)
        missing = [
            digest
            for digest, size in sorted(named.items())
            if not _copy_file(case.files, digest, size, folder.path / "artifacts")
        ]
        for name in (*_BESIDE, *_named_by_policy(case.root)):
            _copy_beside(case.root / name, folder.path / name)
    return Copied(info.origin, entries, len(named) - len(missing), missing)


def _copy_database(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the state that a connection reads in its transaction."""
    path.touch(mode=0o600)
    with storage_errors(f"Copying to {path}"), closing(connect(path, "rw")) as copy:
        connection.backup(copy)
        if copy.execute(HAS_ADDRESS).fetchone() is not None:
            copy.execute("DELETE FROM files_at")  # the copy has its files beside it


def _copy_file(files: Files, digest: str, size: int | None, root: Path) -> bool:
    """Copy a preserved file if it is what its name says; whether it is there at all."""
    try:
        file = files.there(digest, size)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StorageError(
            f"The preserved file {digest} can't be read: {error.strerror}. Nothing was copied; "
            "restore it from a copy, and run `evidence verify`."
        ) from error
    (root / digest[:2]).mkdir(mode=0o700, exist_ok=True)
    state = blake3()
    with file, (root / digest[:2] / digest).open("xb") as out:
        os.fchmod(out.fileno(), 0o400)
        while chunk := file.read(CHUNK):
            state.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if state.hexdigest() != digest:
        raise DamagedError(digest)
    return True


def _named_by_policy(root: Path) -> list[str]:
    """The files beside the policy that it names: whose signatures and time-stamps count."""
    try:
        said = policy.read_policy(root)
    except InputError:
        return []  # it is copied as it is, and whoever publishes is told
    named = (said.allowed_signers, said.authority_roots)
    return [one for one in named if one and one == PurePath(one).name and one not in _BESIDE]


def _copy_beside(path: Path, to: Path) -> None:
    try:
        content = read_named(path, earlier.LARGEST)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(f"Copying {path}: {error.strerror}. Nothing was copied.") from error
    to.write_bytes(content)
    to.chmod(0o600)
