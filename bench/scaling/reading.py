"""(b) Resolving a claim, and its page, among millions of records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.jobs.named import claim_of
from bench.measure import Run, alternating, job
from bench.program import evidence
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.scaling.kept import Kept

_AIM = 1.2
_REPEATS = 40
"""Claims of which a process tells the median."""
_WHY = (
    "Whether anything is missing from the log is asked for each claim, and to count a log past its "
    "indexes SQLite reads it from end to end."
)


def measure(kept: Kept) -> Section:
    """Resolve claims with 30 links, and ask for their pages, in a small and a large case."""
    tasks: dict[str, Callable[[int], Run]] = {
        "resolve, as a process": partial(_as_process, kept),
        "resolve, in-process": partial(_job, kept, "resolve_claims"),
        "claim page, for the first time": partial(_job, kept, "claim_pages"),
    }
    return Section(
        "b",
        "Reading a claim",
        "The whole chain of a claim with 30 links, each time another one somewhere in the log.",
        tuple(one for what, task in tasks.items() for one in _compare(kept, what, task)),
    )


def _compare(kept: Kept, what: str, task: Callable[[int], Run]) -> Iterator[Finding]:
    small, large = kept.small, kept.large
    runs = alternating({str(one): partial(task, one) for one in (small, large)}, kept.rounds)
    took, base = runs[str(large)], runs[str(small)]
    what, against = f"{what}, among {large:,}", f"among {small:,}"
    yield Finding(what, took, against, base, _AIM, _WHY)
    yield Finding(what, took, against, base, MEMORY_AIM, of_memory=True)


def _as_process(kept: Kept, records: int) -> Run:
    return evidence("resolve", claim_of(3), "--json", "--case", str(kept.case(records)))


def _job(kept: Kept, name: str, records: int) -> Run:
    root = str(kept.case(records))
    return job(f"scaled.reading:{name}", root=root, records=records, repeats=_REPEATS)
