"""(l) Proofreading an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import alternating, job
from bench.results import Finding, Section

if TYPE_CHECKING:
    from bench.workbench import Workbench

_DOCUMENTS, _PAGES, _QUOTATIONS = 1_000, 100, 200
_AIM = 10.0
_WHY = "In a few short texts the tables of the folds take longer to make than all the rest."


def measure(bench: Workbench) -> Section:
    """Hold an article of 200 quotations against long documents."""
    documents = max(20, int(_DOCUMENTS * bench.share))
    root = str(bench.directory / "long-documents")
    quotations = min(_QUOTATIONS, documents)
    pages = max(5, min(_PAGES, int(_PAGES * bench.share * 10)))
    job(
        "texts.proofreading:make",
        root=root,
        documents=documents,
        pages=pages,
        quotations=quotations,
    )
    runs = alternating(
        {
            "find": lambda: job("texts.proofreading:find_plainly", root=root),
            "ours": lambda: job("texts.proofreading:ours", root=root),
        },
        1,
    )
    bench.remove("long-documents")
    ours = runs["ours"]
    what = f"{quotations} quotations against {documents:,} documents of {pages} pages"
    first = ours.answer.get("first", 0.0)
    detail = f"{ours.seconds:.1f} s; {first:.1f} s the first time, when letters are kept"
    return Section(
        "l",
        "Proofreading an article",
        "A tenth of the quotations has a “not” too many, for which the nearest passage is shown. "
        "`str.find` compares nothing else, and reads the same texts.",
        (Finding(what, ours, "`str.find`", runs["find"], _AIM, _WHY, detail=detail),),
    )
