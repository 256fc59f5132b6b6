"""Steps 2 to 6 over an export of the log: what its rows say, and nothing of the database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import InputError, StorageError
from evidence_chain.export import parquet
from evidence_chain.export.parquet import LEVEL
from evidence_chain.verify.report import Report
from evidence_db.verifying import records
from evidence_db.verifying.rows.exchange import exchange
from evidence_db.verifying.rows.exported import Beyond, Rows, opened
from evidence_db.verifying.run import Progress, Verification
from evidence_db.verifying.tables import database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from evidence_chain.spreading.spreading import Spreading
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.verifying.rows.exchange import Exchange
    from evidence_db.verifying.wanted import Wanted

ABSENT = (
    "the database itself, from which nothing was read but its checkpoints: its tables, tree and "
    "search index, files, passages, claims (without --rows)"
)


class Span(NamedTuple):
    """A stretch, and what is to be known of the others."""

    start: int
    stop: int
    beyond: Beyond


def verify_rows(
    case: Case,
    rows: Path,
    wanted: Wanted,
    progress: Progress = lambda *_: None,
    by: Spreading | None = None,
) -> Report:
    """Verify a log by an export of it, and the checkpoints of its case.

    Args:
        case: The case that it was exported from.
        rows: The export.
        wanted: Keys, and checkpoints seen before.
        progress: Called as the work goes on.
        by: Who works in place of processes of this machine.

    Raises:
        InputError: it is of another log.
        StorageError: the export, or the case, can't be read at all.
        UncheckedError: the extra `cluster` is not installed.
    """
    with case.reader() as reader, exchange(rows) as others:
        return _OfRows(case, reader, wanted, progress, by, rows, others).run()


class _OfRows(Verification):
    def __init__(
        self,
        case: Case,
        reader: Reader,
        wanted: Wanted,
        progress: Progress,
        by: Spreading | None,
        rows: Path,
        others: Exchange,
    ) -> None:
        super().__init__(case, reader, wanted, progress, None, by)
        self.rows = rows
        self.others = others
        self.size = _size(rows, reader.info().origin)
        self.report.absent = [ABSENT]

    def _check_records(self, sizes: set[int]) -> dict[int, bytes]:
        self.report.merge(database.check_sets(self.others))
        told = partial(self._tell, "records", total=len(records.stretches(self.size, sizes)))
        check = partial(_check_span, self.rows)
        found = list(self.by.in_turn(check, self._spans(sizes), _lost, told))
        return self._join(found, sizes)

    def _spans(self, sizes: set[int]) -> Iterator[Span]:
        spans = iter(records.stretches(self.size, sizes))
        span = next(spans, None)
        for group, beyond in enumerate(self.others.beyond(-(-self.size >> LEVEL))):
            while span is not None and span[0] >> LEVEL == group:
                yield Span(*span, beyond)
                span = next(spans, None)

    def _check_tree(self, nodes: dict[tuple[int, int], bytes]) -> None:
        """There is no stored tree that could be another one."""

    def _steps(self) -> Sequence[Callable[[], None]]:
        return (self._check_keys,)

    def _check_keys(self) -> None:
        """The changes of keys by which checkpoints were judged are those of this log."""
        query = "SELECT idx, entry FROM entry WHERE kind = 'key' ORDER BY idx"
        if self.reader.connection.execute(query).fetchall() != self.others.key_changes():
            said = "The database tells of other changes of keys than the export."
            self.report.fail("succession", "log", said)


def _size(rows: Path, origin: str) -> int:
    with opened(rows) as file:
        found, size = parquet.about(file.schema_arrow)
        count, groups = file.metadata.num_rows, file.metadata.num_row_groups
    if found != origin:
        raise InputError(f"{rows} was exported from {found}, and the case is {origin}.")
    if count > size or size > groups << LEVEL:
        raise StorageError(f"{rows} is not as it says itself: {count:,} lines, not {size:,}.")
    return size


def _check_span(rows: Path, span: Span) -> records.Stretch:
    try:
        lines = Rows(rows, span.beyond)
        stretch, found = records.check_lines(lines, span.start, span.stop)
        records.cover(stretch, found)
    except StorageError as error:
        stretch = records.unread(span.start, span.stop, "no line of them was read")
        stretch.report = Report()
        stretch.report.fail("projection", "export", str(error))
    return stretch


def _lost(span: Span, why: str) -> records.Stretch:
    return records.unread(span.start, span.stop, why)
