"""The rows of an export, stretch by stretch, and what a stretch needs to know of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, StorageError
from evidence_chain.export import parquet
from evidence_chain.export.parquet import LEVEL, Line
from evidence_db.reading.records import Row
from evidence_db.verifying.queries import PLAIN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    import pyarrow
    from pyarrow.parquet import ParquetFile

    from evidence_chain.rules import Place
    from evidence_db.verifying.queries import Shown

LARGEST = 1 << 30
"""Bytes that a row group has at most when it is unpacked."""


@dataclass(frozen=True)
class Beyond:
    """What is to be known of other stretches: small, so that it travels with a task."""

    places: Mapping[str, Place]
    """Where the ids stand that a stretch names; those that are nowhere are left out."""
    erased: Mapping[int, int] = field(default_factory=dict)
    """The first erasure of each of its records that was erased."""


class Rows:
    """One stretch of an export, as `records.check_stretch` asks for it."""

    def __init__(self, path: Path, beyond: Beyond) -> None:
        self._path = path
        self._beyond = beyond

    def lines(self, start: int, stop: int) -> tuple[list[Row], dict[int, Shown]]:
        """The lines `[start, stop)`, which lie in one row group, and what the tables show of them.

        Raises:
            StorageError: the file can't be read, or a line lies in another place than its own.
        """
        group, found = start >> LEVEL, list[Line]()
        with opened(self._path) as file:
            for line in parquet.lines(_group(file, group), PLAIN_COLUMNS):
                if line.idx >> LEVEL != group or (found and line.idx <= found[-1].idx):
                    raise StorageError(f"Entry {line.idx} lies in another place than its own.")
                found.append(line)
        here = [line for line in found if start <= line.idx < stop]
        rows = [Row(*line[:6]) for line in here]
        shown = {
            line.idx: (tuple(line.shown), tuple(line.shown.values()))
            for line in here
            if line.table is not None
        }
        return rows, shown

    def erased(self) -> Mapping[int, int]:
        """The first erasure of each record that was erased."""
        return self._beyond.erased

    def places(self, ids: Iterable[str]) -> dict[str, Place]:
        """Where the entries with these ids stand; ids that are not there are left out."""
        known = self._beyond.places
        return {id_: known[id_] for id_ in ids if id_ in known}

    def places_of(self, ids: Iterable[str], kinds: Mapping[int, str]) -> dict[str, Place]:  # noqa: ARG002
        """The same: all kinds are known already."""
        return self.places(ids)

    def entry_at(self, index: int) -> bytes | None:
        """The entry at an index, whatever it is worth."""
        with opened(self._path) as file:
            rows = _group(file, index >> LEVEL, ["idx", "entry"]).to_pylist()
        return next((row["entry"].encode() for row in rows if row["idx"] == index), None)


def opened(path: Path) -> ParquetFile:
    """Open an export.

    Raises:
        StorageError: it can't be read, or is none.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(path)
        parquet.about(file.schema_arrow)
    except (OSError, pyarrow.ArrowException, EvidenceError) as error:
        raise StorageError(f"The export {path} can't be read: {error}") from error
    return file


def _group(file: ParquetFile, number: int, columns: Collection[str] | None = None) -> pyarrow.Table:
    import pyarrow

    if not 0 <= number < file.metadata.num_row_groups:
        raise StorageError(f"The export has no row group {number}: it was cut short.")
    group = file.metadata.row_group(number)
    if group.num_rows > 1 << LEVEL or group.total_byte_size > LARGEST:
        raise StorageError(f"Row group {number} of the export is larger than any is written.")
    try:
        return file.read_row_group(number, None if columns is None else list(columns))
    except (OSError, pyarrow.ArrowException) as error:
        raise StorageError(f"Row group {number} of the export can't be read: {error}") from error
