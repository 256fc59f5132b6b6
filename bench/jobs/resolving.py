"""Resolving a claim, in a process that has started already."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.jobs.clock import Stopwatch
from bench.jobs.synthetic import slug
from evidence_db.case import Case
from evidence_db.reading.references import find_claim
from evidence_db.resolving.resolution import resolve


def resolve_claim(root: str, links: int, repeats: int) -> dict[str, Any]:
    """Find the claim with so many links by its short name and resolve it; the median."""
    return {"seconds": median(_once(Path(root), links) for _ in range(repeats))}


def _once(root: Path, links: int) -> float:
    watch = Stopwatch()
    case = Case.open(root)
    with case.reader() as reader:
        resolved = resolve(case, reader, find_claim(reader, slug(links), case.files).index)
    seconds = watch.seconds()
    found = [one for one in resolved["integrity"]["findings"] if one["check"] != "complete"]
    if found or len(resolved["chain"]) != links:
        raise ValueError(f"The claim does not resolve: {found[:3]}")
    return seconds
