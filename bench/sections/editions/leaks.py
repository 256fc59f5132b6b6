"""(m) Searching an edition for what it withholds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bench.jobs.named import KINDS
from bench.measure import Run, job
from bench.results import Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_BYTES, _VALUES = 80 << 20, 10_000
_AIM = 2.0
_WHY = (
    "Each file is read in several charsets, folded, and undone twice in each way; the library's "
    "own scan reads a byte in about the time in which Python translates it once by a table."
)


def measure(bench: Workbench) -> Section:
    """Search an edition for names in every form, and its bytes for as many literals as it is."""
    root = bench.directory / "leaks"
    size = max(1 << 20, int(_BYTES * bench.share))
    values = max(100, int(_VALUES * bench.share))
    job("editions.leaks:make_edition", root=str(root), size=size)
    asked = {"root": str(root), "values": values}
    forms, bare = (
        job("editions.leaks:search_forms", **asked),
        job("editions.leaks:search_bare", **asked),
    )
    each = {
        kind: [
            job(f"editions.leaks:{name}", **asked, kinds=[kind])
            for name in ("search_forms", "search_bare")
        ]
        for kind in KINDS
    }
    bench.remove("leaks")
    what = f"{bare.answer['size'] >> 20} MiB for {values:,} names"
    return Section(
        "m",
        "Leaks",
        "An edition of several kinds of files searched for names in every form, held against the "
        "library's own scan of the same bytes for as many literals: of the files, and of all that "
        "is packed in them, which lies unpacked beside them for it. Both on all cores. What takes "
        "so many seconds of the processor is counted in all processes; that is what to compare "
        "where the machine has other work. To make ready is to make all forms of all names, and "
        "to compile them; memory is that of the largest process, with what it shares.",
        (
            Finding(f"search {what}", forms, "bare scan", bare, _AIM, _WHY),
            Finding(f"search {what}, of the processor", _worked(forms), "bare scan", _worked(bare)),
            Finding(
                f"make {values:,} names ready", _ready(forms), "compile literals", _ready(bare)
            ),
            *(
                Finding(f"{kind}, of the processor", _worked(ours), "bare scan", _worked(theirs))
                for kind, (ours, theirs) in each.items()
            ),
        ),
    )


def _worked(run: Run) -> Run:
    return replace(run, seconds=run.answer["processor"])


def _ready(run: Run) -> Run:
    return replace(run, seconds=run.answer["ready"])
