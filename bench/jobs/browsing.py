"""Reading a case in the browser: how long each page takes, and many readers at once.

Datasette answers in this process, as `evidence serve` starts it, so that no network is measured.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from bench.jobs.named import AGAIN, CLAIM, ROW, linked_slug
from bench.jobs.synthetic import kept_stories
from evidence_datasette.serving import served
from evidence_db.case import Case
from evidence_db.publishing.writing.metadata import packaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from datasette.app import Datasette

_PROGRAM = Path(sys.executable).with_name("evidence")
GIVEN = {
    "claim": "{slug}",
    "document": "{artifact_id}",
    "phrase": "asked twice about",
    "after": "",
    "before": "",
}
"""What the parameters of canned queries are given."""


def browse(root: str, records: int, repeats: int) -> dict[str, Any]:
    """Ask for each page so many times, each time another, and all pages by turns.

    Returns:
        `pages`: by name of the page the `median` and `p95` in seconds; `seconds` in all.
    """
    started = time.perf_counter()
    case = Case.open(Path(root))
    datasette = served(case.database)
    pages = dict(_pages(case, records))
    times = asyncio.run(_times(datasette, pages, repeats))
    found = {name: _summary(some) for name, some in times.items()}
    return {"seconds": time.perf_counter() - started, "pages": found}


def _summary(seconds: list[float]) -> dict[str, float]:
    late = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return {"median": median(seconds), "p95": late}


async def _times(
    datasette: Datasette, pages: dict[str, Callable[[int], str]], repeats: int
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(repeats + 1):
        for name, address in pages.items():
            began = time.perf_counter()
            response = await datasette.client.get(address(turn))
            if response.status_code != 200:
                raise ValueError(f"{address(turn)}: {response.status_code} {response.text[:500]}")
            if turn:  # the first one fills caches
                times[name].append(time.perf_counter() - began)
    return times


def _pages(case: Case, records: int) -> Iterator[tuple[str, Callable[[int], str]]]:
    """The address of each page, for any turn."""
    claims = [linked_slug(number) for number in kept_stories(records)]
    Random(4).shuffle(claims)
    slug = lambda turn: claims[turn % len(claims)]  # noqa: E731
    about = {one: _around(case, one) for one in claims}

    def page(path: str) -> Callable[[int], str]:
        return lambda turn: f"/evidence{path}".format(slug=slug(turn), **about[slug(turn)])

    yield ROW, page("/claim/{claim}")
    yield CLAIM, page("/-/claim/{slug}")
    yield AGAIN, page("/-/claim/{slug}")
    yield "record page", page("/-/record/@{passage}")
    yield "document page", page("/-/document/@{artifact}")
    yield "claims page", page("/-/claims?before={claim}")
    yield "claims page, what changed last", page("/-/claims?order=changed&before={claim}")
    yield "claims page, contested", page("/-/claims?status=contested&before={claim}")
    yield "claims page, by words", page("/-/claims?q=supplier+{slug}")
    yield "log page", page("/-/log")
    yield "page of an entry", page("/-/log/{claim}")
    yield "search, rare words", page("/-/search?q={slug}")
    yield "search, common words", page("/-/search?q=the+supplier")
    for name, query in packaged()["databases"]["evidence"]["queries"].items():
        given = "&".join(f"{one}={GIVEN[one]}" for one in query["params"])
        yield f"query: {name.replace('_', ' ')}", page(f"/{name}?{given}")


def _around(case: Case, slug: str) -> dict[str, Any]:
    """A claim's entry, one of the passages that bear on it, and that one's file."""
    with closing(sqlite3.connect(case.database)) as db:
        ((claim,),) = db.execute("SELECT idx FROM claim WHERE slug = ?", (slug,))
        ((passage, artifact, id_),) = db.execute(
            "SELECT evidence.idx, artifact_idx, entry.id FROM link "
            "JOIN evidence ON evidence.idx = from_idx JOIN entry ON entry.idx = artifact_idx "
            "WHERE to_idx = ? LIMIT 1",
            (claim,),
        )
    return {"claim": claim, "passage": passage, "artifact": artifact, "artifact_id": id_}


def readers(root: str, records: int, seconds: float, count: int = 50) -> dict[str, Any]:
    """So many readers on loopback at once, while the command line adds records.

    Returns:
        `asked` pages and `added` records; anything but success on either side is an error.
    """
    asked, added = asyncio.run(_crowd(Case.open(Path(root)), records, seconds, count))
    return {"seconds": seconds, "asked": asked, "added": added}


async def _crowd(case: Case, records: int, seconds: float, count: int) -> tuple[int, int]:
    import httpx

    command = [sys.executable, str(_PROGRAM), "serve", str(case.root), "--no-open", "--port", "0"]
    server = subprocess.Popen([*command, "--quiet"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = await asyncio.to_thread(server.stdout.readline)
        base = address.strip().removesuffix("/evidence/-/claims")
        addresses = [make(turn) for _, make in _pages(case, records) for turn in range(5)]
        end = time.monotonic() + seconds
        limits = httpx.Limits(max_connections=count)
        async with httpx.AsyncClient(base_url=base, limits=limits, timeout=60) as client:
            reading = [_read(client, addresses, end, Random(n)) for n in range(count)]
            added, *asked = await asyncio.gather(asyncio.to_thread(_add, case, end), *reading)
        return sum(asked), added
    finally:
        server.terminate()
        server.wait()


async def _read(client: Any, addresses: list[str], end: float, choice: Random) -> int:
    asked = 0
    while time.monotonic() < end:
        response = await client.get(choice.choice(addresses))
        response.raise_for_status()
        asked += 1
    return asked


def _add(case: Case, end: float) -> int:
    added = 0
    mark = os.getpid()
    while time.monotonic() < end:
        slug = f"added-{mark}-{added}"
        words = ["claim", slug, f"Added meanwhile as {slug}", "--case", str(case.root), "--quiet"]
        subprocess.run([sys.executable, str(_PROGRAM), *words], check=True, capture_output=True)
        added += 1
    return added
