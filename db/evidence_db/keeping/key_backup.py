"""A copy of the signing key under a passphrase, and the key put back from one (C2SP age).

With the key go the checkpoints that are kept beside it: without them, who restores the key could
sign a second log by accident. So do the decisions to withhold that were made.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import EvidenceError, FormatError, InputError, KeyFileError
from evidence_db.store.decided import Decided, kept_decided, put_decided
from evidence_db.store.keys.agent import is_public
from evidence_db.store.keys.held import next_key
from evidence_db.store.keys.key_file import (
    keep_checkpoint,
    kept_checkpoint,
    key_path,
    load_key,
    signed_before,
    write_key,
)

if TYPE_CHECKING:
    from pathlib import Path

    from evidence_chain.log.key import Signer, SigningKey

LARGEST = 64 << 20
"""Bytes that a copy may have."""
SHORTEST = 12
"""Characters that a passphrase needs: whoever has the file can guess for as long as they like."""
_NAMES = {"v", "origin", "key", "checkpoints", "decisions"}


class Restored(NamedTuple):
    """What came out of a copy."""

    origin: str
    key: SigningKey
    path: Path
    size: int | None
    """The newest checkpoint that was known when the copy was made."""


def to_be_copied(origin: str) -> Signer:
    """The signing key of a log, if a copy of it can be made.

    Raises:
        InputError: it is an agent's, or is being changed.
        KeyFileError: it is missing or unusable.
    """
    key = load_key(origin)
    if is_public(str(key)):
        raise InputError(
            f"The signing key of {origin} is an ssh-agent's, and its secret isn't here. Keep a "
            "copy of the file that `ssh-add` reads."
        )
    if next_key(origin) is not None:
        raise InputError("A change of keys isn't finished: run `evidence checkpoint` first.")
    return key


def sealed(key: Signer, passphrase: str) -> bytes:
    """A copy of a signing key that the passphrase alone opens: an age file.

    `age --decrypt` and `rage` open it, too.

    Raises:
        InputError: the passphrase is too short.
        KeyFileError: the checkpoints or decisions that are kept beside the key can't be read.
    """
    if len(passphrase) < SHORTEST:
        raise InputError(
            f"The passphrase needs {SHORTEST} characters at the least. Take several words by "
            "chance: who gets the file can guess for as long as they like."
        )
    from pyrage import passphrase as age

    said = {
        "v": 1,
        "origin": key.name,
        "key": str(key),
        "checkpoints": [one.note for one in signed_before(key.name)],
        "decisions": kept_decided(key.name),
    }
    return bytes(age.encrypt(json.dumps(said).encode(), passphrase))


def restore(data: bytes, passphrase: str) -> Restored:
    """Put the key of a copy in its place, and the checkpoints beside it, where none are.

    Raises:
        InputError: another key is there, or the passphrase is not that of the file.
        FormatError: what it holds is no signing key.
        KeyFileError: it can't be written.
    """
    origin, key, notes, decisions = _opened(data, passphrase)
    path = key_path(origin)
    if not write_key(path, key) and load_key(origin).verifier != key.verifier:
        raise InputError(
            f"Another key of {origin} is in {path}, and was left as it is. If this copy was made "
            "before a change of keys, it is worth nothing now; else move that file away first."
        )
    kept = kept_checkpoint(origin)
    if notes and kept is None:
        keep_checkpoint(origin, notes[-1], notes[:-1])
        kept = kept_checkpoint(origin)
    if decisions and kept_decided(origin) is None:
        put_decided(origin, decisions)
    return Restored(origin, key, path, kept.checkpoint.size if kept else None)


def _opened(data: bytes, passphrase: str) -> tuple[str, SigningKey, list[str], Decided | None]:
    from pyrage import DecryptError
    from pyrage import passphrase as age

    from evidence_chain.log.checkpoint import open_checkpoint
    from evidence_chain.log.key import SigningKey

    try:
        said = json.loads(age.decrypt(data, passphrase))
    except DecryptError as error:
        raise InputError(
            "The copy can't be opened. Either this is not its passphrase, or the file is none, or "
            "was changed."
        ) from error
    except ValueError as error:
        raise FormatError("What the copy holds was not made by `evidence key backup`.") from error
    if not isinstance(said, dict) or said.keys() != _NAMES or said["v"] != 1:
        raise FormatError("What the copy holds was not made by this version: upgrade.")
    try:
        key = SigningKey.parse(str(said["key"]))
        notes = [str(one) for one in said["checkpoints"]]
        decisions = said["decisions"] and Decided(
            int(said["decisions"][0]), str(said["decisions"][1])
        )
        sizes = [open_checkpoint(note, None)[0] for note in notes]
    except (EvidenceError, TypeError, ValueError, LookupError) as error:
        raise KeyFileError(f"What the copy holds is damaged: {error}") from None
    if key.name != said["origin"] or any(one.origin != key.name for one in sizes):
        raise FormatError("What the copy holds is of several logs, so it was put together.")
    return key.name, key, notes, decisions
