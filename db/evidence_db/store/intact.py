"""Preserved files of which one look tells that they are what they are named after.

Nothing is said of the others here, which may be missing, odd, damaged, or only large:
`hashing` looks at them again, and finds words.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from blake3 import blake3

from evidence_chain.digest import is_hex_digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BUFFER = memoryview(bytearray(1 << 20))
"""What a file is read into at once; one that fills it is too large for one look."""
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_CLOSED = -1


class Expected(NamedTuple):
    """What a preserved file should be; `size` and `sha256` are checked where they are given."""

    blake3: str
    size: int | None = None
    sha256: str | None = None
    check: str = "file"


def intact(root: Path, batch: Sequence[Expected]) -> set[int]:
    """The places in `batch` of files that are as expected, each a regular file in its directory.

    No link is followed but one in the place of `root`. A directory is opened once for all files in
    it, and each file is read by one call, for a byte more than it has: one that grows, shrinks or
    is exchanged meanwhile has other bytes than its name says, or more of them.
    """
    found: set[int] = set()
    with suppress(OSError):
        top = os.open(root, _DIRECTORY)
        try:
            _look(top, batch, found)
        finally:
            os.close(top)
    return found


def _look(top: int, batch: Sequence[Expected], found: set[int]) -> None:
    directory, name = _CLOSED, ""
    try:
        for at in sorted(range(len(batch)), key=lambda at: str(batch[at].blake3)):
            one = batch[at]
            if not is_hex_digest(one.blake3):
                continue
            if one.blake3[:2] != name:
                name = one.blake3[:2]
                if directory != _CLOSED:
                    os.close(directory)
                    directory = _CLOSED
                with suppress(OSError):
                    directory = os.open(name, _DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
            if directory != _CLOSED and _is_intact(directory, one):
                found.add(at)
    finally:
        if directory != _CLOSED:
            os.close(directory)


def _is_intact(directory: int, one: Expected) -> bool:
    try:
        descriptor = os.open(one.blake3, _FILE, dir_fd=directory)
    except OSError:
        return False
    try:
        status = os.fstat(descriptor)
        size = status.st_size
        if not stat.S_ISREG(status.st_mode) or size >= len(_BUFFER):
            return False
        if one.size is not None and size != one.size:
            return False
        if os.readv(descriptor, [_BUFFER[: size + 1]]) != size:
            return False
    except OSError:
        return False
    finally:
        os.close(descriptor)
    content = _BUFFER[:size]
    if blake3(content).hexdigest() != one.blake3:
        return False
    return one.sha256 is None or hashlib.sha256(content).hexdigest() == one.sha256
