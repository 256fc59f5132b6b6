"""A file of an edition that a program needs as a path, where the edition is no directory."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_chain.edition.layout import UNREADABLE
from evidence_chain.errors import UnreachedError
from evidence_chain.objects.asking import StoreError
from evidence_chain.objects.ranges import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LARGEST = 64 << 30
"""Bytes of a file that is fetched onto this machine, or taken out of a ZIP."""
_ROOM = 64 << 20
"""Bytes that are left free there."""


@contextmanager
def fetched(path: str, file: BinaryIO, size: int) -> Iterator[Path]:
    """A copy of a file, in a directory that nobody else can read, until that is left.

    Args:
        path: What it is called in the edition; where the copy lies doesn't depend on it.
        file: It, open at its beginning.
        size: Its bytes, as whoever holds it says.

    Raises:
        UnreachedError: it can't be had, or is too large for this machine.
        StoreError: the store that it is in can't be asked.
    """
    with tempfile.TemporaryDirectory(prefix="evidence-edition-") as room:
        copy = Path(room, "file")
        _refuse_too_large(path, size, shutil.disk_usage(room).free)
        try:
            with copy.open("xb") as out:
                shutil.copyfileobj(file, out, PIECE)
        except StoreError:
            raise
        except UNREADABLE as error:
            why = getattr(error, "strerror", None) or error
            raise UnreachedError(f"{path} can't be fetched to be looked at: {why}.") from error
        yield copy


def _refuse_too_large(path: str, size: int, free: int) -> None:
    if size > min(LARGEST, max(0, free - _ROOM)):
        raise UnreachedError(
            f"{path} has {size:,} bytes, which is more than is fetched to be looked at: "
            f"{LARGEST >> 30} GiB at most, and no more than there is room for in the directory "
            "for temporary files (TMPDIR). Fetch the edition, and check the directory."
        )
