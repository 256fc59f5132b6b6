"""Verifying every record, and what that can't do without: its hashes, and reading the rows."""

from __future__ import annotations

import hashlib
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from blake3 import blake3

from bench.jobs.clock import Stopwatch
from evidence_chain.entry import derive_salts
from evidence_chain.spreading.parallel import cores, spread
from evidence_db.case import Case
from evidence_db.verifying.queries import Audit
from evidence_db.verifying.records import Stretch, check_stretch, stretches
from evidence_db.verifying.run import Verification
from evidence_db.verifying.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.reading.records import Row

Span = tuple[int, int]


def verify_records(root: str, workers: int | None = None) -> dict[str, Any]:
    """Steps 3, 5 and 6 of a verification: all that concerns records and not files."""
    case = Case.open(Path(root))
    watch = Stopwatch()
    with case.reader() as reader:
        verification = Verification(case, reader, Wanted(), lambda *_: None, workers)
        verification._check_records({reader.size()})
    seconds = watch.seconds()
    if verification.report.findings:
        raise ValueError(f"The case does not hold: {verification.report.findings[:3]}")
    return {"seconds": seconds}


def check_records(root: str, workers: int | None = None) -> dict[str, Any]:
    """The records alone: entries, ids, tree, rules, commitments and the rows that show them."""
    watch = Stopwatch()
    for stretch in spread(partial(_check_span, Path(root)), _spans(root), workers or cores()):
        if stretch.report.findings:
            raise ValueError(f"The case does not hold: {stretch.report.findings[:3]}")
    return {"seconds": watch.seconds()}


def hash_records(root: str, workers: int | None = None) -> dict[str, Any]:
    """The bare calls of BLAKE3 and SHA-256 over the bytes that verifying hashes.

    Each process counts only the seconds that its calls take, not those of making their input
    ready; the sum is divided by the processes.
    """
    spans = _spans(root)
    workers = min(workers or cores(), len(spans))
    results = list(spread(partial(_hash_span, Path(root)), spans, workers))
    return {
        "seconds": sum(seconds for seconds, _ in results) / workers,
        "calls": sum(calls for _, calls in results),
    }


def read_rows(root: str, workers: int | None = None) -> dict[str, Any]:
    """Read every line of the log with what opens it, and do nothing with it."""
    watch = Stopwatch()
    for _ in spread(partial(_read_span, Path(root)), _spans(root), workers or cores()):
        pass
    return {"seconds": watch.seconds()}


def _spans(root: str) -> list[Span]:
    with Case.open(Path(root)).reader() as reader:
        return stretches(reader.size(), set())


def _check_span(root: Path, span: Span) -> Stretch:
    with Case(root).reader() as reader:
        return check_stretch(Audit(reader.connection), *span)


def _read_span(root: Path, span: Span) -> None:
    with Case(root).reader() as reader:
        reader.rows(*span)


def _hash_span(root: Path, span: Span) -> tuple[float, int]:
    with Case(root).reader() as reader:
        rows = reader.rows(*span)
    seeds = [(row.seed or b"", 32 * len(orjson.loads(row.body or "{}"))) for row in rows]
    entries = [row.entry.encode() for row in rows]
    inputs = [*entries, *(field for row in rows for field in _fields(row))]
    nodes = list(_nodes(entries))
    started = time.perf_counter()
    for seed, length in seeds:
        blake3(seed).digest(length=length)
    for data in inputs:
        blake3(data).digest()
    for node in nodes:
        hashlib.sha256(node).digest()
    seconds = time.perf_counter() - started
    return seconds, len(seeds) + len(inputs) + len(nodes)


def _fields(row: Row) -> Iterable[bytes]:
    """What the commitment to each field of a record is a hash of."""
    values = orjson.loads(row.body or "{}")
    salts = derive_salts(row.seed or b"", values)
    for name, value in values.items():
        parts = name.encode(), orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        framed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        yield salts[name] + framed


def _nodes(entries: Iterable[bytes]) -> Iterable[bytes]:
    """What the leaves, and the nodes above them up to the root, are hashes of."""
    level = [b"\x00" + entry for entry in entries]
    while level:
        yield from level
        hashes = [hashlib.sha256(node).digest() for node in level]
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        level = [b"\x01" + left + right for left, right in pairs]
