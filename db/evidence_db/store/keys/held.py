"""The keys of a log that are held here: the one that signs, the next, and those that are retired.

A change of keys is finished by moving the next key into the place of the one before, once a
checkpoint that both signed is stored. Who is killed before that has both, and finishes it with the
next `evidence checkpoint`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from evidence_chain.errors import EvidenceError, InputError, KeyFileError
from evidence_chain.regular import read_named
from evidence_db.store.files import sync_directory
from evidence_db.store.keys.key_file import (
    key_path,
    load_key,
    named_after,
    read_key,
    write_key,
    written_beside,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from evidence_chain.log.key import Signer, VerifierKey
    from evidence_db.store.keys.agent import AgentKey

_LARGEST = 1 << 20
"""Bytes that are read of the verifier keys that signed before."""


def next_path(origin: str) -> Path:
    """Where the key waits that a change of keys names, until that is finished."""
    return named_after(origin, "next")


def retired_path(origin: str, key: VerifierKey) -> Path:
    """Where a key is kept that signs no more."""
    return named_after(origin, f"retired-{key.key_id.hex()}")


def next_key(origin: str) -> Signer | None:
    """The key that waits, if any.

    Raises:
        KeyFileError: it is unusable.
    """
    return read_key(next_path(origin), origin)


def signing_keys(origin: str, wanted: Iterable[VerifierKey]) -> list[Signer]:
    """The keys that are held here of these verifier keys, each of them.

    Raises:
        KeyFileError: one is not here, or unusable.
    """
    held = {one.verifier: one for one in (load_key(origin), next_key(origin)) if one}
    found = []
    for key in wanted:
        if key not in held:
            raise KeyFileError(
                f"The log is signed by the key {key.key_id.hex()} now, and the one in "
                f"{key_path(origin)} is {load_key(origin).verifier.key_id.hex()}. Put the key that "
                "is in force in its place; one that was rotated away signs nothing more."
            )
        found.append(held[key])
    return found


def keep_next(origin: str, key: Signer) -> None:
    """Let a key wait, in the place of one that waited for a change that the log doesn't have.

    Raises:
        KeyFileError: it can't be written.
    """
    path = next_path(origin)
    path.unlink(missing_ok=True)
    if not write_key(path, key):
        raise KeyFileError(f"Another command is changing the key in {path}. Nothing was changed.")


def settle(origin: str, in_force: VerifierKey) -> Path | None:
    """Move the key in force into its place, if it still waits; where the one before is now.

    Raises:
        KeyFileError: it can't be moved. The next checkpoint tries again.
    """
    waiting = next_key(origin)
    if waiting is None or waiting.verifier != in_force:
        return None
    old = load_key(origin).verifier
    path, retired = key_path(origin), retired_path(origin, old)
    try:
        _keep_earlier(origin, old)
        if not os.path.lexists(retired):
            os.link(path, retired, follow_symlinks=False)
        next_path(origin).replace(path)
        sync_directory(path.parent)
    except OSError as error:
        raise KeyFileError(
            f"The new key can't be moved to {path}: {error.strerror}. It is in "
            f"{next_path(origin)}, and signs already; run `evidence checkpoint` to move it."
        ) from error
    return retired


def earlier_path(origin: str) -> Path:
    """Where the verifier keys are kept that signed before the one in force; they are no secret."""
    return named_after(origin, "earlier")


def earlier_keys(origin: str) -> list[VerifierKey]:
    """The user's own keys that were changed here, the oldest first.

    Raises:
        KeyFileError: what is kept of them can't be read.
    """
    from evidence_chain.log.key import VerifierKey

    path = earlier_path(origin)
    try:
        lines = read_named(path, _LARGEST).decode().splitlines()
        keys = [VerifierKey.parse(line) for line in lines]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, EvidenceError) as error:
        raise KeyFileError(
            f"The verifier keys that signed {origin} before are kept in {path}, and can't be read: "
            f"{error}"
        ) from error
    return [key for key in keys if key.name == origin]


def _keep_earlier(origin: str, key: VerifierKey) -> None:
    known = earlier_keys(origin)
    if key not in known:
        text = "".join(f"{one}\n" for one in [*known, key])
        written_beside(path := earlier_path(origin), text).rename(path)


def adopt(origin: str, key: AgentKey) -> None:
    """Let an agent's key be the signing key of a log of which no key is here.

    Raises:
        InputError: there is another key.
        KeyFileError: it can't be written.
    """
    there = read_key(key_path(origin), origin)
    if there is None and write_key(key_path(origin), key):
        return
    if there is None or there.verifier != key.verifier:
        raise InputError(
            f"The signing key of {origin} is in {key_path(origin)}, and is another one. To sign "
            "with the agent's from now on, change keys: evidence key rotate --signer FILE.pub."
        )
