"""Regular files, opened without waiting for anybody: a pipe or a device is refused."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ODD = "it is no regular file but a pipe or the like; save what comes out of it as a file first"
_FOLDER = "it is a folder, and a file is needed"


def regular_descriptor(path: str | Path, *, follow: bool = False) -> int:
    """A descriptor of a regular file, to read it.

    Args:
        path: The file.
        follow: Whether it may be a symbolic link, as one that a user names may.

    Raises:
        OSError: it can't be opened, or is no regular file.
    """
    link = 0 if follow else os.O_NOFOLLOW
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | link)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, _FOLDER if stat.S_ISDIR(mode) else _ODD, str(path))
    return descriptor


def read_named(path: Path, most: int) -> bytes:
    """The first `most` bytes of a file that a user named, or that lies where it should.

    Raises:
        OSError: it can't be read, or is no regular file.
    """
    with os.fdopen(regular_descriptor(path, follow=True), "rb") as file:
        return file.read(most)
