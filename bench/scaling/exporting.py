"""(c) The rows of a large case as Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import JobFailedError, Run
from bench.results import Finding, Section
from bench.scaling.verifying import exported, why

if TYPE_CHECKING:
    from bench.scaling.kept import Kept

_AIM = 0.35
"""The most bytes that the export should take of what the database takes."""


def measure(kept: Kept) -> Section:
    """Export the large case, and compare what that takes on the disk."""
    title = "Exporting to Parquet"
    explanation = (
        "How many bytes `evidence export parquet` writes, and those of the database. They stand as "
        "memory here."
    )
    database = (kept.case(kept.large) / "evidence.db").stat().st_size
    try:
        written = exported(kept).stat().st_size
    except JobFailedError as error:
        missing = f"the export: {why(error)}"
        return Section("c", title, explanation, (), not_measured=(missing,))
    what = f"export {kept.large:,} records"
    sizes = Run(0.0, written), Run(0.0, database)
    finding = Finding(what, sizes[0], "the database", sizes[1], _AIM, of_memory=True)
    return Section("c", title, explanation, (finding,))
