"""A stopwatch that leaves out what only serves the measurement."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._aside = 0.0

    def seconds(self) -> float:
        """Seconds since it was made, without those that were left out."""
        return time.perf_counter() - self._started - self._aside

    def without(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield `items`; the time that they take to come is left out."""
        iterator = iter(items)
        while True:
            asked = time.perf_counter()
            try:
                item = next(iterator)
            except StopIteration:
                return
            finally:
                self._aside += time.perf_counter() - asked
            yield item
