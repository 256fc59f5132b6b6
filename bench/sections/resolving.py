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

_AIMS = {"as a process": 1.1, "in-process": 1.7}
_IN_PROCESS = 7
_WHY = (
    "Each inclusion proof has one hash more for every doubling of the log, and the indexes of "
    "the database one level more for every few hundredfold."
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
    ways: dict[str, Callable[[int], Run]] = {
        "as a process": lambda size: evidence(
            "resolve", f"claim-with-{links}-links", "--json", "--case", bench.case(size)
        ),
        "in-process": lambda size: job(
            "resolving:resolve_claim", root=bench.case(size), links=links, repeats=_IN_PROCESS
        ),
    }
    for way, run in ways.items():
        yield from _compare(bench, f"{links} links, {way}", run, _AIMS[way])


def _compare(
    bench: Workbench, what: str, run: Callable[[int], Run], aim: float
) -> Iterator[Finding]:
    smallest, *_, largest = bench.sizes
    for size in bench.sizes:
        bench.case(size)  # so that no turn has to make it
    tasks = {str(size): partial(run, size) for size in bench.sizes}
    runs = alternating(tasks, 3 * bench.rounds)
    base, least = runs[str(smallest)], f"among {smallest:,} records"
    for size in bench.sizes[1:]:
        most = aim if size == largest else None
        yield Finding(f"{what}, among {size:,}", runs[str(size)], least, base, most, _WHY)
    yield Finding(
        f"{what}, among {largest:,}", runs[str(largest)], least, base, MEMORY_AIM, of_memory=True
    )
