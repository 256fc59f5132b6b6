"""Seconds and peak memory of a job or a command, each in a process of its own.

This process stays small, because a child's peak begins with what its parent had.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.job import KILOBYTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took."""

    seconds: float
    peak: int
    """Bytes of memory of the largest of its processes."""
    answer: dict[str, Any] = field(default_factory=dict)


class JobFailedError(Exception):
    """A job or command that should have succeeded did not."""


def job(function: str, **arguments: Any) -> Run:
    """Run `MODULE:FUNCTION` of `bench.jobs` as `bench.job` describes."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.job", f"bench.jobs.{function}", json.dumps(arguments)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise JobFailedError(f"The job {function} ended with {done.returncode}.")
    answer = json.loads(done.stdout)
    return Run(answer["seconds"], answer["peak"], answer)


def command(words: Sequence[str], cwd: Path) -> Run:
    """Run a program from its start to its end, its output thrown away."""
    started = time.perf_counter()
    child = subprocess.Popen(words, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with child:
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        complaint = child.stderr.read().decode() if child.stderr else ""
    if child.returncode:
        raise JobFailedError(f"{words} ended with {child.returncode}: {complaint}")
    used = {"processor": usage.ru_utime + usage.ru_stime, "wall": seconds}
    return Run(seconds, usage.ru_maxrss * KILOBYTE, used)


def by_processor(run: Run) -> Run:
    """A run of a command by the processor time of all of its processes, whoever else is busy."""
    return Run(run.answer["processor"], run.peak, run.answer)


def alternating(tasks: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Run]:
    """Run the tasks by turns, so that what disturbs one disturbs all; the median of each.

    A first turn, which fills caches, is not counted where there are several.
    """
    runs: dict[str, list[Run]] = {name: [] for name in tasks}
    for turn in range(rounds + (rounds > 1)):
        for name, task in tasks.items():
            run = task()
            if turn or rounds == 1:
                runs[name].append(run)
    return {name: _middle(some) for name, some in runs.items()}


def _middle(runs: Sequence[Run]) -> Run:
    ordered = sorted(runs, key=lambda run: run.seconds)
    seconds = median(run.seconds for run in runs)
    return Run(seconds, max(run.peak for run in runs), ordered[len(runs) // 2].answer)
