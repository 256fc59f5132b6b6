"""Records as a table for spreadsheets: CSV (RFC 4180) in UTF-8."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import click

from evidence_cli.terminal import clean
from evidence_cli.views.records.records import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Record

_FIELDS = (
    *("slug", "statement", "text", "speaker", "date", "language", "clause", "page", "note"),
    *("artifact", "title", "filename", "url", "published", "media_type", "size", "blake3"),
    *("reason", "recorded_at", "recorded_by"),
)
_COLUMNS = (
    "id",
    "entry",
    "kind",
    "counts",
    "relation",
    "from",
    "to",
    "passages",
    "sign_off",
    *_FIELDS,
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def print_table(reader: Reader, records: Iterable[Record]) -> None:
    """Print a row for each record, the names of the columns first.

    What a spreadsheet would take for a formula begins with an apostrophe, so that words of a
    document run nothing.
    """
    click.echo(_row(_COLUMNS), nl=False)
    for record in records:
        line = Line.of(reader, record)
        body = record.body
        of_log = (record.id, record.index, record.kind, "no" if line.ended else "yes")
        joined = (line.ends.get(name) for name in ("relation", "from", "to"))
        said = (body.get(name) for name in _FIELDS)
        click.echo(_row([*of_log, *joined, line.passages, ", ".join(line.doubts), *said]), nl=False)


def _row(cells: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(["" if cell is None else _harmless(str(cell)) for cell in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """A cell as text that no spreadsheet runs and no terminal obeys."""
    plain = "\n".join(map(clean, cell.splitlines()))
    return f"'{plain}" if cell.startswith(_FORMULA) else plain
