"""(d) Resolving a claim."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.measure import Run, alternating, job
from bench.program import evidence
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.workbench import Workbench

_IN_PROCESS = 9
"""Repetitions of which a process tells the median."""
_WHY = (
    "Unless the log was verified and is the same since, its rows are counted past the indexes, "
    "which could hide that one was taken out; SQLite reads all of the table for that, a third of "
    "a second for a million on a quiet machine. The rest grows by one hash a proof for every "
    "doubling of the log."
)


def measure(bench: Workbench) -> Section:
    """Resolve claims with few and many links in a small, a larger and the largest case."""
    return Section(
        "d",
        "Resolving a claim",
        "The whole chain of a claim, each record with its seals, its proof of inclusion, its "
        "file and its passage, in cases of different sizes.",
        tuple(finding for links in bench.links for finding in _measure(bench, links)),
    )


def _measure(bench: Workbench, links: int) -> Iterator[Finding]:
    def as_process(records: int) -> Run:
        claim = f"claim-with-{links}-links"
        return evidence("resolve", claim, "--json", "--case", bench.case(records))

    def in_process(records: int) -> Run:
        root = bench.case(records)
        return job("resolving:resolve_claim", root=root, links=links, repeats=_IN_PROCESS)

    for records in bench.sizes:
        bench.case(records)  # so that no turn has to make it
    what = f"{links} links"
    yield from _compare(bench.sizes, f"{what}, as a process", as_process, bench.turns(3), 1.1)
    yield from _compare(bench.sizes, f"{what}, in-process", in_process, bench.rounds, 1.7)


def _compare(
    sizes: list[int], what: str, run: Callable[[int], Run], rounds: int, aim: float
) -> Iterator[Finding]:
    smallest, *_, largest = sizes
    runs = alternating({str(size): partial(run, size) for size in sizes}, rounds)
    base, least = runs[str(smallest)], f"among {smallest:,} records"
    for size in sizes[1:]:
        most = aim if size == largest else None
        yield Finding(f"{what}, among {size:,}", runs[str(size)], least, base, most, _WHY)
    yield Finding(
        f"{what}, among {largest:,}", runs[str(largest)], least, base, MEMORY_AIM, of_memory=True
    )
