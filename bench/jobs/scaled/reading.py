"""Resolving claims, and their pages, all over a case of millions of records."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.jobs.named import claim_of
from bench.jobs.scaled.making import number_of_stories
from evidence_datasette.serving import served
from evidence_db.case import Case
from evidence_db.reading.references import find_claim
from evidence_db.resolving.resolution import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette.app import Datasette


def resolve_claims(root: str, records: int, repeats: int) -> dict[str, Any]:
    """Find claims by their short names and resolve them, each time another; the median."""
    return {"seconds": median(_resolved(Path(root), slug) for slug in _claims(records, repeats))}


def claim_pages(root: str, records: int, repeats: int) -> dict[str, Any]:
    """Ask for the pages of claims, each for the first time; the median."""
    datasette = served(Case.open(Path(root)).database)
    first, *claims = _claims(records, repeats + 1)
    return {"seconds": median(asyncio.run(_asked(datasette, [first, *claims]))[1:])}


def _claims(records: int, repeats: int) -> Iterator[str]:
    """The short names of claims of stories that lie all over the log."""
    stories = number_of_stories(records)
    return (claim_of(one) for one in Random(9).sample(range(stories), min(stories, repeats)))


def _resolved(root: Path, slug: str) -> float:
    began = time.perf_counter()
    case = Case.open(root)
    with case.reader() as reader:
        resolved = resolve(case, reader, find_claim(reader, slug, case.files).index)
    seconds = time.perf_counter() - began
    found = [one for one in resolved["integrity"]["findings"] if one["check"] != "complete"]
    if found:
        raise ValueError(f"The claim does not resolve: {found[:3]}")
    return seconds


async def _asked(datasette: Datasette, slugs: list[str]) -> list[float]:
    times = []
    for slug in slugs:
        began = time.perf_counter()
        response = await datasette.client.get(f"/evidence/-/claim/{slug}")
        if response.status_code != 200:
            raise ValueError(f"{slug}: {response.status_code} {response.text[:500]}")
        times.append(time.perf_counter() - began)
    return times
