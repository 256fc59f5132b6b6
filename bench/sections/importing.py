"""(c) Bulk import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import job
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_WHY = (
    "An import seals every field (a hash each), encodes canonical JSON, checks the rules of the "
    "log and validates every row; the plain inserts do none of it. Of 70 µs for a record, where "
    "the plain inserts take 38 (30,000 records, processor time), the same inserts take 28, since "
    "fifty rows share a statement; sealing takes 15, of which the commitments take 6.5; asking "
    "fields for their types and forms 3.5; validating rows 0.7."
)


def measure(bench: Workbench) -> Section:
    """Import all records in one transaction, against plain inserts of the same rows."""
    smaller, largest = bench.sizes[-2:]
    imported, before = bench.imported(largest), bench.imported(smaller)
    plain = bench.directory / "plain"
    inserted = job("importing:insert_rows", source=bench.case(largest), root=str(plain))
    bench.remove("plain")
    what = f"import {largest:,} records"
    return Section(
        "c",
        "Bulk import",
        "All records in one transaction, from values to a committed log with its tree and "
        "search index. The floor is `executemany` of the same rows, ready in memory, into the "
        "same schema with its indexes and triggers; the database comes to "
        f"{imported.answer['size'] / 1e6:,.0f} MB.",
        (
            Finding(what, imported, "plain inserts of the same rows", inserted, 1.8, _WHY),
            Finding(
                what,
                imported,
                f"importing {smaller:,}",
                before,
                MEMORY_AIM,
                "The page cache of SQLite fills up to its limit first.",
                of_memory=True,
            ),
        ),
    )
