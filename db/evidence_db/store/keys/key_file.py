"""The signing key of a case, kept outside the case in a file that only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from evidence_chain.errors import EvidenceError, KeyFileError
from evidence_chain.regular import read_named
from evidence_db.store.files import sync_directory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.log.checkpoint import Checkpoint
    from evidence_chain.log.key import Signer, VerifierKey

VARIABLE = "EVIDENCE_KEY"
_LARGEST = 1 << 20
"""Bytes that are read of a checkpoint."""
_LARGEST_BEFORE = 64 << 20
"""Bytes that are read of those that were signed before it."""


def key_path(origin: str) -> Path:
    """The file of the signing key for `origin`; `EVIDENCE_KEY` overrides it."""
    if override := os.environ.get(VARIABLE):
        return Path(override)
    import platformdirs

    directory = platformdirs.user_data_path("evidence-chain") / "keys"
    return directory / f"{quote(origin, safe='')}.key"


def make_key(origin: str, signer: Signer | None = None) -> tuple[Signer, bool]:
    """Return the signing key for `origin` and whether it had to be made.

    Args:
        origin: The name of the log.
        signer: The key of an agent that is to be it, if one is.

    Raises:
        KeyFileError: a key is there but unusable, or none can be written.
    """
    from evidence_chain.log.key import SigningKey

    path = key_path(origin)
    if os.path.lexists(path):
        return load_key(origin), False
    key = signer or SigningKey.generate(origin)
    return (key, True) if write_key(path, key) else (load_key(origin), False)


def write_key(path: Path, key: Signer) -> bool:
    """Write a key into a new file that nobody else can read; False where one is there already.

    Raises:
        KeyFileError: it can't be written.
    """
    try:
        make_closed(path.parent)
        written = written_beside(path, f"{key}\n")
        try:
            os.link(written, path)  # unlike a renaming, this never takes another key's place
        except FileExistsError:
            return False
        finally:
            written.unlink(missing_ok=True)
        sync_directory(path.parent)
    except OSError as error:
        raise KeyFileError(
            f"The signing key can't be written to {path}: {error.strerror}."
        ) from error
    return True


def make_closed(directory: Path) -> None:
    """Make a directory and all that it lacks above it, open to nobody else."""
    if not directory.is_dir():
        make_closed(directory.parent)
        with suppress(FileExistsError):
            directory.mkdir(mode=0o700)


def written_beside(path: Path, text: str) -> Path:
    """A synced file with this text, closed to others, under a name that waits to be `path`."""
    written = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        written.unlink(missing_ok=True)
        raise
    return written


def load_key(origin: str) -> Signer:
    """Return the signing key for `origin`.

    Raises:
        KeyFileError: it is missing, open to other users, unreadable, or another origin's.
    """
    path = key_path(origin)
    key = read_key(path, origin)
    if key is None:
        raise KeyFileError(
            f"The signing key of {origin} is not at {path}. Restore it from your backup (`evidence "
            f"key restore`), name its place in {VARIABLE}, or the key of an agent with --signer."
        )
    return key


def read_key(path: Path, origin: str) -> Signer | None:
    """The signing key for `origin` in a file: its secret, or which key an agent holds.

    None where there is no file.

    Raises:
        KeyFileError: it is open to other users, unreadable, or another origin's.
    """
    text = _read_closed(path)
    if text is None:
        return None
    from evidence_chain.log.key import SigningKey
    from evidence_db.store.keys.agent import AgentKey, is_public

    try:
        key = AgentKey.parse(text, origin) if is_public(text) else SigningKey.parse(text)
    except EvidenceError as error:
        raise KeyFileError(f"The file {path} holds no signing key: {error}") from None
    if key.name != origin:
        raise KeyFileError(f"The signing key {path} is that of {key.name}, not of {origin}.")
    return key


def _read_closed(path: Path) -> str | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor) as file:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise KeyFileError(f"The signing key {path} is no regular file.")
            if mode & 0o077:
                raise KeyFileError(
                    f"The signing key {path} is open to other users of this machine. "
                    f"Close it with: chmod 600 '{path}'. If somebody may have read it, "
                    "they can sign in your name."
                )
            return file.read(4096).strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"The signing key {path} can't be read: {error}.") from error


def known_verifier(origin: str) -> VerifierKey | None:
    """The verifier key of the user's own signing key, `None` if they have none for `origin`.

    Raises:
        KeyFileError: a key is there but unusable.
    """
    if not os.path.lexists(key_path(origin)):
        return None
    return load_key(origin).verifier


def own_key(origin: str) -> VerifierKey | None:
    """The same; also `None` if that key is unusable, so that the signer counts as unknown.

    `verify` says what is wrong with it.
    """
    try:
        return known_verifier(origin)
    except KeyFileError:
        return None


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest checkpoint of a log that was signed with the user's key, kept beside it."""

    path: Path
    note: str
    checkpoint: Checkpoint


def named_after(origin: str, ending: str) -> Path:
    """Where something is kept beside the key of `origin`: named after that, with an ending."""
    path = key_path(origin)
    return path.with_name(f"{path.name}.{ending}")


def kept_path(origin: str) -> Path:
    """Where the newest checkpoint of `origin` is kept."""
    return named_after(origin, "checkpoint")


def before_path(origin: str) -> Path:
    """Where those are kept that were signed before it."""
    return named_after(origin, "checkpoints")


def kept_checkpoint(origin: str) -> Kept | None:
    """The newest checkpoint that was signed here; `None` if none was, so nothing can be asked.

    A key that `EVIDENCE_KEY` names may be that of another log, whose checkpoint says nothing.

    Raises:
        KeyFileError: what is kept can't be read.
    """
    path = kept_path(origin)
    if not os.path.lexists(path):
        return None
    from evidence_chain.log.checkpoint import open_checkpoint

    try:
        note = read_named(path, _LARGEST).decode()
        checkpoint, _ = open_checkpoint(note, None)
    except (OSError, UnicodeDecodeError, EvidenceError) as error:
        why = f"{error.strerror}." if isinstance(error, OSError) else error
        raise KeyFileError(
            f"The newest checkpoint that was signed here is kept in {path}, and can't be read: "
            f"{why} Restore it from your backup of the key."
        ) from error
    return Kept(path, note, checkpoint) if checkpoint.origin == origin else None


def signed_before(origin: str) -> list[Kept]:
    """All checkpoints that are known to have been signed here.

    None where no newest one is kept: what else is kept is of a log that was begun anew.

    Raises:
        KeyFileError: what is kept can't be read.
    """
    kept = kept_checkpoint(origin)
    if kept is None:
        return []
    before = [one for one in _kept_before(origin) if one.note != kept.note]
    return [*before, kept]


def _kept_before(origin: str) -> list[Kept]:
    """Those that are kept beside the newest one."""
    from evidence_chain.log.checkpoint import open_checkpoint

    path = before_path(origin)
    if not os.path.lexists(path):
        return []
    try:
        notes = json.loads(read_named(path, _LARGEST_BEFORE))
        return [Kept(path, note, open_checkpoint(note, None)[0]) for note in notes]
    except (OSError, ValueError, TypeError, AttributeError, EvidenceError) as error:
        raise KeyFileError(
            f"The checkpoints that were signed here are kept in {path}, and can't be read: {error} "
            "Restore it from your backup of the key."
        ) from error


def keep_checkpoint(origin: str, note: str, before: Iterable[str]) -> None:
    """Keep a checkpoint as the newest, whole or not at all, and all that were signed before it.

    Args:
        origin: The name of the log.
        note: The checkpoint.
        before: The checkpoints that the case has.

    Raises:
        KeyFileError: it can't be written, or what is kept so far can't be read.
    """
    path, newest = kept_path(origin), kept_checkpoint(origin)
    known = list(dict.fromkeys([*(one.note for one in signed_before(origin)), *before]))
    try:
        written_beside(path, json.dumps(known, indent=0)).rename(before_path(origin))
        if newest is None or newest.note != note:
            written_beside(path, note).rename(path)
        sync_directory(path.parent)
    except OSError as error:
        raise KeyFileError(
            f"The checkpoint can't be kept beside the key, in {path}: {error.strerror}. The log "
            "was not signed: without it, a second log could be signed by accident."
        ) from error
