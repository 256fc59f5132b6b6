"""A case of many documents with several passages each, and its verification."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from bench.jobs.clock import Stopwatch

_PAGES = 6


def make_case(root: str, documents: int, passages: int) -> dict[str, Any]:
    """A case of PDFs, with so many passages of each."""
    from bench.jobs.texts.pages import make_pdf
    from evidence_chain.extract import extract

    home = Path(root)
    home.mkdir(parents=True)
    case: dict[str, list[dict[str, Any]]] = {"documents": [], "evidence": []}
    for number in range(documents):
        file = home / f"{number}.pdf"
        make_pdf(str(file), _PAGES + number)
        lines = extract(file, "application/pdf").text.splitlines()
        told = [line.strip() for line in lines if line.strip().endswith(".")]
        case["documents"].append({"key": file.name, "file": file.name})
        case["evidence"] += [
            {
                "key": f"{number}-{place}",
                "kind": "quote",
                "document": file.name,
                "text": told[place * len(told) // passages],
            }
            for place in range(passages)
        ]
    (home / "case.json").write_text(json.dumps(case))
    watch = Stopwatch()
    with redirect_stdout(StringIO()):
        _record(home)
    return {"seconds": watch.seconds()}


def _record(home: Path) -> None:
    from evidence_cli.main import main
    from evidence_db.store.keys.key_file import kept_path

    for words in (
        ["init", str(home / "case"), "--origin", "bench.example/case"],
        ["import", str(home / "case.json"), "--case", str(home / "case"), "--quiet", "--first"],
        ["checkpoint", "--case", str(home / "case"), "--quiet"],
    ):
        main.main(words, standalone_mode=False)
    kept_path("bench.example/case").unlink()  # no other case of that name is measured against it


def draw_each_once(root: str) -> dict[str, Any]:
    """Draw the text of every document once, one after the other."""
    from evidence_chain.extract import extract

    watch = Stopwatch()
    for file in sorted(Path(root).glob("*.pdf")):
        extract(file, "application/pdf")
    return {"seconds": watch.seconds()}


def verify_case(root: str, workers: int | None) -> dict[str, Any]:
    """Verify all of it, with so many processes, or with all cores."""
    from evidence_db.case import Case
    from evidence_db.verifying.run import verify
    from evidence_db.verifying.wanted import Wanted

    case = Case.open(Path(root) / "case")
    watch = Stopwatch()
    report = verify(case, Wanted(), workers=workers)
    seconds = watch.seconds()
    if report.counts["failed"]:
        raise AssertionError(report.findings[:3])
    return {"seconds": seconds}
