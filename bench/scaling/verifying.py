"""(a) Verifying millions of records, by one machine and by a cluster."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from bench.measure import Run, by_processor
from bench.program import SCRIPT, evidence
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.scaling.kept import Kept

_OVERHEAD = 1.2
"""The most processor time that a cluster should take of what one machine takes."""
_MEMORY = Run(0.0, 300_000_000)
"""The memory that each process may have at most."""
CLUSTER = "--cluster"


def measure(kept: Kept) -> Section:
    """Verify a large and a small case whole; `verify` is asked for nothing special."""
    findings, missing = list(_local(kept)), list[str]()
    if offers("verify", CLUSTER):
        findings += _cluster(kept, findings[0].run)
    else:
        missing.append(f"`verify {CLUSTER} local:2`, which this version doesn't have.")
        missing.append("the same from Parquet, which this version doesn't have.")
    return Section(
        "a",
        "Verifying millions of records",
        "The whole of `evidence verify`: records, tables, files and passages. The times are "
        "processor time of all of its processes, so that other work on the machine matters less. "
        "The peak memory is that of the largest process.",
        tuple(findings),
        not_measured=tuple(missing),
    )


def offers(command: str, option: str) -> bool:
    """Whether this version's command has an option."""
    words = [sys.executable, str(SCRIPT), command, "--help"]
    return option in subprocess.run(words, capture_output=True, text=True, check=False).stdout


def _local(kept: Kept) -> Iterator[Finding]:
    small, large = (_verified(kept, records) for records in (kept.small, kept.large))
    what, times = f"verify {kept.large:,} records", kept.large / kept.small
    expected = Run(small.seconds * times, small.peak)
    yield Finding(what, large, f"{times:g} times {kept.small:,}", expected, detail=_wall(large))
    yield Finding(what, large, f"verifying {kept.small:,}", small, MEMORY_AIM, of_memory=True)
    yield Finding(what, large, "300 MB", _MEMORY, 1, of_memory=True)


def _cluster(kept: Kept, local: Run) -> Iterator[Finding]:
    for words in (["local:2"],):
        run = _verified(kept, kept.large, CLUSTER, *words)
        what = f"verify {kept.large:,} records by {' '.join(words)}"
        yield Finding(what, run, "verifying here", local, _OVERHEAD, detail=_wall(run))
        yield Finding(what, run, "300 MB", _MEMORY, 1, of_memory=True)


def _verified(kept: Kept, records: int, *words: str) -> Run:
    return by_processor(evidence("verify", "--quiet", "--case", str(kept.case(records)), *words))


def _wall(run: Run) -> str:
    return f"{run.answer['wall'] / 60:.1f} min by the clock"
