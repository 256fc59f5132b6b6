"""(b) Verifying preserved files."""

from __future__ import annotations

import shutil
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bench.measure import Run, alternating, command, job
from bench.results import Finding, Section
from bench.workbench import LARGE, MEDIUM, SMALL, Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SETS = ((LARGE, 1.05), (MEDIUM, 0.35), (SMALL, 0.65))
"""Files, and the most time that they should take of what `b3sum -c` takes."""
_BAGIT = 0.25
_LISTS = {"b3sum": "b3.txt", "sha256sum": "manifest-sha256.txt"}
_NAMES = {"b3sum": "b3sum -c", "sha256sum": "sha256sum -c", "bagit": "bagit-python"}
_WHY = {
    "b3sum": (
        "A large file is bound by memory and by the cores, which b3sum uses as well; on small "
        "ones the directory look-ups of the system take most of the time."
    ),
    "bagit": (
        "BLAKE3 gains least over SHA-256 where files are small, or where the processor has "
        "instructions for SHA-256."
    ),
}


def measure(bench: Workbench) -> Section:
    """Verify each set of files, by turns with the peers that are on this machine."""
    return Section(
        "b",
        "Verifying files",
        "The same files, in the page cache, as `verify` checks them and as peers do. "
        "bagit-python and `verify` use as many processes as there are cores.",
        tuple(finding for files, aim in _SETS for finding in _measure(bench, files, aim)),
    )


def _measure(bench: Workbench, files: tuple[int, int], aim: float) -> Iterator[Finding]:
    count, size = bench.scaled(*files)
    what = f"verify {count:,} of {_size(size)}"
    root = bench.directory / f"files-{files[0]}"
    job("files:make_files", root=str(root), count=count, size=size)
    quick = {"verify": partial(job, "files:verify_files", root=str(root), size=size)}
    runs = alternating(quick | _peers(root, "b3sum"), bench.rounds)
    runs |= alternating(_peers(root, "sha256sum", "bagit"), 1)
    bench.remove(root.name)
    for peer, most in (("b3sum", aim), ("sha256sum", None), ("bagit", _BAGIT)):
        yield Finding(what, runs["verify"], _NAMES[peer], runs.get(peer), most, _WHY.get(peer, ""))


def _peers(root: Path, *names: str) -> dict[str, Callable[[], Run]]:
    """How to run those of these peers that are on this machine."""
    tasks: dict[str, Callable[[], Run]] = {}
    for name in names:
        if list_ := _LISTS.get(name):
            if shutil.which(name):
                tasks[name] = partial(command, [name, "-c", "--quiet", list_], root)
        elif find_spec(name):
            tasks[name] = partial(job, "files:verify_bag", root=str(root))
    return tasks


def _size(size: int) -> str:
    for unit, bytes_ in (("GB", 1 << 30), ("MB", 10**6), ("KB", 1000)):
        if size >= bytes_:
            return f"{size / bytes_:g} {unit}"
    return f"{size} bytes"
