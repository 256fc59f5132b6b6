"""Preserved files of which one look tells that they are what they are named after.

Nothing is said of the others here, which may be missing, odd, damaged, or only large:
`hashing` looks at them again, and finds words.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from blake3 import blake3

from evidence_chain.digest import is_hex_digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BUFFER = memoryview(bytearray(1 << 20))
"""What a file is read into at once; one that fills it is too large for one look."""
_INTO = [_BUFFER]
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class Expected(NamedTuple):
    """What a preserved file should be; `size` and `sha256` are checked where they are given."""

    blake3: str
    size: int | None = None
    sha256: str | None = None
    check: str = "file"


def intact(root: Path, batch: Sequence[Expected]) -> set[int]:
    """The places in `batch` of files that are as expected, each a regular file in its directory.

    No link is followed but one in the place of `root`. A directory is opened once for all files in
    it, and each file is read by one call, for more than it has: one that grows, shrinks or is
    exchanged meanwhile has other bytes than its name says, or more of them.
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
    named = sorted((one.blake3, at) for at, one in enumerate(batch) if is_hex_digest(one.blake3))
    for shard, places in groupby(named, lambda place: place[0][:2]):
        try:
            directory = os.open(shard, _DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
        except OSError:
            continue
        try:
            found.update(at for name, at in places if _is_intact(directory, name, batch[at]))
        finally:
            os.close(directory)


def _is_intact(directory: int, name: str, one: Expected) -> bool:
    try:
        descriptor = os.open(name, _FILE, dir_fd=directory)
    except OSError:
        return False
    try:
        status = os.fstat(descriptor)
        size = status.st_size
        if not stat.S_ISREG(status.st_mode) or size >= len(_BUFFER):
            return False
        if one.size not in (size, None) or os.readv(descriptor, _INTO) != size:
            return False
    except OSError:
        return False
    finally:
        os.close(descriptor)
    content = _BUFFER[:size]
    if blake3(content).digest().hex() != name:
        return False
    return one.sha256 is None or hashlib.sha256(content).hexdigest() == one.sha256
