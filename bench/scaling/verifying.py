"""(a) Verifying millions of records, by one machine and by a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import JobFailedError, Run, by_processor
from bench.program import evidence
from bench.results import MEMORY_AIM, Finding, Section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.scaling.kept import Kept

_OVERHEAD = 1.2
"""The most processor time that a cluster should take of what one machine takes."""
_MEMORY = Run(0.0, 300_000_000)
"""The memory that each process may have at most."""
CLUSTER = "--cluster"


def measure(kept: Kept) -> Section:
    """Verify a large and a small case whole; then the large one by two workers of a cluster."""
    findings, missing = list(_local(kept)), list[str]()
    local = findings[0].run
    for what, words in (("local:2", [CLUSTER, "local:2"]), ("local:2 from Parquet", None)):
        try:
            run = _verified(kept, kept.large, *(words or _from_parquet(kept)))
        except JobFailedError as error:
            missing.append(f"verify by {what}: {why(error)}")
            continue
        said = f"verify {kept.large:,} records by {what}"
        findings.append(Finding(said, run, "verifying here", local, _OVERHEAD, detail=_wall(run)))
        findings.append(Finding(said, run, "300 MB", _MEMORY, 1, of_memory=True))
    return Section(
        "a",
        "Verifying millions of records",
        "The whole of `evidence verify`: records, tables, files and passages; from Parquet the "
        "lines of the log alone. The times are processor time of all of its processes, so that "
        "other work on the machine matters less. The peak memory is that of the largest process.",
        tuple(findings),
        not_measured=tuple(missing),
    )


def why(error: JobFailedError) -> str:
    """What a command said that failed, without its words."""
    return " ".join(str(error).split()).rpartition("Error: ")[2]


def _local(kept: Kept) -> Iterator[Finding]:
    small, large = (_verified(kept, records) for records in (kept.small, kept.large))
    what, times = f"verify {kept.large:,} records", kept.large / kept.small
    expected = Run(small.seconds * times, small.peak)
    yield Finding(what, large, f"{times:g} times {kept.small:,}", expected, detail=_wall(large))
    yield Finding(what, large, f"verifying {kept.small:,}", small, MEMORY_AIM, of_memory=True)
    yield Finding(what, large, "300 MB", _MEMORY, 1, of_memory=True)


def _from_parquet(kept: Kept) -> list[str]:
    """The words that have the large case verified from its rows, which are exported before."""
    return ["--rows", str(exported(kept)), CLUSTER, "local:2"]


def exported(kept: Kept) -> Path:
    """The rows of the large case as Parquet, written anew."""
    target = kept.directory / "rows.parquet"
    target.unlink(missing_ok=True)
    evidence("export", "parquet", str(target), "--case", str(kept.case(kept.large)))
    return target


def _verified(kept: Kept, records: int, *words: str) -> Run:
    return by_processor(evidence("verify", "--quiet", "--case", str(kept.case(records)), *words))


def _wall(run: Run) -> str:
    return f"{run.answer['wall'] / 60:.1f} min by the clock"
