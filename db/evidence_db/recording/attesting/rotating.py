"""Changing the key that signs a log (docs/edition.md, section 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from evidence_chain import kinds
from evidence_chain.errors import InputError
from evidence_chain.log.key import SigningKey
from evidence_db.reading.attested.keys import changes
from evidence_db.recording.attesting.signing import key_in_force, sign_checkpoint
from evidence_db.recording.writer import Writer
from evidence_db.store.keys.held import keep_next, retired_path
from evidence_db.store.keys.key_file import load_key
from evidence_db.store.keys.signing_alone import signing_alone

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.log.key import Signer, VerifierKey
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.reading.records import Signed
    from evidence_db.store.keys.agent import AgentKey

_ASKED = b"evidence-chain: does this agent hold the key?\n"
"""What both keys sign before anything depends on them; it is the text of no note."""


class Rotated(NamedTuple):
    """What a change of keys did."""

    previous: VerifierKey
    key: VerifierKey
    retired: Path
    """Where the old key is kept, which signs no more."""
    checkpoint: Signed
    """The first that covers it, signed by both."""


def rotate(case: Case, recorded_by: str, reason: str, agent: AgentKey | None = None) -> Rotated:
    """Let another key sign the log from now on, and sign the change with the old one and it.

    The new key is written first, then the change is recorded, then both sign. Who is killed in
    between has both keys, and `evidence checkpoint` finishes it.

    Args:
        case: The case.
        recorded_by: Who changes it.
        reason: Why; readers are told.
        agent: The key of an agent that is to be the new one; else one is made.

    Raises:
        InputError: a change waits for its checkpoint, the key was one of this log before, or the
            case is an edition.
        KeyFileError: the key in force is not here, or the new one can't be kept.
        ProofError: the log does not go on from its newest checkpoint.
        StorageError: the database can't be written.
    """
    if case.edition is not None:
        raise InputError(f"{case.edition} is an edition; keys are changed in its case.")
    with case.reader() as reader:
        origin = reader.info().origin
        _check_covered(reader)
    sign_checkpoint(case)  # with the old key alone, so that what came before needs no new one
    new: Signer = agent or SigningKey.generate(origin)
    load_key(origin).sign(_ASKED)  # what can't be signed is not begun
    new.sign(_ASKED)
    with signing_alone(origin), Writer(case, recorded_by) as writer:
        old = load_key(origin)  # another command may have changed it since
        _check_covered(writer.reader)
        _check_changeable(writer.reader, old.verifier, new.verifier)
        keep_next(origin, new)  # once nobody needs a key that waits there
        public = {"previous": str(old.verifier), "vkey": str(new.verifier)}
        writer.add(kinds.KEY, {"reason": reason}, public)
    signed = sign_checkpoint(case)
    retired = retired_path(origin, old.verifier)
    return Rotated(old.verifier, new.verifier, retired, signed)


def _check_covered(reader: Reader) -> None:
    """Between two changes of keys there is a checkpoint."""
    stored = reader.checkpoints()
    last = max((index for index, *_ in changes(reader)), default=-1)
    if last >= 0 and (not stored or stored[-1].size <= last):
        raise InputError(
            f"The change of keys in entry {last} waits for its checkpoint. Run `evidence "
            "checkpoint`, then this."
        )


def _check_changeable(reader: Reader, old: VerifierKey, new: VerifierKey) -> None:
    """The old key is in force, and the new one never was."""
    if key_in_force(reader).verifier != old:
        raise InputError("A change of keys isn't finished: run `evidence checkpoint` first.")
    if str(new) in {str(old), *(key for _, *pair in changes(reader) for key in pair)}:
        raise InputError(
            f"The key {new.key_id.hex()} signed this log before, and no key does so twice. Name "
            "another one."
        )
