"""Signing the log as it stands (docs/format.md, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, InputError, ProofError
from evidence_chain.log import checkpoint
from evidence_chain.log.merkle import Frontier
from evidence_db.reading.records import Signed
from evidence_db.recording.writer import Writer
from evidence_db.store.keys import keep_checkpoint, load_key, signed_before, signing_alone
from evidence_db.verifying.log import read_checkpoint

if TYPE_CHECKING:
    from evidence_chain.log.key import VerifierKey
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader


def sign_checkpoint(case: Case) -> Signed:
    """Sign the whole log with the case's key, store the checkpoint, and keep it beside the key.

    It is kept first: who is killed in between has a log that goes on from what is kept. Checkpoints
    that are kept and not in the case, after that or because somebody took them out, are put back.
    A log that has not grown since its newest checkpoint gets no other one.

    Raises:
        KeyFileError: the signing key is missing, or open to others.
        ProofError: the log does not go on from its newest checkpoint, or another key signed
            that one. To sign it would vouch for what was changed.
        InputError: there is nothing in the log yet.
        StorageError: the database can't be written.
    """
    with case.reader() as reader:
        origin = reader.info().origin
    key = load_key(origin)
    with signing_alone(origin), Writer(case, recorded_by=origin) as writer:
        stored = _put_back(writer, origin, key.verifier)
        size, root = writer.head()
        if stored:
            _check_continues(stored[-1], origin, key.verifier, writer.reader)
        if not size:
            raise InputError("There is nothing in the log yet that could be signed.")
        if stored and stored[-1].size == size:
            newest = stored[-1]
        else:
            note = checkpoint.sign(checkpoint.Checkpoint(origin, size, root), key)
            newest = Signed(size, note)
        keep_checkpoint(origin, newest.note, (one.note for one in stored))
        if newest not in stored:
            writer.store_checkpoint(*newest)
    return newest


def _put_back(writer: Writer, origin: str, key: VerifierKey) -> list[Signed]:
    """The checkpoints of the case, the smallest first, with those that are only kept put back."""
    stored = {one.size: one for one in writer.reader.checkpoints()}
    for kept in signed_before(origin):
        if (size := kept.checkpoint.size) not in stored:
            stored[size] = Signed(size, kept.note)
            _check_continues(stored[size], origin, key, writer.reader)
            writer.store_checkpoint(size, kept.note)
    return [stored[size] for size in sorted(stored)]


def _check_continues(newest: Signed, origin: str, key: VerifierKey, reader: Reader) -> None:
    try:
        before, _ = read_checkpoint(newest.note, origin, key, newest.size)
        if before.size > reader.size():
            raise ProofError(f"It covers {before.size} entries; the log has {reader.size()}.")
        if Frontier.at(before.size, reader.hash_at).root() != before.root:
            raise ProofError("The entries that it covers have another root now.")
    except (FormatError, ProofError) as error:
        raise ProofError(
            f"The log is not signed, because it does not go on from its newest checkpoint (size "
            f"{newest.size}): {error} Run `evidence verify`, and restore the case from a copy."
        ) from error
