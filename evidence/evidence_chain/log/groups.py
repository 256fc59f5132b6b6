"""Entries of a log by what they share, in eight bytes for each entry that there is."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = 0xFFFFFFFF
"""In the place of an index: there is none."""


class Groups:
    """Groups of entries, each under a number below that of all entries.

    Args:
        size: The number of entries that there are.
    """

    def __init__(self, size: int) -> None:
        self._last, self._before = (array("I", [NOTHING]) * size for _ in range(2))

    def add(self, key: int, index: int) -> None:
        """Put an entry into a group, and into no other."""
        self._before[index] = self._last[key]
        self._last[key] = index

    def of(self, key: int) -> list[int]:
        """The entries of a group, as they were added."""
        found, index = [], self._last[key]
        while index != NOTHING:
            found.append(index)
            index = self._before[index]
        return found[::-1]

    def __iter__(self) -> Iterator[int]:
        """The numbers of the groups that have entries, ascending."""
        return (key for key, index in enumerate(self._last) if index != NOTHING)
