"""Work done by the workers of a Dask cluster (extra `cluster`).

A worker reads the same files as this machine, from a shared directory, and what it answers is
believed. Whatever keeps it from answering makes what it was asked for *not checked*: it dies more
often than Dask tries again, sees other files, runs another version, or the scheduler is gone.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager, suppress
from functools import cache, partial
from queue import Empty, SimpleQueue
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from evidence_chain import __version__
from evidence_chain.errors import UncheckedError
from evidence_chain.spreading.spreading import in_their_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from distributed import Client, Future

Task = TypeVar("Task")
Result = TypeVar("Result")

PATIENCE = 60.0
"""Seconds that a cluster without any worker is waited for."""
_TRIES = 3
"""Times that a task is handed out again that the scheduler forgot."""
_AHEAD = 2
"""Tasks handed out for each thread of the cluster."""
_COUNTED = 5.0
"""Seconds after which the workers are counted again, and that a scheduler has to count them."""
_FORGOTTEN = {"cancelled", "lost"}
_SELDOM = 50_000
"""Things that a worker makes before the garbage collector looks at the youngest of them."""
_ONE_AT_A_TIME = Lock()
"""What hashes files reads them all into one buffer of its process."""


class Cluster:
    """The workers of a cluster, as `evidence_chain.spreading.spreading.Spreading` has it."""

    forks = False

    def __init__(self, client: Client, shared: Iterable[Path] = ()) -> None:
        """Hand work out by a client of a scheduler.

        Args:
            client: The client.
            shared: Files and directories that each worker has to see as they are seen here.
        """
        self._client = client
        self._shared = {str(path): _identity(path) for path in shared}

    def in_turn(
        self,
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        done: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Result]:
        """As `Spreading` has it."""
        return in_their_turn(self._handing(function, lost).results(tasks), done)

    @contextmanager
    def beside(
        self, function: Callable[[Task], Result], task: Task
    ) -> Iterator[Callable[[], Result | None]]:
        """As `Spreading` has it."""
        with self._handing(function, lambda *_: None).one(task) as answer:
            yield answer

    def _handing(self, function: Callable[[Any], Any], lost: Callable[[Any, str], Any]) -> _Handing:
        work = partial(_on_worker, __version__, self._shared, function)
        return _Handing(self._client, work, lost)

    def everywhere(self, function: Callable[[], Result]) -> list[Result]:
        """What each worker answers that is there now."""
        with suppress(*_not_reached()):
            return list(self._client.run(function, on_error="ignore").values())
        return []


class _Handing:
    """Tasks under way: each is answered once, by a worker or by `lost`."""

    def __init__(
        self, client: Client, work: Callable[[Any], Any], lost: Callable[[Any, str], Any]
    ) -> None:
        self._client = client
        self._work = work
        self._lost = lost
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._under_way: dict[Future[Any], tuple[int, Any, int]] = {}
        self._room, self._counted_at = 0, -PATIENCE

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[int, Any]]:
        """What comes of tasks, each with the number of its task, as it is done."""
        try:
            for number, task in enumerate(tasks):
                yield from self._hand_out(number, task, 1)
                while len(self._under_way) >= self._most():
                    yield from self._next()
            while self._under_way:
                yield from self._next()
        finally:
            self._give_up()

    @contextmanager
    def one(self, task: Task) -> Iterator[Callable[[], Any]]:
        """Hand one task out; what is yielded waits for what comes of it."""
        found = list(self._hand_out(0, task, 1))

        def answer() -> Any:  # noqa: ANN401 - what the worker gave
            while not found:
                found.extend(self._next())
            return found[0][1]

        try:
            yield answer
        finally:
            self._give_up()

    def _most(self) -> int:
        """Tasks that may be under way, by the workers that were there some seconds ago."""
        if monotonic() - self._counted_at > _COUNTED:
            self._room, self._counted_at = _AHEAD * _threads(self._client), monotonic()
        return max(_AHEAD, self._room)

    def _hand_out(self, number: int, task: Any, tried: int) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
        try:
            future = self._client.submit(self._work, task, pure=False, retries=0)
        except _not_reached() as error:
            yield number, self._lost(task, _because(error))
            return
        self._under_way[future] = number, task, tried
        future.add_done_callback(self._done.put)

    def _next(self) -> Iterator[tuple[int, Any]]:
        """Wait for one; give all up if there is no worker, and none comes."""
        since = monotonic()
        while self._under_way:
            with suppress(Empty):
                future = self._done.get(timeout=min(1.0, PATIENCE))
                if future in self._under_way:
                    yield from self._answered(future)
                return
            if _threads(self._client):
                since = monotonic()
            elif monotonic() - since >= PATIENCE:
                for number, task in self._give_up():
                    yield number, self._lost(task, "the cluster has no workers any more")

    def _answered(self, future: Future[Any]) -> Iterator[tuple[int, Any]]:
        number, task, tried = self._under_way.pop(future)
        why = "the scheduler of the cluster forgot what it was asked"
        try:
            if future.status == "error":
                yield number, self._lost(task, _because(future.exception(timeout=PATIENCE)))
                return
            if future.status == "finished":
                yield number, future.result(timeout=PATIENCE)
                return
        except _not_reached() as error:  # whoever had the answer is gone
            why = _because(error)
        if tried < _TRIES:
            yield from self._hand_out(number, task, tried + 1)
        else:
            yield number, self._lost(task, why)

    def _give_up(self) -> list[tuple[int, Any]]:
        """Take all back that is under way."""
        given_up, self._under_way = self._under_way, {}
        with suppress(*_not_reached()):
            self._client.cancel(list(given_up))
        return [(number, task) for number, task, _ in given_up.values()]


def _threads(client: Client) -> int:
    """How many tasks the workers can do at a time; none if the scheduler is gone."""
    with suppress(*_not_reached()):
        if client.status == "running" and client.scheduler is not None:
            threads = client.sync(client.scheduler.ncores, callback_timeout=_COUNTED)
            return sum(threads.values())
    return 0


def _not_reached() -> tuple[type[Exception], ...]:
    """What Dask raises where a scheduler or a worker can't be reached; it has no root for it."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.client import ClosedClientError

    return OSError, RuntimeError, CancelledError, ClosedClientError, KilledWorker


def _because(error: BaseException | None) -> str:
    return f"no worker of the cluster answered ({type(error).__name__}: {error})"[:400]


def _identity(path: Path | str) -> int | None:
    """What tells a file from a copy of it that lies in the same place of another machine."""
    try:
        return os.stat(path).st_ino
    except OSError:
        return None


def _on_worker(
    version: str,
    shared: Mapping[str, int | None],
    function: Callable[[Task], Result],
    task: Task,
) -> Result:
    """Do a task on a worker that has the same program and sees the same files."""
    if version != __version__:
        raise UncheckedError(f"it has version {__version__} of evidence-chain, not {version}")
    for path, identity in shared.items():
        if _identity(path) != identity:
            raise UncheckedError(f"{path} is not there what it is here")
    _begin()
    with _ONE_AT_A_TIME:
        return function(task)


@cache
def _begin() -> None:
    """Have the garbage collector look seldom, as in a process of this machine (`parallel`)."""
    gc.freeze()
    gc.set_threshold(_SELDOM)
