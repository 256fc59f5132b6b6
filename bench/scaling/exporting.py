"""(c) The rows of a large case as Parquet."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bench.measure import Run, by_processor
from bench.program import evidence
from bench.results import Finding, Section
from bench.scaling.verifying import offers

if TYPE_CHECKING:
    from pathlib import Path

    from bench.scaling.kept import Kept

_AIM = 0.35
"""The most bytes that the export should take of what the database takes."""


def measure(kept: Kept) -> Section:
    """Export the large case, and compare what that takes on the disk."""
    explanation = "How many bytes `evidence export parquet` writes, and those of the database."
    title = "Exporting to Parquet"
    if not offers("export", "parquet"):
        missing = ("`evidence export parquet`, which this version doesn't have.",)
        return Section("c", title, explanation, (), not_measured=missing)
    case, target = kept.case(kept.large), kept.directory / "parquet"
    shutil.rmtree(target, ignore_errors=True)
    run = by_processor(evidence("export", "parquet", str(target), "--case", str(case)))
    database = (case / "evidence.db").stat().st_size
    sizes = Run(run.seconds, _bytes(target)), Run(0.0, database)
    what = f"export {kept.large:,} records"
    finding = Finding(what, sizes[0], "the database", sizes[1], _AIM, of_memory=True)
    return Section("c", title, f"{explanation} They stand as memory.", (finding,))


def _bytes(target: Path) -> int:
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
