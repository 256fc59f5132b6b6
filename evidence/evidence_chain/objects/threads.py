"""Many objects at once: fetched by threads, since waiting for a store takes longer than the work.

Both fetching and hashing let other threads go on, so that what limits is the network.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

THREADS = 16
"""Objects that are fetched at once, each a piece at a time."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def at_once(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """`function` of each item, in their order, by threads; few are ahead of who takes them."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="evidence-fetching") as pool:
        under_way: deque[Future[Result]] = deque()
        for item in items:
            under_way.append(pool.submit(function, item))
            if len(under_way) > 2 * THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
