"""The signing key of a case, kept outside the case in a file that only its owner can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from evidence_chain.errors import EvidenceError, KeyFileError

if TYPE_CHECKING:
    from evidence_chain.log.key import SigningKey, VerifierKey

VARIABLE = "EVIDENCE_KEY"


def key_path(origin: str) -> Path:
    """The file of the signing key for `origin`; `EVIDENCE_KEY` overrides it."""
    if override := os.environ.get(VARIABLE):
        return Path(override)
    import platformdirs

    directory = platformdirs.user_data_path("evidence-chain") / "keys"
    return directory / f"{quote(origin, safe='')}.key"


def make_key(origin: str) -> tuple[SigningKey, bool]:
    """Return the signing key for `origin` and whether it had to be made.

    Raises:
        KeyFileError: a key is there but unusable, or none can be written.
    """
    import secrets

    from evidence_chain.log.key import SigningKey

    path = key_path(origin)
    if os.path.lexists(path):
        return load_key(origin), False
    key = SigningKey.generate(origin)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(written, path)  # unlike a renaming, this never takes another key's place
        except FileExistsError:
            return load_key(origin), False
        finally:
            written.unlink()
    except OSError as error:
        raise KeyFileError(
            f"The signing key can't be written to {path}: {error.strerror}."
        ) from error
    return key, True


def load_key(origin: str) -> SigningKey:
    """Return the signing key for `origin`.

    Raises:
        KeyFileError: it is missing, open to other users, unreadable, or another origin's.
    """
    from evidence_chain.log.key import SigningKey

    path = key_path(origin)
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
            text = file.read(4096).strip()
    except FileNotFoundError:
        raise KeyFileError(
            f"The signing key of {origin} is not at {path}. Restore it from your backup, or "
            f"name its place in {VARIABLE}."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(f"The signing key {path} can't be read: {error}.") from error
    try:
        key = SigningKey.parse(text)
    except EvidenceError as error:
        raise KeyFileError(f"The file {path} holds no signing key: {error}") from None
    if key.name != origin:
        raise KeyFileError(f"The signing key {path} is that of {key.name}, not of {origin}.")
    return key


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
