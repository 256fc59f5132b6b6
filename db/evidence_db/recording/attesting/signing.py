"""Signing the log as it stands (docs/format.md, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_chain.errors import FormatError, InputError, ProofError
from evidence_chain.log import checkpoint
from evidence_chain.log.merkle import Frontier
from evidence_chain.log.succession import Succession
from evidence_db.reading.attested.keys import LogKeys, changes
from evidence_db.reading.records import Signed
from evidence_db.recording.writer import Writer
from evidence_db.store.keys.held import adopt, settle, signing_keys
from evidence_db.store.keys.key_file import keep_checkpoint, load_key, signed_before
from evidence_db.store.keys.signing_alone import signing_alone
from evidence_db.verifying.log import read_checkpoint

if TYPE_CHECKING:
    from evidence_chain.log.key import Signer, VerifierKey
    from evidence_db.case import Case
    from evidence_db.reading.reader import Reader
    from evidence_db.store.keys.agent import AgentKey


def sign_checkpoint(case: Case) -> Signed:
    """Sign the whole log with the case's key, store the checkpoint, and keep it beside the key.

    It is kept first: who is killed in between has a log that goes on from what is kept. Checkpoints
    that are kept and not in the case, after that or because somebody took them out, are put back.
    A log that has not grown since its newest checkpoint gets no other one. The first that covers a
    change of keys is signed by both, and finishes it.

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
    with signing_alone(origin):
        with Writer(case, recorded_by=origin) as writer:
            keys = _keys(writer.reader, origin, key.verifier)
            stored = _put_back(writer, origin, key.verifier)
            size, root = writer.head()
            if stored:
                _check_continues(stored[-1], key.verifier, writer.reader)
            if not size:
                raise InputError("There is nothing in the log yet that could be signed.")
            if stored and stored[-1].size == size:
                newest = stored[-1]
            else:
                signers = _signers(keys, origin, [one.size for one in stored], size)
                note = checkpoint.sign(checkpoint.Checkpoint(origin, size, root), *signers)
                newest = Signed(size, note)
            keep_checkpoint(origin, newest.note, (one.note for one in stored))
            if newest not in stored:
                writer.store_checkpoint(*newest)
        if in_force := keys.in_force(size):
            settle(origin, in_force)
    return newest


def key_in_force(reader: Reader) -> Signer:
    """The key that signs a log as it stands.

    Raises:
        KeyFileError: it is not here, or unusable.
    """
    origin = reader.info().origin
    own = load_key(origin)
    in_force = _keys(reader, origin, own.verifier).in_force(reader.size())
    (key,) = signing_keys(origin, [in_force or own.verifier])
    return key


def use_agent(case: Case, key: AgentKey) -> None:
    """Let an agent's key sign a case of which no key is here, and be it from now on.

    Raises:
        InputError: the case is signed with another key.
        KeyFileError: it can't be kept which key signs.
    """
    with case.reader() as reader:
        origin, stored = reader.info().origin, reader.checkpoints()
        if stored:
            _check_continues(stored[-1], key.verifier, reader)
        in_force = _keys(reader, origin, key.verifier).in_force(reader.size())
    if in_force != key.verifier:
        raise InputError(f"The agent's key signed {origin} once, and was rotated away.")
    adopt(origin, key)


def _keys(reader: Reader, origin: str, own: VerifierKey) -> Succession:
    """All keys of the log, those whose change no checkpoint covers yet, too."""
    said = changes(reader)
    return Succession(origin, said, None if said else own)


def _signers(keys: Succession, origin: str, sizes: list[int], size: int) -> list[Signer]:
    """The keys that sign at this size.

    Raises:
        ProofError: something is wrong with the changes of keys in the log.
        KeyFileError: a key is not here.
    """
    for index, problem in keys.problems([*sizes, size]):
        raise ProofError(
            f"The log is not signed, because of its change of keys in entry {index}: {problem} Run "
            "`evidence verify`, and restore the case from a copy."
        )
    return signing_keys(origin, dict(keys.signers([*sizes, size]))[size])


def _put_back(writer: Writer, origin: str, key: VerifierKey) -> list[Signed]:
    """The checkpoints of the case, the smallest first, with those that are only kept put back."""
    stored = {one.size: one for one in writer.reader.checkpoints()}
    for kept in signed_before(origin):
        if (size := kept.checkpoint.size) not in stored:
            stored[size] = Signed(size, kept.note)
            _check_continues(stored[size], key, writer.reader)
            writer.store_checkpoint(size, kept.note)
    return [stored[size] for size in sorted(stored)]


def _check_continues(newest: Signed, key: VerifierKey, reader: Reader) -> None:
    try:
        keys = LogKeys.read(reader, key)
        before, _ = read_checkpoint(newest.note, keys.origin, keys.at(newest.size), newest.size)
        if before.size > reader.size():
            raise ProofError(f"It covers {before.size} entries; the log has {reader.size()}.")
        if Frontier.at(before.size, reader.hash_at).root() != before.root:
            raise ProofError("The entries that it covers have another root now.")
    except (FormatError, ProofError) as error:
        raise ProofError(
            f"The log is not signed, because it does not go on from its newest checkpoint (size "
            f"{newest.size}): {error} Run `evidence verify`, and restore the case from a copy."
        ) from error
