"""(a) Verifying records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.measure import alternating, job
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_WHY = (
    "Besides hashing, the check reads the rows, parses each body, encodes its values again, builds "
    "the entry that they give, looks up every id that is named, and compares the tables with the "
    "log; the whole has SQLite check its pages and indexes, which one process does alone. Of 23 µs "
    "for a record, where the bare hashes take 7.6 (100,000 records, one process): commitments 6.5, "
    "of which 3.0 are hashes; the body parsed and encoded again 3.3; id and leaf 2.5, nearly all "
    "of it hashes; the rows read 2.8; ids that are named looked up 0.8; types of fields 1.3; salts "
    "0.6; the tree 0.7; the row compared 0.8; the entry put together 0.6. "
    "SQLite's own check takes 9 µs more for a record, rows that no entry accounts for 2, the "
    "search index 2."
)


def measure(bench: Workbench) -> Section:
    """Verify all records, against their hashes alone and against reading them."""
    smaller, largest = bench.sizes[-2:]
    root = bench.case(largest)
    names = ("verify_records", "check_records", "hash_records", "read_rows")
    runs = alternating({name: partial(job, f"records:{name}", root=root) for name in names}, 1)
    before = job("records:verify_records", root=bench.case(smaller))
    what = f"verify {largest:,} records"
    verified, checked, hashed, read = (runs[name] for name in names)
    return Section(
        "a",
        "Verifying records",
        "Entries, ids, tree, rules, commitments, tables and search index, on all cores. The "
        f"floor is the {hashed.answer['calls']:,} calls of BLAKE3 and SHA-256 that this takes, "
        "over the same bytes in as many processes, the input of each ready in memory.",
        (
            Finding(
                f"check {largest:,} records alone",
                checked,
                "the bare hash calls",
                hashed,
                3.0,
                _WHY,
            ),
            Finding(what, verified, "the bare hash calls", hashed, 5.0, _WHY),
            Finding(what, verified, "reading the rows", read),
            Finding(
                what,
                verified,
                f"verifying {smaller:,}",
                before,
                MEMORY_AIM,
                "What SQLite keeps while it checks unique ids and the search index grows.",
                of_memory=True,
            ),
        ),
    )
