"""What crashes left in a case, found and removed."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from evidence_chain.errors import StorageError
from evidence_chain.verify.report import Outcome
from evidence_db.case import DATABASE
from evidence_db.publishing import earlier
from evidence_db.recording.writer import Writer
from evidence_db.store.files import digest_named
from evidence_db.store.incoming import left_rooms
from evidence_db.store.keys.key_file import key_path
from evidence_db.verifying.named import named_files
from evidence_db.verifying.queries import Audit
from evidence_db.verifying.records import check_stretch, stretches
from evidence_db.verifying.tables.database import check_rows, check_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.store.files import Files


@dataclass(frozen=True, slots=True)
class Left:
    """Something that a crash left."""

    place: str
    """Its path; the address of what lies elsewhere."""
    size: int
    """Bytes of the files in it."""
    remove: Callable[[], None]
    """Removes it. Raises `OSError`."""


def tidy(case: Case, *, remove: bool) -> list[Left]:
    """Find what crashes left of a case, and remove it when told.

    Nobody records meanwhile, so that a file which no record names is one that none will. A log
    that doesn't go on from the newest checkpoint signed here, or whose records don't hold, may
    name other files than it should: there nothing is taken for left.

    Raises:
        ProofError: the log does not go on from what was signed here.
        StorageError: its records don't hold, or something can't be read or removed.
    """
    with Writer(case, "tidy") as writer:
        refuse_damaged(writer.reader)
        try:
            left = [*_unnamed(case.files, writer.reader), *unfinished(case, writer.reader)]
            if remove:
                for one in left:
                    one.remove()
                for shard in case.files.root.glob("??"):
                    with suppress(OSError):
                        shard.rmdir()  # which does nothing to one that holds anything
        except OSError as error:
            raise StorageError(f"Tidying {case.root}: {error.strerror}.") from error
    return left


def refuse_damaged(reader: Reader) -> None:
    """Refuse a case whose records don't hold.

    Raises:
        StorageError: they don't.
    """
    audit = Audit(reader.connection)
    report = check_schema(audit)
    report.merge(check_rows(audit))
    for start, stop in stretches(reader.size(), set()):
        report.merge(check_stretch(audit, start, stop).report)
    if report.counts[Outcome.FAILED] or report.counts[Outcome.NOT_CHECKED]:
        raise StorageError(
            "Nothing was done, because the records of this case don't hold, and may not name the "
            "files that they should. Run `evidence verify`."
        )


def _unnamed(files: Files, reader: Reader) -> Iterator[Left]:
    """Preserved files that no record names: whoever kept them was killed before it recorded."""
    named = named_files(reader)
    for digest in sorted(filter(None, map(digest_named, files.store.list()))):
        if digest not in named:
            remove = partial(files.store.remove, digest)
            yield Left(files.place(digest), files.store.size(digest), remove)


def unfinished(case: Case, reader: Reader) -> Iterator[Left]:
    """What was being written when somebody was killed, under a name that waits for another."""
    key = key_path(reader.info().origin)
    for path in (
        *left_rooms(case.files.root),
        *sorted(case.root.glob(f".{DATABASE}.*")),
        *sorted(case.root.glob(f".{earlier.FILE}.*")),
        *sorted(case.root.glob(f"{case.erasing.name}.*")),
        *sorted(case.streams.root.glob("*/.*")),
        *(sorted(key.parent.glob(f".{key.name}.*")) if key.exists() else ()),
    ):
        yield Left(str(path), _size(path), partial(_remove, path))


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return sum(map(_size, path.iterdir()))
    return path.lstat().st_size


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        os.unlink(path)
