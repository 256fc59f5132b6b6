"""Tasks that each ask the database of a case, worked out here or elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from evidence_chain.errors import StorageError
from evidence_chain.extract.guard.isolation import Isolation
from evidence_chain.extract.guard.probe import isolation
from evidence_chain.spreading.spreading import Processes
from evidence_chain.verify.report import Report
from evidence_db.verifying.queries import Audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evidence_chain.spreading.spreading import Spreading
    from evidence_db.case import Case

Result = TypeVar("Result")
Task = Callable[[Audit], Result]


class Asking:
    """Has tasks ask a case: with the reader that is here, or each with one of its own."""

    def __init__(self, case: Case, reader: Audit, by: Spreading) -> None:
        self._case = case
        self._reader = reader
        self._by = by

    def each(
        self,
        tasks: Iterable[Task[Result]],
        lost: Callable[[Task[Result], str], Result | Report],
        done: Callable[[int], None],
    ) -> Iterator[Result | Report]:
        """The results of tasks in their order, or a report on why there is none.

        Args:
            tasks: What is asked.
            lost: What stands for the result of a task that nobody worked out, and why.
            done: Told how many are done.
        """
        here = isinstance(self._by, Processes) and self._by.workers == 1
        ask = partial(_here, self._reader) if here else partial(_elsewhere, self._case)
        return self._by.in_turn(ask, tasks, lost, done)


def confinement(by: Spreading) -> Isolation:
    """How parsers are confined here and wherever they ran: by what all of these have."""
    found = [isolation(), *by.everywhere(isolation)]
    return Isolation(
        [one for one in found[0].by if all(one in other.by for other in found)],
        list(dict.fromkeys(one for other in found for one in other.lacking)),
    )


def _here(reader: Audit, task: Task[Result]) -> Result | Report:
    return attempt(partial(task, reader))


def _elsewhere(case: Case, task: Task[Result]) -> Result | Report:
    with case.reader() as reader:
        return attempt(partial(task, Audit(reader.connection)))


def attempt(task: Callable[[], Result]) -> Result | Report:
    """What the task answers, or that the database could not be read for it."""
    try:
        return task()
    except (sqlite3.DatabaseError, StorageError) as error:
        report = Report()
        report.fail("projection", "database", f"The database can't be read: {error}")
        return report
