"""How a file is handed to a parser: as memory that nobody can change, or to be read only."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LARGE = 64 << 20
"""Bytes from which on a file isn't copied, since that takes memory and longer than it is worth."""


@contextmanager
def handed(file: BinaryIO, size: int) -> Iterator[int]:
    """A descriptor of what is in `file`, which shares no position with it and can't write to it.

    Raises:
        ExtractionError: the file can't be read, or there is no memory.
    """
    if sys.platform != "linux":
        yield file.fileno()
        return
    try:
        descriptor = _sealed(file, size) if size <= LARGE else _reopened(file)
    except OSError as error:
        raise ExtractionError(
            f"This file can't be handed to what would read it: {error.strerror}. Try again when "
            "the machine has more memory."
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _sealed(file: BinaryIO, size: int) -> int:
    """A copy in memory that can neither be changed nor run (`memfd_create(2)`)."""
    import fcntl

    copy = os.memfd_create("document", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        at = 0
        while at < size and (sent := os.sendfile(copy, file.fileno(), at, size - at)):
            at += sent
        os.fchmod(copy, 0o400)
        os.lseek(copy, 0, os.SEEK_SET)
        every = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
        fcntl.fcntl(copy, fcntl.F_ADD_SEALS, every)
    except OSError:
        os.close(copy)
        raise
    return copy


def _reopened(file: BinaryIO) -> int:
    return os.open(f"/proc/self/fd/{file.fileno()}", os.O_RDONLY | os.O_CLOEXEC)
