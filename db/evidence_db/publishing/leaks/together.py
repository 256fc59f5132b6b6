"""Small files put one after the other: where nothing is in all of them, nothing is in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.publishing.leaks.forms.folding import BARRIER
from evidence_db.publishing.leaks.forms.layered import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SMALL = 1 << 16
"""Bytes up to which a file is put beside others."""
_MOST = 1 << 20
_BETWEEN = BARRIER * 256
"""As wide as what is looked at to tell text from noise, and neither of them."""


def suspicious(
    is_clean: Callable[[bytes], bool], files: Sequence[tuple[int, bytes]]
) -> Iterator[int]:
    """The numbers of files that have to be searched one by one.

    Args:
        is_clean: Whether nothing is in some bytes, and all of them could be opened.
        files: Small files by their numbers.
    """
    together, size = list[tuple[int, bytes]](), 0
    for number, data in files:
        if data.startswith(SQLITE):  # which is read as one only where a stretch begins with it
            yield number
            continue
        together.append((number, data))
        size += len(data)
        if size >= _MOST:
            yield from _among(is_clean, together)
            together, size = [], 0
    yield from _among(is_clean, together)


def _among(is_clean: Callable[[bytes], bool], files: Sequence[tuple[int, bytes]]) -> Iterator[int]:
    if len(files) > 1:
        if is_clean(_BETWEEN.join(data for _, data in files)):
            return
        middle = len(files) // 2
        yield from _among(is_clean, files[:middle])
        yield from _among(is_clean, files[middle:])
    else:
        yield from (number for number, _ in files)
