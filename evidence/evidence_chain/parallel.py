"""Work spread over processes, with a bounded number of tasks under way."""

from __future__ import annotations

import gc
import os
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 4
"""Tasks handed out ahead of need, per worker."""


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: int
) -> Iterator[Result]:
    """Yield `function(task)` for each task as it is done, worked out by `workers` processes.

    With one worker nothing is forked, and the work is done here in order.

    Raises:
        BrokenProcessPool: a worker died.
    """
    if workers <= 1:
        yield from map(function, tasks)
        return
    from concurrent.futures import FIRST_COMPLETED, as_completed, wait

    with _pool(workers) as pool:
        under_way: set[Future[Result]] = set()
        for task in tasks:
            under_way.add(pool.submit(function, task))
            if len(under_way) >= workers * _AHEAD:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        yield from (future.result() for future in as_completed(under_way))


def in_order(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: int
) -> Iterator[Result]:
    """Like `spread`, in the order of the tasks, of which no more are ahead than are under way."""
    if workers <= 1:
        yield from map(function, tasks)
        return
    with _pool(workers) as pool:
        under_way: deque[Future[Result]] = deque()
        for task in tasks:
            under_way.append(pool.submit(function, task))
            if len(under_way) >= workers * _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, which share the memory of this one for as long as it is not written.

    The garbage collector writes into every object that it looks at, so it looks at none that was
    there before.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            yield pool
    finally:
        gc.unfreeze()


def chunks(items: Iterable[Task], size: int) -> Iterator[Sequence[Task]]:
    """`items` in lists of `size`, the last one shorter."""
    chunk: list[Task] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
