"""Work spread over processes, with a bounded number of tasks under way."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")
_SELDOM = 50_000
"""Things that a worker makes before the garbage collector looks at the youngest of them."""
_AHEAD = 4
"""Tasks handed out ahead of need, per worker."""


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: int, *, fork: bool = True
) -> Iterator[Result]:
    """Yield `function(task)` for each task as it is done, worked out by `workers` processes.

    With one worker nothing is forked, and the work is done here in order. Where what a task uses
    does not survive forking, workers are started anew: some 0.4 s of processor time each.

    Raises:
        BrokenProcessPool: a worker died.
    """
    if workers <= 1:
        yield from map(function, tasks)
        return
    from concurrent.futures import FIRST_COMPLETED, as_completed, wait

    with _pool(workers, fork=fork) as pool:
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


class Handing(Generic[Task, Result]):
    """Tasks that are handed out while more of them are still to be found."""

    def __init__(
        self, function: Callable[[Task], Result], pool: ProcessPoolExecutor | None
    ) -> None:
        self._function = function
        self._pool = pool
        self._under_way: list[Future[Result]] = []
        self._waiting: list[Task] = []

    def give(self, task: Task) -> None:
        """Hand a task out."""
        if self._pool is None:
            self._waiting.append(task)
        else:
            self._under_way.append(self._pool.submit(self._function, task))

    def results(self) -> Iterator[Result]:
        """What came of the tasks, in their order."""
        yield from map(self._function, self._waiting)
        for future in self._under_way:
            yield future.result()


@contextmanager
def handing(function: Callable[[Task], Result], workers: int) -> Iterator[Handing[Task, Result]]:
    """Hand tasks out to `workers` processes; those that nobody waited for are given up.

    With one worker they are worked out here, when their results are asked for.
    """
    if workers <= 1:
        yield Handing(function, None)
        return
    with _pool(workers) as pool:
        try:
            yield Handing(function, pool)
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def beside(
    function: Callable[[Task], Result], task: Task, workers: int
) -> Iterator[Callable[[], Result | None]]:
    """Have `function(task)` worked out in another process meanwhile; yield what waits for it.

    With one worker it is worked out here, when it is asked for. The answer is `None` if the
    process died; what nobody asked for is given up.
    """
    if workers <= 1:
        yield lambda: function(task)
        return
    context = _context()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, function, task), daemon=True)
    with here:
        with there, _frozen():
            process.start()
        try:
            yield lambda: _answered(here)
        finally:
            process.terminate()
            process.join()


def _answer(there: Connection, function: Callable[[Task], Result], task: Task) -> None:
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began this ends it
    there.send(function(task))


def _answered(here: Connection) -> Any:  # noqa: ANN401 - what the function gave
    try:
        return here.recv()
    except EOFError:
        return None


@contextmanager
def _pool(workers: int, *, fork: bool = True) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, which share the memory of this one for as long as it is not written."""
    from concurrent.futures import ProcessPoolExecutor

    with (
        _frozen(),
        ProcessPoolExecutor(workers, _context(fork=fork), initializer=_begin) as pool,
    ):
        yield pool


class _Interrupted(KeyboardInterrupt, SystemExit):
    """Ctrl-C in a worker: ends a task, and a worker that has none without a word."""


def _interrupt(*_: object) -> None:
    raise _Interrupted


def _begin() -> None:
    """Make this process a worker, which the garbage collector disturbs less often.

    It handles small things by the thousand, hardly any of which refer to each other in circles.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is under way that it would end
    gc.set_threshold(_SELDOM)
    _end_with_parent()
    signal.signal(signal.SIGINT, _interrupt)


def _end_with_parent() -> None:
    """Let this process end when the one that made it is gone, which may be killed.

    Workers wait for each other's lock and for their next task, and nobody would ever give one.
    """
    import multiprocessing
    import threading

    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _context(*, fork: bool = True) -> Any:  # noqa: ANN401 - its classes are of one start method
    import multiprocessing

    forks = fork and "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if forks else "spawn")


@contextmanager
def _frozen() -> Iterator[None]:
    """The garbage collector looks at nothing that is there, since it writes into what it looks at.

    So processes that are forked share that memory.
    """
    gc.freeze()
    try:
        yield
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
