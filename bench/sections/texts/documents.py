"""(g) Documents: reading them, and finding their passages again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import Run, alternating, job
from bench.program import evidence
from bench.results import Finding, Section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.workbench import Workbench

_SECOND = Run(1.0, 0)
_WHY_READING = "Besides the text, every page is asked for text that nobody sees, notes and forms."
_WHY_SECOND = (
    "A process has to start, the file's digest is taken, and the picture of the passage is made."
)


def measure(bench: Workbench) -> Section:
    """Read a PDF, quote it from the command line, and verify passages of many documents."""
    return Section(
        "g",
        "Documents",
        "Reading is measured in one process, without the start of the guarded one. Quoting and "
        "verifying are measured as a person has them.",
        (*_reading(bench), *_quoting(bench), *_verifying(bench)),
    )


def _pdf(bench: Workbench, pages: int) -> tuple[Path, int]:
    """A PDF of so many pages, fewer where this is a small run."""
    pages = max(2, int(pages * bench.share))
    path = bench.directory / f"{pages}-pages.pdf"
    if not path.exists():
        job("texts.pages:make_pdf", path=str(path), pages=pages)
    return path, pages


def _reading(bench: Workbench) -> Iterator[Finding]:
    path, pages = _pdf(bench, 300)
    runs = alternating(
        {
            "bare": lambda: job("texts.pages:read_bare", path=str(path)),
            "ours": lambda: job("texts.pages:read_ours", path=str(path)),
        },
        bench.rounds,
    )
    speed = pages / runs["ours"].seconds
    what, detail = f"read a PDF of {pages:,} pages", f"{speed:,.0f} pages a second"
    yield Finding(
        what, runs["ours"], "bare pypdfium2", runs["bare"], 1.5, _WHY_READING, detail=detail
    )


def _quoting(bench: Workbench) -> Iterator[Finding]:
    aims = {_pdf(bench, 1300): None, _pdf(bench, 300): 1.0}
    for (path, pages), soon in aims.items():
        home = str(bench.directory / f"quoting-{pages}")
        evidence("init", home, "--origin", "bench.example/case")
        yield Finding(
            f"add a PDF of {pages:,} pages",
            evidence("add", "artifact", str(path), "--case", home),
            "a second",
            _SECOND,
        )
        for time, line, aim in (("first", 1, None), ("second", 2, soon)):
            run = evidence(
                *("add", "quote", "--artifact", str(path), "--case", home),
                *("--text", f"{pages}/{line}."),
            )
            what = f"quote its last page for the {time} time, of {pages:,}"
            yield Finding(what, run, "a second", _SECOND, aim, _WHY_SECOND)


def _verifying(bench: Workbench) -> Iterator[Finding]:
    documents, passages = max(2, int(100 * bench.share)), 10
    root = str(bench.directory / "documents")
    job("texts.documents:make_case", root=root, documents=documents, passages=passages)
    runs = alternating(
        {
            "once": lambda: job("texts.documents:draw_each_once", root=root),
            "one": lambda: job("texts.documents:verify_case", root=root, workers=1),
            "all": lambda: job("texts.documents:verify_case", root=root, workers=None),
        },
        1,
    )
    what = f"verify {documents * passages:,} passages of {documents} PDFs"
    floor = "drawing each document's text once"
    yield Finding(f"{what}, with one process", runs["one"], floor, runs["once"])
    yield Finding(f"{what}, on all cores", runs["all"], floor, runs["once"])
