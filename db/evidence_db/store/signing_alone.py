"""One command at a time signs with a key."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evidence_chain.errors import KeyFileError
from evidence_db.store.keys import key_path

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 60.0
"""Seconds that a command waits for another one that is signing with the same key."""
_PAUSE = 0.05


@contextmanager
def signing_alone(origin: str) -> Iterator[None]:
    """Let nobody else sign with this key meanwhile, such as in a copy of the case.

    Raises:
        KeyFileError: somebody does, for longer than `WAIT`; or it can't be read.
    """
    path = key_path(origin)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise KeyFileError(f"The signing key {path} can't be read: {error}.") from error
    try:
        if not _locked(descriptor):
            raise KeyFileError(
                f"Another command has been signing with the key {path} for {WAIT:.0f} seconds. "
                "Nothing was signed; try again when it has ended."
            )
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Whether the lock could be had in time; where there are no locks, nobody is waited for."""
    end = time.monotonic() + WAIT
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
