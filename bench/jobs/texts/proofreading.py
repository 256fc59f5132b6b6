"""Articles held against cases of many long documents."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from bench.jobs.clock import Stopwatch
from bench.jobs.texts.matching import stream
from evidence_chain.article import read_bytes
from evidence_db.case import Case
from evidence_db.proofreading import proofread
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.adding import add_artifact
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import Writer
from evidence_db.store.keys.key_file import make_key

_INFO = CaseInfo("bench.example/case", "Long documents", "2026-11-21T00:00:00Z")
_PAGE = 2_500
"""Characters of a page."""
_ARTICLE = "article.txt"
_PARTS = 40
"""Stretches of invented text that documents are put together from, each with words of its own."""


def make(root: str, documents: int, pages: int, quotations: int) -> dict[str, Any]:
    """Make a case of so many documents, and an article that quotes them; a tenth is altered."""
    source = Random(5)
    sentences = stream(_PARTS * pages * _PAGE // 4).split(". ")
    make_key(_INFO.origin)
    case = create_case(Path(root), _INFO, "tester")
    watch, quoted = Stopwatch(), list[str]()
    with Writer(case, recorded_by="bench") as writer:
        for number in range(documents):
            text, size = list[str](), 0
            while size < pages * _PAGE:
                text.append(source.choice(sentences))
                size += len(text[-1]) + 2
            quoted.append(source.choice(text))
            name = f"document {number}.txt"
            whole = f"No. {number}. {'. '.join(text)} – “end”.".encode()
            with case.files.receive_bytes(whole, name) as incoming:
                add_artifact(writer, incoming, name, {})
    chosen = [quoted[number * documents // quotations] for number in range(quotations)]
    said = [
        f"“{quote.replace(' ', ' not ', 1) if number % 10 == 9 else quote},” she said."
        for number, quote in enumerate(chosen)
    ]
    (Path(root) / _ARTICLE).write_text("\n\n".join(said))
    return {"seconds": watch.seconds()}


def ours(root: str) -> dict[str, Any]:
    """Proofread the article, once the letters of all texts are kept."""
    case = Case.open(Path(root))
    data = (Path(root) / _ARTICLE).read_bytes()
    with case.reader() as reader:
        first = Stopwatch()
        proofread(case, reader, read_bytes(data, _ARTICLE), _ARTICLE)
        began = first.seconds()
        watch = Stopwatch()
        proof = proofread(case, reader, read_bytes(data, _ARTICLE), _ARTICLE)
        seconds = watch.seconds()
    return {"seconds": seconds, "first": began, "wrong": len(proof.wrong)}


def find_plainly(root: str) -> dict[str, Any]:
    """`str.find` of each quotation in each text, which is read; a right one ends where it stands.

    Nothing is compared that differs, no fold is known, and nothing is said of a record.
    """
    case = Case.open(Path(root))
    text = (Path(root) / _ARTICLE).read_text()
    quotations = [part.partition(",”")[0][1:] for part in text.split("\n\n")]
    watch = Stopwatch()
    with case.reader() as reader:
        for record in reader.listing("artifact"):
            content = case.files.read(str(record.body["blake3"])).decode()
            for quotation in quotations:
                content.find(quotation)
    return {"seconds": watch.seconds()}
