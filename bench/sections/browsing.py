"""(i) Reading a case in the browser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.jobs.named import AGAIN, CLAIM, LINKS, RECORDS_OF_STORY, ROW
from bench.measure import Run, alternating, job
from bench.results import Finding, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.workbench import Workbench

_TURNS = 7
"""How often a process asks for each page in a round, where there are several."""
_WHY_CLAIM = (
    f"All of the {LINKS} links and passages of the claim are checked when it is opened for the "
    "first time: their seals, proofs of inclusion, files and places, some 65 records, each in "
    "Python, and each gets a card of sixty values. It is given again for a minute, while neither "
    "the case nor a file has changed, and read once for all who wait for it."
)
_WHY_LARGER = (
    "The indexes of the database, and the proofs of inclusion, have more levels; pages that were "
    "not read for a while come from the disk."
)


def measure(bench: Workbench) -> Section:
    """Ask for every page of a small and a large case, then by many readers at once."""
    return Section(
        "i",
        "Browsing",
        "Each page as Datasette answers it in one process, without a network: the median, and in "
        "brackets the 95th percentile. To each record there are one and a half links, and "
        f"{LINKS} to each claim. The readers at once are on loopback, and leave no pause.",
        tuple(_measure(bench)),
    )


def _measure(bench: Workbench) -> Iterator[Finding]:
    sizes = sorted({max(RECORDS_OF_STORY, bench.records // part) for part in (100, 1)})
    roots = {size: str(bench.directory / f"linked-{size}") for size in sizes}
    for size, root in roots.items():
        job("importing:import_linked", root=root, records=size)
    turns = bench.turns(_TURNS)
    runs = alternating(
        {
            str(size): partial(job, "browsing:browse", root=root, records=size, repeats=turns)
            for size, root in roots.items()
        },
        1,
    )
    small, large = sizes[0], sizes[-1]
    for size in sizes:
        run = runs[str(size)]
        for page in (CLAIM, AGAIN):
            yield _page(run, page, size, ROW, _of(run, ROW), 3.5, _WHY_CLAIM)
    before, after = runs[str(small)], runs[str(large)]
    for page in after.answer["pages"]:
        yield _page(after, page, large, f"among {small:,}", _of(before, page), 1.5, _WHY_LARGER)
    yield _crowd(bench, roots[large], large)
    for size in sizes:
        bench.remove(f"linked-{size}")


def _of(run: Run, page: str) -> Run:
    return Run(run.answer["pages"][page]["median"], run.peak)


def _page(
    run: Run, page: str, size: int, against: str, other: Run, aim: float, why: str
) -> Finding:
    late = 1000 * run.answer["pages"][page]["p95"]
    what, detail = f"{page}, among {size:,}", f"95 %: {late:,.0f} ms"
    return Finding(what, _of(run, page), against, other, aim, why, detail=detail)


def _crowd(bench: Workbench, root: str, size: int) -> Finding:
    seconds = max(0.5, 60 * bench.share)
    run = job("browsing:readers", root=root, records=size, seconds=seconds)
    asked, added = run.answer["asked"], run.answer["added"]
    rate = f"{asked / seconds:,.0f} a second"
    detail = f"{asked:,} pages, {rate}, while {added:,} records were added; no error"
    given = "the time that they were given"
    return Finding("50 readers at once", run, given, Run(seconds, 0), detail=detail)
