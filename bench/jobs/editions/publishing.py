"""Editions: a case with large files, published and checked; and what its bytes cost to copy."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.job import peak
from bench.jobs.clock import Stopwatch
from bench.jobs.signing import sign
from bench.jobs.synthetic import Document, Story, add_story, document, linked_claims, passage
from evidence_chain.edition.checking.asked import Wanted
from evidence_chain.edition.checking.run import check
from evidence_db.case import Case
from evidence_db.publishing.asking import Request, ask
from evidence_db.publishing.gate.inspecting import RULE as INSPECTED
from evidence_db.publishing.policy import read_policy
from evidence_db.publishing.selection import selection_by
from evidence_db.publishing.writing.edition import KEEPING, SEARCHING, publish
from evidence_db.publishing.writing.order import Order
from evidence_db.reading.records import CaseInfo
from evidence_db.recording.creating import create_case
from evidence_db.recording.writer import Writer
from evidence_db.store.connection import connect
from evidence_db.store.keys.key_file import load_key, make_key
from evidence_db.store.tables.validating import validate
from evidence_db.verifying.published import check_rows

ORIGIN = "bench.example/case"
_INFO = CaseInfo(ORIGIN, "A case with large files", "2026-11-21T00:00:00Z")
_MADE = "2026-11-27T00:00:00Z"


def make_published(root: str, records: int, files: int, size: int) -> dict[str, Any]:
    """Make a case of about so many records over preserved files of `size` bytes each, signed."""
    make_key(_INFO.origin)
    case = create_case(Path(root), _INFO, "bench")
    each = max(1, (records // files - 3) // 2)
    writer = Writer(case, recorded_by="bench")
    writer.validate = validate
    with writer:
        for number in range(files):
            add_story(writer, _story(number, document(number, each, size)))
            _write(case, document(number, each, size))
    sign(case, _INFO.origin)
    return {"seconds": 0.0}


def _story(number: int, one: Document) -> Story:
    passages = [passage(one, 0, place) for place in range(len(one.sentences))]
    return [one.record, *passages, *linked_claims(number, len(passages))]


def _write(case: Case, one: Document) -> None:
    path = case.files.path(one.record.values["blake3"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(one.content)


def ask_gate(root: str) -> dict[str, Any]:
    """What the gate asks before anything is written: everything verified, each file inspected.

    The answer has the seconds of the verification, `verified`, among them.
    """
    watch, told = Stopwatch(), dict[str, float]()

    def progress(what: str, *_: object) -> None:
        told.setdefault(what, watch.seconds())

    asked = ask(Case.open(Path(root)), Request(), progress)
    if unmet := [line for line in asked.unmet if line.rule in ("verified", "inspected")]:
        raise ValueError(f"The gate is shut: {unmet[:3]}")
    return {"seconds": watch.seconds(), "verified": told[INSPECTED]}


def publish_case(root: str, target: str) -> dict[str, Any]:
    """Write an edition of the whole case, which the gate is not asked about.

    What was written is searched for what is withheld, as the gate's last rule has it; the seconds
    of that are `searched`, and no part of `seconds`. `written` is the peak of memory without it.
    """
    case = Case.open(Path(root))
    with case.reader() as reader:
        claims = [record.id for record in reader.listing("claim")]
    from evidence_db.publishing.gate.gate import Line

    gate = [Line("verified", id_, "met") for id_ in claims]
    (case.root / "editions.json").unlink(missing_ok=True)
    policy = read_policy(case.root)
    with case.reader() as reader:
        selection = selection_by(reader, policy)
    watch, told = Stopwatch(), dict[str, tuple[float, int]]()

    def progress(what: str, *_: object) -> None:
        told.setdefault(what, (watch.seconds(), peak()))

    publish(case, Order(Path(target), _MADE, selection, policy, gate), progress)
    (begun, written), (ended, _) = told[SEARCHING], told[KEEPING]
    searched = ended - begun
    return {"seconds": watch.seconds() - searched, "searched": searched, "written": written}


def check_edition(target: str) -> dict[str, Any]:
    """Check it, all of it, as its readers do."""
    key = load_key(_INFO.origin).verifier
    watch = Stopwatch()
    result = check(Path(target), Wanted(key=key), rows=check_rows)
    seconds = watch.seconds()
    if result.report.findings:
        raise ValueError(f"The edition does not hold: {result.report.findings[:3]}")
    return {"seconds": seconds}


def weigh(root: str, target: str) -> dict[str, Any]:
    """Bytes of the edition without its files and its tables for Datasette, and of its records."""
    with closing(connect(Case.open(Path(root)).database)) as connection:
        query = "SELECT sum(length(entry)) + (SELECT sum(length(body)) FROM record) FROM entry"
        ((canonical,),) = connection.execute(query)
    data = Path(target) / "data"
    with closing(connect(data / "evidence.db", "immutable")) as connection:
        names = "('entry', 'record', 'checkpoint', 'timestamp')"
        query = f"SELECT sum(pgsize) FROM dbstat WHERE name IN {names}"
        ((tables,),) = connection.execute(query)
    others = [path for path in data.rglob("*") if path.is_file() and "artifacts" not in path.parts]
    rest = sum(path.stat().st_size for path in others if path.name != "evidence.db")
    return {"seconds": time.get_clock_info("monotonic").resolution} | {
        "edition": rest + tables,
        "records": canonical,
    }
