"""(h) Matching quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import alternating, job
from bench.results import Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_WHY = "In a short stream the tables of the folds take longer to make than all the rest."


def measure(bench: Workbench) -> Section:
    """Look for quotes in one long stream, of which a fifth has a word too many."""
    size = {"characters": max(20_000, int(10_000_000 * bench.share)), "count": 500}
    runs = alternating(
        {
            "find": lambda: job("texts.matching:find_plainly", **size),
            "ours": lambda: job("texts.matching:match_ours", **size),
            "score": lambda: job("texts.matching:score", **size),
        },
        1,
    )
    ours = runs["ours"]
    what = f"match 500 quotes in {size['characters']:,} characters"
    detail = f"{ours.seconds:.2f} s, {ours.seconds * 2:.2f} ms each"
    return Section(
        "h",
        "Matching quotes",
        "Three fifths of the quotes stand there as they are, a fifth is retyped, and a fifth has a "
        "“not” too many, for which the nearest passage is shown. `str.find` finds the first only; "
        "rapidfuzz is timed on two quotes, and that is taken times 250.",
        (
            Finding(what, ours, "`str.find`", runs["find"], detail=detail),
            Finding(what, ours, "rapidfuzz", runs["score"], 1.0, _WHY, detail=detail),
        ),
    )
