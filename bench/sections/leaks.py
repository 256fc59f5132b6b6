"""(m) Searching an edition for what it withholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import job
from bench.results import Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_BYTES, _VALUES = 256 << 20, 10_000
_AIM = 2.0
_WHY = (
    "Each file is read in several charsets, folded, and undone twice in each way; the library's "
    "own scan reads a byte in about the time in which Python translates it once by a table."
)


def measure(bench: Workbench) -> Section:
    """Search text for names in every form, and for as many literals as it is."""
    root = bench.directory / "leaks"
    size = max(1 << 20, int(_BYTES * bench.share))
    values = max(100, int(_VALUES * bench.share))
    job("leaks:make_text", root=str(root), size=size)
    forms = job("leaks:search_forms", root=str(root), values=values)
    bare = job("leaks:search_bare", root=str(root), values=values)
    bench.remove("leaks")
    what = f"{size >> 20} MiB of text for {values:,} names"
    return Section(
        "m",
        "Leaks",
        "A search for names in every form, held against the library's own scan of the same bytes "
        "for as many literals, in one process.",
        (Finding(f"search {what}", forms, "bare scan", bare, _AIM, _WHY),),
    )
