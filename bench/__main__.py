"""`python -m bench`: measure, and write `bench/RESULTS.md`; a full run enters `bench/history/`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench import history
from bench.machine import machine, package
from bench.measure import PROJECT
from bench.other_work import Others
from bench.results import Section, markdown
from bench.sections import SECTIONS
from bench.workbench import (
    FULL_LINKS,
    FULL_RECORDS,
    FULL_ROUNDS,
    LARGE,
    MEDIUM,
    PER_LINKED_RECORD,
    PER_RECORD,
    SMALL,
    Workbench,
    least_records,
)


def main() -> None:
    """Run the benchmarks that are asked for."""
    options, commit = _options(), history.commit()
    started, others = time.perf_counter(), Others()
    with tempfile.TemporaryDirectory(prefix="evidence-bench-") as directory:
        _check_space(Path(directory), options)
        os.environ |= _environment(directory)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        bench = Workbench(
            Path(directory), options.records, options.links, options.files, options.rounds
        )
        sections = [_measured(letter, bench) for letter in options.only]
    told = _machine(bench, others.share())
    changes = history.changes(history.newest(options.history, bench), sections)
    text = markdown(sections, told, time.perf_counter() - started, changes)
    options.output.write_text(text)
    print(f"Written: {options.output}")
    if bench.is_full and options.only == list(SECTIONS):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        run = history.past(sections, bench, at=at, commit=commit, machine=told["Machine"])
        print(f"Written: {history.keep(options.history, run)}")


def _measured(letter: str, bench: Workbench) -> Section:
    began, others = time.perf_counter(), Others()
    print(f"({letter}) …", end=" ", flush=True)
    section = replace(SECTIONS[letter](bench), other_work=others.share())
    print(f"{section.title}, {time.perf_counter() - began:.0f} s")
    return section


def _environment(directory: str) -> dict[str, str]:
    """What children need: a key of their own, and compiled modules, as an installation has."""
    return {
        "EVIDENCE_KEY": f"{directory}/signing.key",
        "EVIDENCE_BY": "bench",
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--records", type=int, default=FULL_RECORDS, help="of the largest case")
    parser.add_argument(
        "--links",
        type=lambda text: tuple(map(int, text.split(","))),
        default=FULL_LINKS,
        help="links of the claims that are resolved, such as 30,300",
    )
    parser.add_argument(
        "--files", type=float, default=1.0, help="share of the full number and size of files"
    )
    parser.add_argument(
        "--rounds", type=int, default=FULL_ROUNDS, help="repetitions of what is short"
    )
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=list(SECTIONS),
        help="benchmarks to run, such as a,c",
    )
    parser.add_argument("--output", type=Path, default=PROJECT / "bench" / "RESULTS.md")
    parser.add_argument(
        "--history", type=Path, default=history.FOLDER, help="where full runs are kept"
    )
    options = parser.parse_args()
    if unknown := [letter for letter in options.only if letter not in SECTIONS]:
        parser.error(f"there is no benchmark {unknown[0]!r}, only {', '.join(SECTIONS)}")
    least = 10 * least_records(options.links)
    if options.records < least:
        parser.error(f"claims with that many links take a case of {least:,} records or more")
    return options


def _check_space(directory: Path, options: argparse.Namespace) -> None:
    needed = PER_RECORD * options.records
    if "b" in options.only:
        needed += int(max(count * size for count, size in (LARGE, MEDIUM, SMALL)) * options.files)
    if "i" in options.only:
        needed += PER_LINKED_RECORD * options.records
    free = shutil.disk_usage(directory).free
    if free < needed:
        sys.exit(
            f"This needs up to {needed / 1e9:.1f} GB in {directory.parent}, and "
            f"{free / 1e9:.1f} GB are free. "
            "Set TMPDIR to another directory, or give a smaller --records or --files."
        )


def _machine(bench: Workbench, other_work: float | None) -> dict[str, str]:
    smaller = "" if bench.is_full else " (smaller than what the aims are meant for)"
    size = f"{bench.records:,} records, {bench.files:g} of the files{smaller}"
    peers = [*map(_program, ("b3sum", "sha256sum"))]
    peers += map(package, ("bagit", "pypdfium2", "rapidfuzz"))
    return machine(size, other_work) | {"Peers": ", ".join(peers)}


def _program(name: str) -> str:
    if not shutil.which(name):
        return f"{name} (missing)"
    said = subprocess.run([name, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[0]


if __name__ == "__main__":
    main()
