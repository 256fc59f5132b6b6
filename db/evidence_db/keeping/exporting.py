"""A case's log written as Parquet, line by line, in one unchanging state."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import FormatError, InputError, StorageError, UncheckedError
from evidence_chain.export import parquet
from evidence_chain.export.parquet import LEVEL, Line
from evidence_db.reading.records import is_typed
from evidence_db.store.files import sync_directory
from evidence_db.store.tables.schema import READABLE
from evidence_db.verifying.queries import Audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from evidence_db.case import Case

NO_PYARROW = (
    "Parquet is written and read by pyarrow, which is not installed: "
    "pip install 'evidence-chain[cluster]'."
)


class Exported(NamedTuple):
    """What was written."""

    entries: int
    size: int
    """Bytes."""


def export_parquet(
    case: Case, to: Path, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Exported:
    """Write the lines of a case's log, with all that opens them, into a new file of its owner's.

    Raises:
        InputError: there is a file, or it can't be made there.
        StorageError: the log is not whole, or can't be read or written.
        UncheckedError: the extra `cluster` is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - is it there?
    except ImportError as error:
        raise UncheckedError(NO_PYARROW) from error
    building = to.with_name(f".{to.name}.{os.getpid()}")
    if os.path.lexists(to):
        raise InputError(f"{to} is there already. Name a file that is not.")
    try:
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(f"{to} can't be made: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            entries = _write(case, file, progress)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        os.link(building, to)
        sync_directory(to.absolute().parent)
    except OSError as error:
        raise StorageError(f"Writing {to}: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            building.unlink()
    return Exported(entries, size)


def _write(case: Case, file: BinaryIO, progress: Callable[[str, int, int], None]) -> int:
    from pyarrow.parquet import ParquetWriter

    with case.reader() as reader:
        audit, size = Audit(reader.connection), reader.size()
        count = audit.count("entry")
        if count != size:
            raise StorageError(
                f"The log has {count:,} entries, and its last is number {size - 1:,}: it is not "
                "whole. Look at it with `evidence verify`; nothing was written."
            )
        columns = parquet.schema(reader.info().origin, size)
        with ParquetWriter(file, columns, **parquet.options()) as writer:
            for start in range(0, size, 1 << LEVEL):
                lines = _lines(audit, start, min(size, start + (1 << LEVEL)))
                try:
                    writer.write_batch(parquet.batch(lines, columns))
                except FormatError as error:
                    raise StorageError(f"{error} Look at it with `evidence verify`.") from error
                progress("entries", min(size, start + (1 << LEVEL)), size)
    return size


def _lines(audit: Audit, start: int, stop: int) -> Iterator[Line]:
    rows, shown = audit.lines(start, stop)
    tables = {idx: table for table in READABLE for idx in _in_table(audit, table, start, stop)}
    for row in rows:
        if not is_typed(row):
            raise StorageError(
                f"Entry {row.idx} holds a value of a foreign type. Look at the case with "
                "`evidence verify`; nothing was written."
            )
        columns, values = shown.get(row.idx, ((), ()))
        yield Line(*row, tables.get(row.idx), dict(zip(columns, values, strict=True)))


def _in_table(audit: Audit, table: str, start: int, stop: int) -> list[int]:
    query = f"SELECT idx FROM {table} WHERE idx >= ? AND idx < ?"  # noqa: S608
    return [idx for (idx,) in audit.connection.execute(query, (start, stop))]
