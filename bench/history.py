"""Ratios of earlier full runs, a JSON each in `bench/history/`, and what changed since."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from bench.measure import PROJECT
from bench.results import is_loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bench.results import Section
    from bench.workbench import Workbench

Past = dict[str, Any]
"""`at` (RFC 3339, UTC), `commit`, `machine`, `sizes`, and of each of its `sections`, by letter,
`other_work` (a share of all cores, `null` where it is not known) and `ratios` by name."""
FOLDER = PROJECT / "bench" / "history"
SIZES = ("records", "links", "files")
NOTABLE = 0.1
"""The share by which a ratio has to change for it to be told."""
LEAST = 0.01
"""What it has to change by, too: ratios are written to two decimals."""


def commit() -> str:
    """The commit that is measured, with a `+` if files differ from it."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def sizes(bench: Workbench) -> dict[str, Any]:
    """What has to be equal for two runs to be compared, as JSON has it."""
    return {name: json.loads(json.dumps(getattr(bench, name))) for name in SIZES}


def past(sections: Iterable[Section], bench: Workbench, **about: str) -> Past:
    """A run as the history has it; `about` gives `at`, `commit` and `machine`."""
    return {
        **about,
        "sizes": sizes(bench),
        "sections": {
            section.letter: {
                "other_work": section.other_work,
                "ratios": {name: float(f"{ratio:.4g}") for name, ratio in section.ratios.items()},
            }
            for section in sections
        },
    }


def keep(folder: Path, run: Past) -> Path:
    """Write a run down, under a name that sorts by time."""
    time = run["at"].replace(":", "").replace("-", "")
    path = folder / f"{time}-{run['commit']}.json"
    folder.mkdir(exist_ok=True)
    with path.open("x") as file:
        file.write(json.dumps(run, indent=1, ensure_ascii=False) + "\n")
    return path


def newest(folder: Path, bench: Workbench) -> Past | None:
    """The last run of these sizes, if there is one."""
    for path in sorted(folder.glob("*.json"), reverse=True):
        run: Past = json.loads(path.read_text())
        if run["sizes"] == sizes(bench):
            return run
    return None


def changes(before: Past | None, sections: list[Section]) -> Iterator[str]:
    """What `RESULTS.md` says of the ratios that were others in an earlier run."""
    if before is None:
        yield "There is no earlier run of this size to compare with."
        return
    yield (
        f"Since the run of {before['at'][:10]}, of commit {before['commit']}, these ratios "
        f"changed by more than {NOTABLE:.0%}, are new, or are gone:"
    )
    yield ""
    told = [line for section in sections for line in _changes(before, section)]
    yield from told or ["- None."]


def _changes(before: Past, section: Section) -> Iterator[str]:
    there = before["sections"].get(section.letter, {"other_work": None, "ratios": {}})
    was, now = there["ratios"], section.ratios
    loaded = _loaded(there["other_work"], section.other_work)
    for name, ratio in now.items():
        if name not in was:
            yield f"- ({section.letter}) {name}: {ratio:.2f}, new."
        elif abs(ratio - was[name]) > max(NOTABLE * was[name], LEAST):
            changed = f"{was[name]:.2f} → {ratio:.2f}, {ratio / was[name] - 1:+.0%}"
            yield f"- ({section.letter}) {name}: {changed}{loaded}."
    for name in [name for name in was if name not in now]:
        yield f"- ({section.letter}) {name}: was {was[name]:.2f}, gone."


def _loaded(before: float | None, now: float | None) -> str:
    """What makes a change worth less: other work, or that nobody knows of it."""
    runs = (("then", before), ("now", now))
    when = [name for name, share in runs if is_loaded(share)]
    return f" (uncertain, for other work {' and '.join(when)})" if when else ""


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
