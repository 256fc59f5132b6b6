"""Verifying every record, and what that can't do without: its hashes, and reading the rows."""

from __future__ import annotations

import hashlib
import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blake3 import blake3

from bench.jobs.clock import Stopwatch
from evidence_chain.entry import parse
from evidence_db.case import Case
from evidence_db.parallel import cores, spread
from evidence_db.verifying.records import stretches
from evidence_db.verifying.run import Wanted, _Verification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_db.reading import Row

Span = tuple[int, int]
_SALTS = blake3(derive_key_context="evidence-chain 2026-11-21 v1 field salts")
_COMMITMENT = blake3(derive_key_context="evidence-chain 2026-11-21 v1 field commitment")


def verify_records(root: str, workers: int | None = None) -> dict[str, Any]:
    """Steps 3, 5 and 6 of a verification: all that concerns records and not files."""
    case = Case.open(Path(root))
    watch = Stopwatch()
    with case.reader() as reader:
        verification = _Verification(case, reader, Wanted(), lambda *_: None, workers)
        verification._check_records({reader.size()})
    seconds = watch.seconds()
    if verification.report.findings:
        raise ValueError(f"The case does not hold: {verification.report.findings[:3]}")
    return {"seconds": seconds}


def hash_records(root: str, workers: int | None = None) -> dict[str, Any]:
    """The bare calls of BLAKE3 and SHA-256 over the bytes that verifying hashes.

    Each process counts only the seconds that its calls take, not those of making their input
    ready; the sum is divided by the processes.
    """
    workers = workers or cores()
    results = list(spread(partial(_hash_span, Path(root)), _spans(root), workers))
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


def _read_span(root: Path, span: Span) -> None:
    with Case(root).reader() as reader:
        reader.rows(*span)


def _hash_span(root: Path, span: Span) -> tuple[float, int]:
    with Case(root).reader() as reader:
        rows = reader.rows(*span)
    salts = [(row.seed or b"", 32 * len(json.loads(row.salts or "{}"))) for row in rows]
    fields = [field for row in rows for field in _fields(row)]
    entries = [row.entry.encode() for row in rows]
    nodes = list(_nodes(entries))
    started = time.perf_counter()
    for seed, length in salts:
        state = _SALTS.copy()
        state.update(seed)
        state.digest(length=length)
    for field in fields:
        state = _COMMITMENT.copy()
        state.update(field)
        state.digest()
    for entry in entries:
        blake3(entry).digest()
    for node in nodes:
        hashlib.sha256(node).digest()
    seconds = time.perf_counter() - started
    return seconds, len(salts) + len(fields) + len(entries) + len(nodes)


def _fields(row: Row) -> Iterable[bytes]:
    """What the commitment to each field of a record is a hash of."""
    values, salts = json.loads(row.body or "{}"), json.loads(row.salts or "{}")
    for name in parse(row.entry.encode()).sealed:
        key = name.encode()
        value = json.dumps(values[name], ensure_ascii=False, separators=(",", ":")).encode()
        sizes = len(key).to_bytes(8, "big"), len(value).to_bytes(8, "big")
        yield b"".join((bytes.fromhex(salts[name]), sizes[0], key, sizes[1], value))


def _nodes(entries: Iterable[bytes]) -> Iterable[bytes]:
    """What the leaves, and the nodes above them up to the root, are hashes of."""
    level = [b"\x00" + entry for entry in entries]
    while level:
        yield from level
        hashes = [hashlib.sha256(node).digest() for node in level]
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        level = [b"\x01" + left + right for left, right in pairs]
