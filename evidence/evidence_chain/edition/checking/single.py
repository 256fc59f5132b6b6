"""A proof that travels alone: one entry, and the signed checkpoint that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.digest import b3
from evidence_chain.edition.checking.attested.quorum import check_quorum, check_witness
from evidence_chain.edition.checking.entries import check_disclosed, is_altered
from evidence_chain.edition.checking.run import Checked
from evidence_chain.edition.checking.seen import read_seen
from evidence_chain.edition.line import Line, parse
from evidence_chain.errors import EvidenceError, FormatError, ProofError, StorageError
from evidence_chain.log.checkpoint import open_checkpoint
from evidence_chain.log.merkle import leaf_hash
from evidence_chain.log.note import SignedNote
from evidence_chain.log.proof import verify_inclusion
from evidence_chain.log.travelling import HEADER, TravellingProof
from evidence_chain.regular import read_named
from evidence_chain.verify.record import check_entry
from evidence_chain.verify.report import Outcome
from evidence_chain.wording.plural import counted

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.edition.checking.asked import Wanted
    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.verify.record import Opened
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
        checkpoint = _check_place(proof, line, wanted, result.report)
        _check_witnesses(proof.note, checkpoint, wanted, result.report)
        opened = _check_line(proof.index, line, result.report)
        _check_seen(wanted, checkpoint, result.report)
        if opened.entry is not None and result.report.outcome is not Outcome.FAILED:
            result.proved = {
                "origin": checkpoint.origin,
                "size": checkpoint.size,
                "index": proof.index,
                "id": opened.id,
                "kind": opened.entry.kind,
                "disclosed": dict(line.body),
            }
    except (EvidenceError, UnicodeDecodeError) as error:
        result.report.fail("proof", str(path), str(error))
    _tell_absent(wanted, result.report)
    return result


def _check_seen(wanted: Wanted, checkpoint: Checkpoint, report: Report) -> None:
    """What was seen is of this log; of another size, one entry can't tell whether it goes on."""
    for name, one in wanted.seen.items():
        try:
            origin, size, root, _ = read_seen(one)
            if origin != checkpoint.origin:
                raise ProofError(f"it is of the log {origin}, and the proof is not.")
            if size == checkpoint.size and root != checkpoint.root:
                raise ProofError("the log that the proof is of has another root at that size.")
        except EvidenceError as error:
            report.fail("seen", name, f"Seen before, {name}: {error}")
            continue
        if size == checkpoint.size:
            report.hold("seen", "seen before")
        else:
            detail = (
                f"Seen before, {name}: it has {counted(size, 'entry')}, and the proof is of a log "
                f"of {checkpoint.size:,}. Whether one goes on from the other, an edition tells."
            )
            report.miss("seen", name, detail)


def _tell_absent(wanted: Wanted, report: Report) -> None:
    """Name what a proof doesn't hold; what was asked for of that is not checked."""
    report.absent += [
        "the files and passages that it speaks of",
        "the rest of the log: whether the record was retracted, replaced or spoken against since",
    ]
    for check, asked, what in (
        ("review", wanted.allowed_signers, "signers of reviews (--allowed-signers)"),
        ("timestamp", wanted.authorities, "authorities of time-stamps (--tsa)"),
    ):
        if asked:
            report.miss(check, "proof", f"Not looked for in a lone proof: {what}. Ask an edition.")
        else:
            report.absent.append(what)
    if not wanted.witnesses and wanted.policy is None:
        report.absent.append("witnesses (--policy, --witness)")
    if not wanted.seen:
        report.absent.append("what was seen before (--seen)")


def _check_place(proof: TravellingProof, line: Line, wanted: Wanted, report: Report) -> Checkpoint:
    """The entry stands in the log that the checkpoint signs."""
    checkpoint, _ = open_checkpoint(proof.note, None)
    checkpoint, is_known = open_checkpoint(proof.note, wanted.key_for(checkpoint.origin))
    verify_inclusion(
        leaf_hash(line.entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root
    )
    report.hold("proof", "proofs")
    if is_known:
        report.hold("signature", "checkpoints")
    else:
        detail = "Nobody gave the verifier key, so who signed the checkpoint is unknown (--key)."
        report.miss("signature", "checkpoint", detail)
    return checkpoint


def _check_witnesses(note: str, checkpoint: Checkpoint, wanted: Wanted, report: Report) -> None:
    """The checkpoint that the proof leads to was seen by whom the user asks for."""
    notes = {checkpoint.size: SignedNote.parse(note)}
    for witness in wanted.witnesses:
        check_witness(witness, notes, report)
    if wanted.policy is not None:
        check_quorum(notes, checkpoint.origin, wanted.policy, report)


def _check_line(index: int, line: Line, report: Report) -> Opened:
    """The entry follows the format, and commits to what is disclosed of it."""
    opened = check_entry(index, b3(line.entry).hex(), line.entry, report)
    if opened.entry is None:
        return opened
    check_disclosed(opened, line, line.encoded(), report)
    if is_altered(opened.values):
        report.counted["passage recorded as altered: its file has other words"] += 1
    withheld = sorted(opened.entry.sealed.keys() - line.body.keys())
    if withheld:
        report.counted[f"withheld: {', '.join(withheld)}"] += 1
    return opened
