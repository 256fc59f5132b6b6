"""(k) Checking an edition in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bench.jobs.named import CHROMIUM
from bench.measure import Run, job
from bench.results import Finding, Section
from bench.workbench import READ

if TYPE_CHECKING:
    from bench.workbench import Workbench

_SECONDS, _TASK = 60.0, 0.1
_WHY = "One worker hashes and compares; where the processors are busy, it waits for its turn."
_WHY_HELD = (
    "The page only draws what its worker tells; where the processors are busy, that waits, too."
)


def measure(bench: Workbench) -> Section:
    """Check an edition with `verify.html` in Chromium, and with `evidence check`."""
    records, files, size = READ
    records, files = max(200, int(records * bench.share)), max(4, int(files * bench.share))
    root, target = str(bench.directory / "read"), str(bench.directory / "read-edition")
    job("editions.publishing:make_published", root=root, records=records, files=files, size=size)
    job("editions.publishing:publish_case", root=root, target=target)
    ours = job("editions.publishing:check_edition", target=target)
    what = f"{records:,} records and {files:,} files of {size >> 20} MiB"
    findings = []
    if Path(CHROMIUM).exists():
        read = job("editions.reading:check_in_browser", target=target)
        findings = [
            Finding(f"check {what} in Chromium", read, "a minute", Run(_SECONDS, 0), 1.0, _WHY),
            Finding(f"check {what} in Chromium", read, "`evidence check`", ours),
            Finding(
                "the longest that the page was held",
                Run(read.answer["longest"], read.peak),
                "a tenth of a second",
                Run(_TASK, 0),
                1.0,
                _WHY_HELD,
            ),
        ]
    for name in ("read", "read-edition"):
        bench.remove(name)
    return Section(
        "k",
        "In a browser",
        "An edition dropped on `verify.html` in Chromium, from a disk and with no network. Memory "
        "is that of the process that drives it.",
        tuple(findings),
    )
