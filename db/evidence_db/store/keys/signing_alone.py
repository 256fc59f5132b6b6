"""One command at a time signs with a key."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evidence_chain.errors import KeyFileError
from evidence_db.store.keys.key_file import key_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT = 60.0
"""Seconds that a command waits for another one that is signing with the same key."""
_PAUSE = 0.05


@contextmanager
def signing_alone(origin: str) -> Iterator[None]:
    """Let nobody else sign with this key meanwhile, such as in a copy of the case.

    Raises:
        KeyFileError: somebody does, for longer than `WAIT`; or it can't be read.
    """
    descriptor = _locked(key_path(origin))
    try:
        yield
    finally:
        os.close(descriptor)


def _locked(path: Path) -> int:
    """A descriptor of the key file, locked: of that which lies there once the lock is had.

    A change of keys puts another file there, and who waited for the lock of the old one has none.
    """
    end = time.monotonic() + WAIT
    while True:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise KeyFileError(f"The signing key {path} can't be read: {error}.") from error
        if _is_locked(descriptor, end) and _is_at(path, descriptor):
            return descriptor
        os.close(descriptor)
        if time.monotonic() > end:
            raise KeyFileError(
                f"Another command has been signing with the key {path} for {WAIT:.0f} seconds. "
                "Nothing was signed; try again when it has ended."
            )


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _is_locked(descriptor: int, end: float) -> bool:
    """Whether the lock could be had in time; where there are no locks, nobody is waited for."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(_PAUSE)
        except OSError:
            return True
        else:
            return True
