"""(j) Publishing an edition, and checking it."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from bench.measure import Run, alternating, command, job
from bench.results import MEMORY_AIM, Finding, Section
from bench.workbench import PUBLISHED

if TYPE_CHECKING:
    from pathlib import Path

    from bench.workbench import Workbench

_PUBLISH, _CHECK, _WEIGHT = 4.0, 2.5, 6.0
_WHY_WRITTEN = (
    "Two thirds are one process that reads each record, makes its line and salts, and fills a "
    "database; copying its bytes looks at none of them."
)
_WHY_CHECKED = (
    "A third is reading each line and hashing each field, a sixth each the files' two digests, the "
    "database and the passages; all of it keeps all cores busy. Copying looks at no record."
)


def measure(bench: Workbench) -> Section:
    """Publish and check a case, by turns with copying its edition and `b3sum -c` over the copy."""
    records, files, size = PUBLISHED
    share = bench.share
    records, files = max(200, int(records * share)), max(4, int(files * share))
    root, small = bench.directory / "published", bench.directory / "published-small"
    job(
        "editions.publishing:make_published",
        root=str(root),
        records=records,
        files=files,
        size=size,
    )
    few = {"records": max(20, records // 10), "files": max(2, files // 10), "size": size}
    job("editions.publishing:make_published", root=str(small), **few)
    runs = alternating(_tasks(bench, root, "edition"), bench.rounds)
    less = alternating(_tasks(bench, small, "edition-small"), 1)
    weight = job(
        "editions.publishing:weigh", root=str(root), target=str(bench.directory / "edition")
    )
    gate = job("editions.publishing:ask_gate", root=str(root))
    for name in ("published", "published-small", "edition", "edition-small"):
        bench.remove(name)
    what = f"{records:,} records and {files:,} files of {size >> 20} MiB"
    return Section(
        "j",
        "Editions",
        "An edition of a whole case, held against `cp -r` of the edition and `b3sum -c` over the "
        "copy. What the gate asks is counted apart: everything is verified and each file inspected "
        "before anything is written, and all that was written is searched for what is withheld. A "
        "publisher waits for all of it.",
        tuple(_findings(what, runs, less, gate, weight)),
    )


def _tasks(bench: Workbench, root: Path, name: str):
    target, copy = bench.directory / name, bench.directory / f"{name}-copy"
    sums = bench.directory / f"{name}.b3"

    def published() -> Run:
        _clear(target)
        return job("editions.publishing:publish_case", root=str(root), target=str(target))

    def copied() -> Run:
        _clear(copy)
        if not sums.exists():
            listed = 'cd "$1" && find . -type f -exec b3sum {} + > "$2"'
            command(["sh", "-c", listed, "sh", str(target), str(sums)], bench.directory)
        script = 'cp -r "$1" "$2" && cd "$2" && b3sum --quiet -c "$3"'
        words = ["sh", "-c", script, "sh", str(target), str(copy), str(sums)]
        run = command(words, bench.directory)
        _clear(copy)
        return run

    ours = {
        "publish": published,
        "check": partial(job, "editions.publishing:check_edition", target=str(target)),
    }
    return ours | ({"copy": copied} if shutil.which("b3sum") else {})


def _clear(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)


def _written(run: Run) -> Run:
    """What publishing took but for the search, which the gate asks for."""
    return Run(run.seconds, run.answer["written"], run.answer)


def _findings(what, runs, less, gate, weight):
    copy, copied = "cp -r and b3sum -c", runs.get("copy")
    written, small, checked = _written(runs["publish"]), _written(less["publish"]), runs["check"]
    searched = runs["publish"].answer["searched"]
    verified = gate.answer["verified"]
    yield Finding(f"write {what}", written, copy, copied, _PUBLISH, _WHY_WRITTEN)
    yield Finding(f"check {what}", checked, copy, copied, _CHECK, _WHY_CHECKED)
    for part, seconds, most in (
        ("verification", verified, gate.peak),
        ("inspection of the files", gate.seconds - verified, gate.peak),
        ("search for what is withheld", searched, runs["publish"].peak),
        ("all of it", gate.seconds + searched, max(gate.peak, runs["publish"].peak)),
    ):
        yield Finding(f"the gate of {what}: {part}", Run(seconds, most), copy, copied)
    for task, run, other in (
        ("write", written, small),
        ("write and search", runs["publish"], less["publish"]),
        ("check", checked, less["check"]),
    ):
        yield Finding(
            f"{task} {what}",
            run,
            "a tenth of it",
            other,
            MEMORY_AIM,
            "Some hundred bytes of each record are kept, and a kilobyte of each file.",
            of_memory=True,
        )
    sizes = weight.answer
    yield Finding(
        "bytes of the edition, without files and tables for Datasette",
        Run(0.0, sizes["edition"]),
        "canonical bytes of its records",
        Run(0.0, sizes["records"]),
        _WEIGHT,
        "Each entry stands in the log, a tile and a table; each body in the log and a table.",
        of_memory=True,
    )
