"""A proof that travels alone: one entry, and the signed checkpoint that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain import canonical
from evidence_chain.digest import b3
from evidence_chain.edition.checking.asked import Wanted, new_report
from evidence_chain.edition.checking.run import Checked
from evidence_chain.edition.line import Line, parse
from evidence_chain.errors import EvidenceError, FormatError, StorageError
from evidence_chain.log.checkpoint import open_checkpoint
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.log.proof import verify_inclusion
from evidence_chain.log.travelling import HEADER, TravellingProof
from evidence_chain.regular import read_named
from evidence_chain.values import check_fields
from evidence_chain.verify.record import check_commitments, check_entry

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.verify.report import Report

LARGEST = 32 << 20
"""Bytes that a proof may have."""


def is_proof(path: Path) -> bool:
    """Whether a file is, or says that it is, a proof that travels alone."""
    try:
        return read_named(path, len(HEADER)) == HEADER.encode() or path.suffix == ".tlog-proof"
    except OSError:
        return False


def check_proof(path: Path, wanted: Wanted) -> Checked:
    """Check one proof: its entry, what is disclosed of it, its place, and who signed.

    Raises:
        StorageError: it can't be read.
    """
    result = Checked()
    try:
        data = read_named(path, LARGEST + 1)
    except OSError as error:
        raise StorageError(f"The proof {path} can't be read: {error.strerror}.") from error
    try:
        if len(data) > LARGEST:
            raise FormatError(f"A proof has {LARGEST >> 20} MiB at most, and this has more.")
        proof = TravellingProof.parse(data.decode())
        line = parse(proof.extra)
        _check_place(proof, line, wanted, result.report)
        _check_line(proof.index, line, result.report)
    except (EvidenceError, UnicodeDecodeError) as error:
        result.report.fail("proof", str(path), str(error))
    result.report.absent += ["the files and passages that it speaks of", "the rest of the log"]
    return result


def _check_place(proof: TravellingProof, line: Line, wanted: Wanted, report: Report) -> None:
    """The entry stands in the log that the checkpoint signs."""
    checkpoint, is_known = open_checkpoint(proof.note, wanted.key)
    verify_inclusion(
        leaf_hash(line.entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root
    )
    report.hold("proof", "proofs")
    if is_known:
        report.hold("signature", "checkpoints")
    else:
        detail = "Nobody gave the verifier key, so who signed the checkpoint is unknown (--key)."
        report.miss("signature", "checkpoint", detail)


def _check_line(index: int, line: Line, report: Report) -> None:
    """The entry follows the format, and commits to what is disclosed of it."""
    opened = check_entry(index, b3(line.entry).hex(), line.entry, report)
    if opened.entry is None:
        return
    if line.body:
        single = new_report()
        body, salts = canonical.encode(line.body), canonical.encode(line.salts)
        check_commitments(opened, body, salts, None, single)
        single.findings = [one for one in single.findings if one.check == "commitment"]
        report.merge(single)
    for problem in check_fields(opened.entry, opened.values):
        report.fail("rules", opened.id, f"{opened.name}: {problem}")
    withheld = sorted(opened.entry.sealed.keys() - line.body.keys())
    if withheld:
        report.counted[f"withheld: {', '.join(withheld)}"] += 1
