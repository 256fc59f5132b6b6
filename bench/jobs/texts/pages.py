"""PDFs of invented text, and how fast their pages are read."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from bench.jobs.clock import Stopwatch

_LINES = 46
_WORDS = (
    *("harbour", "camera", "board", "quay", "tender", "supplier", "microphone", "minute"),
    *("clause", "recording", "contract", "northern", "door", "delivery", "statement"),
    *("officer", "report", "meeting", "answer", "question"),
)


def make_pdf(path: str, pages: int) -> dict[str, Any]:
    """Write a PDF of so many pages of text, each with lines that stand nowhere else."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    watch, source = Stopwatch(), Random(pages)
    canvas = Canvas(path, pagesize=A4)
    for page in range(pages):
        text = canvas.beginText(60, 780)
        text.setFont("Helvetica", 10)
        for line in range(_LINES):
            text.textLine(" ".join(words(source, 9)) + f" {page + 1}/{line + 1}.")
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return {"seconds": watch.seconds()}


def words(source: Random, count: int) -> list[str]:
    """So many words, drawn from a few."""
    return source.choices(_WORDS, k=count)


def read_bare(path: str) -> dict[str, Any]:
    """Read every page with pypdfium2 and nothing else."""
    from pypdfium2 import PdfDocument

    watch = Stopwatch()
    with PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
    return {"seconds": watch.seconds()}


def read_ours(path: str) -> dict[str, Any]:
    """Read every page as our extractor does, in this process."""
    from evidence_chain.extract import extractor_for

    extractor = extractor_for("application/pdf")
    with Path(path).open("rb") as file:
        extractor.extract(file)  # the first time imports what it needs
        file.seek(0)
        watch = Stopwatch()
        extractor.extract(file)
    return {"seconds": watch.seconds()}
