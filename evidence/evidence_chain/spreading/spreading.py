"""What whoever works tasks out has to do, and processes of this machine that do it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from evidence_chain.spreading.parallel import beside, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

Task = TypeVar("Task")
Result = TypeVar("Result")


class Spreading(Protocol):
    """Who works tasks out: processes here, or other machines."""

    forks: bool
    """Whether it is this machine that works, and may hand a task to a process of its own."""

    def in_turn(
        self,
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        done: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Result]:
        """Yield `function(task)` for each task, in the order of the tasks.

        Args:
            function: What is done; it and the tasks can be pickled.
            tasks: Taken as they are needed.
            lost: What stands for the result of a task that nobody worked out, and why.
            done: Told how many are done.
        """
        ...

    def beside(
        self, function: Callable[[Task], Result], task: Task
    ) -> AbstractContextManager[Callable[[], Result | None]]:
        """Have `function(task)` worked out meanwhile; what is yielded waits for it.

        It answers `None` if nobody worked it out.
        """
        ...

    def everywhere(self, function: Callable[[], Result]) -> list[Result]:
        """What each other machine answers that works."""
        ...


class Processes:
    """Processes on this machine, or this one alone."""

    forks = True

    def __init__(self, workers: int, *, fork: bool = True) -> None:
        """So many processes, started anew where what they use doesn't survive forking."""
        self.workers = workers
        self._fork = fork

    def in_turn(
        self,
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],  # noqa: ARG002 - a process that dies ends all
        done: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Result]:
        """As `Spreading` has it. Raises `BrokenProcessPool` if a worker died."""
        work = partial(numbered, function)
        found = spread(work, enumerate(tasks), self.workers, fork=self._fork)
        return in_their_turn(found, done)

    def beside(
        self, function: Callable[[Task], Result], task: Task
    ) -> AbstractContextManager[Callable[[], Result | None]]:
        """As `Spreading` has it, in a process; with one worker, when it is asked for."""
        return beside(function, task, self.workers)

    def everywhere(self, function: Callable[[], Result]) -> list[Result]:  # noqa: ARG002
        """As `Spreading` has it: there is no other machine."""
        return []


ALONE = Processes(1)


def numbered(function: Callable[[Task], Result], task: tuple[int, Task]) -> tuple[int, Result]:
    """What comes of a task, with the number of the task."""
    return task[0], function(task[1])


def in_their_turn(
    results: Iterable[tuple[int, Result]], done: Callable[[int], None]
) -> Iterator[Result]:
    """Results by their numbers from 0 on; what comes before its turn is kept until then."""
    early: dict[int, Result] = {}
    turn = 0
    for count, (number, result) in enumerate(results, 1):
        done(count)
        early[number] = result
        while turn in early:
            yield early.pop(turn)
            turn += 1


def weighed(items: Iterable[tuple[int, Task]], size: int, most: int) -> Iterator[Sequence[Task]]:
    """`items`, each with its weight, in lists of `size` at most that weigh up to `most`."""
    chunk: list[Task] = []
    weight = 0
    for more, item in items:
        if chunk and (len(chunk) == size or weight + more > most):
            yield chunk
            chunk, weight = [], 0
        chunk.append(item)
        weight += more
    if chunk:
        yield chunk
