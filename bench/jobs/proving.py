"""Inclusion proofs from the stored tree."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.jobs.clock import Stopwatch
from evidence_chain.log.checkpoint import open_checkpoint
from evidence_chain.log.proof import inclusion_proof, verify_inclusion
from evidence_db.case import Case

if TYPE_CHECKING:
    from evidence_db.reading.reader import Reader


def prove_entries(root: str, proofs: int) -> dict[str, Any]:
    """Prove entries all over the log; the median."""
    source = Random(2026)
    with Case.open(Path(root)).reader() as reader:
        size = reader.size()
        took = [_once(reader, source.randrange(size), size) for _ in range(proofs)]
    return {"seconds": median(took)}


def _once(reader: Reader, index: int, size: int) -> float:
    watch = Stopwatch()
    proof = inclusion_proof(index, size, reader.hash_at)
    seconds = watch.seconds()
    leaf = reader.hash_at(0, index)
    checkpoint, _ = open_checkpoint(reader.checkpoints()[-1].note, None)
    verify_inclusion(leaf, index, size, proof, checkpoint.root)
    return seconds
