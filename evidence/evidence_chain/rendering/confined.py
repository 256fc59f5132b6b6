"""Starts a program that shows a document, with nothing of the machine but what is installed."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; from evidence_chain.rendering.boot import main; main()"
)


@dataclass(frozen=True)
class Limits:
    """What a program that shows a document may use."""

    memory: int = 3 << 30
    """Bytes of data of each process, and of all its files together."""
    cpu: int = 60
    """Seconds of processor time of each process."""
    clock: float = 60
    """Seconds by the clock."""


LIMITS = Limits()


class NotShownError(ExtractionError):
    """A document that could not be shown here, so that nothing was compared."""


def program(names: Sequence[str], what: str) -> str:
    """Where one of some programs is installed.

    Raises:
        NotShownError: none is.
    """
    if sys.platform != "linux":
        raise NotShownError("documents are only shown on Linux, where programs can be confined")
    for path in map(shutil.which, names):
        if path:
            return path
    raise NotShownError(f"no {what} is installed")


@contextmanager
def started(
    command: Sequence[str],
    *,
    stdin: int = DEVNULL,
    pipe: Sequence[int] = (),
    files: tuple[str, str] = ("", ""),
    limits: Limits = LIMITS,
) -> Iterator[Popen[bytes]]:
    """A program in a process that can reach and keep nothing; it is killed in the end.

    Args:
        command: the program, by its path, and its arguments.
        stdin: a descriptor of its standard input.
        pipe: descriptors that it gets as 3 and on.
        files: what the standard input is called in its folder, and what it makes there, which comes
            out of its standard output; nothing for a program that talks by its pipe.
        limits: what it may use.

    Raises:
        NotShownError: it can't be started.
    """
    order = {
        "command": list(command),
        "pipe": list(pipe),
        "input": files[0],
        "output": files[1],
        "memory": limits.memory,
        "cpu": limits.cpu,
        "path": os.environ.get("PATH", os.defpath),
    }
    paths = [path for path in sys.path if path]
    try:
        process = Popen(  # noqa: S603 - our own interpreter; no part of the document is in it
            [sys.executable, "-I", "-S", "-B", "-c", _BOOT, json.dumps(order), *paths],
            stdin=stdin,
            stdout=PIPE if files[1] else DEVNULL,
            stderr=DEVNULL,
            pass_fds=pipe,
            start_new_session=True,
        )
    except OSError as error:
        raise NotShownError(f"no process can be started: {error.strerror}") from error
    with process:
        try:
            yield process
        finally:  # the first process of its namespace dies with it, and all others with that
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
