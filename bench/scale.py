"""`python -m bench.scale --keep DIR`: measure millions of records, and write `SCALE.md`.

The cases are made once and kept in DIR, some 2.2 GB for each million records.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.machine import machine
from bench.measure import PROJECT
from bench.other_work import Others
from bench.results import markdown
from bench.scaling import SECTIONS
from bench.scaling.kept import Kept

LEAST_FREE = 15 << 30


def main() -> None:
    """Make the cases that are missing, and measure what is asked for."""
    options = _options()
    kept = Kept(options.keep.absolute(), options.records, options.small, options.rounds)
    kept.directory.mkdir(parents=True, exist_ok=True)
    _check_space(kept)
    os.environ |= {"EVIDENCE_KEY": f"{kept.directory}/signing.key", "EVIDENCE_BY": "bench"}
    for records in (kept.small, kept.large):
        print(f"A case of {records:,} records …", flush=True)
        kept.case(records)
    began, others, sections = time.perf_counter(), Others(), []
    for letter in options.only:
        own, started = Others(), time.perf_counter()
        print(f"({letter}) …", end=" ", flush=True)
        sections.append(replace(SECTIONS[letter](kept), other_work=own.share()))
        print(f"{sections[-1].title}, {time.perf_counter() - started:.0f} s", flush=True)
    size = f"{kept.large:,} records against {kept.small:,}"
    told = machine(size, others.share())
    options.output.write_text(
        markdown(sections, told, time.perf_counter() - began, written_by="make bench-scale")
    )
    print(f"Written: {options.output}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--keep", type=Path, required=True, help="where the cases are kept")
    parser.add_argument("--records", type=int, default=10_000_000, help="of the larger case")
    parser.add_argument("--small", type=int, default=1_000_000, help="of the smaller one")
    parser.add_argument("--rounds", type=int, default=3, help="repetitions of what is short")
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=list(SECTIONS),
        help="parts to measure, such as a,b",
    )
    parser.add_argument("--output", type=Path, default=PROJECT / "bench" / "SCALE.md")
    options = parser.parse_args()
    if unknown := [letter for letter in options.only if letter not in SECTIONS]:
        parser.error(f"there is no part {unknown[0]!r}, only {', '.join(SECTIONS)}")
    return options


def _check_space(kept: Kept) -> None:
    free = shutil.disk_usage(kept.directory).free
    if free - kept.missing() < LEAST_FREE:
        sys.exit(
            f"The cases need {kept.missing() / 1e9:.1f} GB in {kept.directory}, where "
            f"{free / 1e9:.1f} GB are free, of which {LEAST_FREE / 1e9:.0f} GB stay free. Name "
            "another directory with --keep, or give a smaller --records."
        )


if __name__ == "__main__":
    main()
