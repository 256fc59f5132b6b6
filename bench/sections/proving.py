"""(f) Inclusion proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import Run, job
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_LIMIT = Run(0.001, 0)


def measure(bench: Workbench) -> Section:
    """Prove entries of the smallest and of the largest log from the stored tree."""
    smallest, largest = bench.sizes[0], bench.sizes[-1]
    proofs = 100 * bench.rounds
    run, before = (
        job("proving:prove_entries", root=bench.case(size), proofs=proofs)
        for size in (largest, smallest)
    )
    what = f"prove one of {largest:,} entries"
    return Section(
        "f",
        "Inclusion proofs",
        f"A proof put together from the stored tree: the median of {proofs} entries.",
        (
            Finding(
                what,
                run,
                "a limit",
                _LIMIT,
                1.0,
                "Each hash of the proof is a query of its own.",
            ),
            Finding(what, run, f"one of {smallest:,}", before),
            Finding(what, run, f"one of {smallest:,}", before, MEMORY_AIM, of_memory=True),
        ),
    )
