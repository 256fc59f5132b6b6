"""Small files put one after the other: where nothing is in all of them, nothing is in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_db.publishing.leaks.forms.folding import BARRIER
from evidence_db.publishing.leaks.forms.layered import SQLITE
from evidence_db.publishing.leaks.forms.packed import Opened
from evidence_db.publishing.leaks.forms.places import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_db.publishing.leaks.scanning import Search

SMALL = 1 << 16
"""Bytes up to which a file is put beside others."""
_MOST = 1 << 20
_BETWEEN = BARRIER + b" " * 512 + BARRIER
"""As wide as what is looked at to tell text from noise, so that no file makes another one that."""


def suspicious(known: Search, files: Sequence[tuple[int, bytes]]) -> Iterator[int]:
    """The numbers of files that have to be searched one by one.

    Args:
        known: What is searched for.
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
            yield from _among(known, together)
            together, size = [], 0
    yield from _among(known, together)


def _among(known: Search, files: Sequence[tuple[int, bytes]]) -> Iterator[int]:
    if len(files) > 1:
        opened, data = Opened(), _BETWEEN.join(data for _, data in files)
        seen = next(known.sights("", Stretch(data, ()), opened), None)
        if seen is None and not opened.refusals:
            return
        middle = len(files) // 2
        yield from _among(known, files[:middle])
        yield from _among(known, files[middle:])
    else:
        yield from (number for number, _ in files)
