"""The DevTools protocol of Chromium over two pipes: JSON, each message ended by a zero byte."""

from __future__ import annotations

import json
import os
from select import select
from time import monotonic
from typing import TYPE_CHECKING, Any

from evidence_chain.rendering.confined import NotShownError

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 256 << 20
"""Bytes of a message."""


class Connection:
    """A browser at the other end of two pipes, asked one question at a time."""

    def __init__(self, reading: int, writing: int, seconds: float) -> None:
        self._reading, self._writing = reading, writing
        self._end = monotonic() + seconds
        self._asked, self._buffer = 0, bytearray()
        self.session: str | None = None
        """The page that is spoken to; the browser itself while it is `None`."""
        self.on: dict[str, Callable[[dict[str, Any]], None]] = {}
        """What is done for each event, by its name."""

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401
        """What the browser answers.

        Raises:
            NotShownError: it gave none in time, or an error.
        """
        number = self.tell(method, **parameters)
        while (message := self.take()).get("id") != number:
            pass
        if "error" in message:
            said = str(message["error"].get("message"))[:200]
            raise NotShownError(f"Chromium refused {method}: {said}")
        result: dict[str, Any] = message["result"]
        return result

    def tell(self, method: str, **parameters: Any) -> int:  # noqa: ANN401
        """Ask without waiting for the answer; the number that it will have."""
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        try:
            data = memoryview(json.dumps(message).encode() + b"\0")
            while data:
                if not select([], [self._writing], [], self._left())[1]:
                    raise NotShownError(_SLOW)
                data = data[os.write(self._writing, data[: 1 << 16]) :]
        except OSError as error:
            raise NotShownError(_GONE) from error
        return self._asked

    def wait(self, until: Callable[[], bool]) -> None:
        """Take events until something is so."""
        while not until():
            self.take()

    def take(self) -> dict[str, Any]:
        """The next message; what is to be done for an event is done."""
        while (at := self._buffer.find(b"\0")) < 0:
            if not select([self._reading], [], [], self._left())[0]:
                raise NotShownError(_SLOW)
            block = os.read(self._reading, 1 << 20)
            if not block:
                raise NotShownError(_GONE)
            self._buffer += block
            if len(self._buffer) > _LARGEST:
                raise NotShownError("the page is too large to be compared as it is shown")
        message: dict[str, Any] = json.loads(self._buffer[:at])
        del self._buffer[: at + 1]
        if handler := self.on.get(str(message.get("method"))):
            handler(message["params"])
        return message

    def _left(self) -> float:
        return max(0.0, self._end - monotonic())


_SLOW = "Chromium took too long to show it"
_GONE = (
    "Chromium did not start, or ended. It needs user namespaces, in which it has no network "
    "and its own sandbox"
)
