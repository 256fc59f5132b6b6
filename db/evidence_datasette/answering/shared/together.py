"""Readers who ask for the same while nobody has begun to read it get one answer.

Whoever asked before the reading began is told what is there then, as if they had been alone. Who
comes later may have heard of a record that it doesn't see, and is read to anew. So fifty readers of
one page wait for two readings of it at most, also while records are added, when no page can be
given again (`memory`).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from datasette.app import Datasette

    from evidence_datasette.answering.shared.memory import Body, Key

    Make = Callable[[Callable[[], None]], Coroutine[None, None, Body]]
    """Makes an answer, and calls what it is given right before it reads anything."""


@dataclass
class Together:
    """What is about to be read, by what was asked for."""

    _waiting: dict[Key, asyncio.Task[Body]] = field(default_factory=dict)

    async def answer(self, key: Key, make: Make) -> Body:
        """What `make` answers, or what somebody is about to be answered to the same."""
        if (task := self._waiting.get(key)) is None:
            task = asyncio.create_task(make(lambda: self._begin(key)))
            self._waiting[key] = task
            task.add_done_callback(lambda done: self._end(key, done))
        return await asyncio.shield(task)  # one of several who leaves takes it from nobody

    def _begin(self, key: Key) -> None:
        """Let nobody else wait for it. Called by the thread that reads."""
        self._waiting.pop(key, None)

    def _end(self, key: Key, task: asyncio.Task[Body]) -> None:
        if self._waiting.get(key) is task:  # it failed before it read anything
            del self._waiting[key]
        if not task.cancelled():
            task.exception()  # nobody may be left who would be told


_all: WeakKeyDictionary[Datasette, Together] = WeakKeyDictionary()


def together(datasette: Datasette) -> Together:
    """Those who ask one Datasette."""
    return _all.setdefault(datasette, Together())
