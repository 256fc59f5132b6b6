"""Runs a parser in a subprocess that can change nothing, and read nothing but its file.

The subprocess gets the file as its standard input, copied into sealed memory unless it is large, an
environment that holds nothing but where its programs are, and limits on memory, processor time and
open files; what else is taken from it is in `isolation`. Its parent limits the file, its output and
the time by the clock, kills what is left of it, and trusts nothing that comes back. Whatever a file
makes the parser do, the outcome is its text or an `ExtractionError`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.guard import answer, readable
from evidence_chain.extract.guard.answer import failure
from evidence_chain.extract.guard.handing import handed

if TYPE_CHECKING:
    from subprocess import Popen

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Extractor

_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from evidence_chain.extract.guard.worker import main; main()"
)
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a parser may use."""

    memory: int = 1 << 30
    """Bytes of address space; macOS doesn't limit it."""
    cpu: int = 60
    """Seconds of processor time."""
    files: int = 32
    """Open files."""
    clock: float = 120
    """Seconds by the clock."""
    output: int = 64 << 20
    """Bytes of text."""
    size: int = 1 << 30
    """Bytes of the file."""


LIMITS = Limits()


def run(
    extractor: Extractor,
    file: BinaryIO,
    limits: Limits = LIMITS,
    *,
    function: str = "extract",
    arguments: tuple[Json, ...] = (),
) -> tuple[dict[str, Json], bytes]:
    """Return what a function of `extractor` makes of `file` in a subprocess, packed.

    Args:
        extractor: a module, which the subprocess imports by its name.
        file: an open file, from its beginning.
        limits: what the subprocess may use.
        function: the function of the module; its result has a method `pack`.
        arguments: what the function takes after the file.

    Raises:
        ExtractionError: the extractor found no text, crashed, or ran into a limit.
    """
    size = os.fstat(file.fileno()).st_size
    if size > limits.size:
        raise failure(f"it has more than {limits.size >> 20} MB")
    with (
        handed(file, size) as descriptor,
        _start(extractor, descriptor, limits, function, arguments) as process,
    ):
        try:
            output = _read(process, limits)
        finally:  # with all that it started, which can't leave its group
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    said = answer.read(output)
    if process.returncode or said is None:
        raise failure(_death(process.returncode, limits))
    return said


def _start(
    extractor: Extractor,
    descriptor: int,
    limits: Limits,
    function: str,
    arguments: tuple[Json, ...],
) -> Popen[bytes]:
    programs, data = readable.programs(getattr(extractor, "PROGRAMS", {}).get(function, ()))
    order = {
        "module": extractor.__name__,
        "function": function,
        "arguments": arguments,
        "memory": limits.memory,
        "cpu": limits.cpu,
        "files": limits.files,
        "readable": [*readable.libraries(extractor.__name__), *data],
        "programs": programs,
    }
    paths = [path for path in sys.path if path]
    command = [sys.executable, "-I", "-S", "-B", "-c", _BOOT, json.dumps(order), *paths]
    return _spawn(command, descriptor, os.pathsep.join(map(os.path.dirname, programs)))


def _spawn(command: list[str], descriptor: int, path: str) -> Popen[bytes]:
    from subprocess import DEVNULL, PIPE, Popen

    try:
        return Popen(  # noqa: S603 - our own interpreter; the file is no part of the command
            command,
            stdin=descriptor,
            stdout=PIPE,
            stderr=DEVNULL,
            env={"PATH": path},
            start_new_session=True,
        )
    except OSError as error:
        raise ExtractionError(
            f"The process that would read this file can't be started: {error.strerror}. Try again "
            "when the machine has more memory or fewer processes."
        ) from error


def _read(process: Popen[bytes], limits: Limits) -> bytes:
    """All that the process writes until it ends, which it must within the limits."""
    from selectors import EVENT_READ, DefaultSelector
    from subprocess import TimeoutExpired

    end, size, chunks = monotonic() + limits.clock, 0, []
    descriptor = process.stdout.fileno() if process.stdout else -1
    with DefaultSelector() as ready:
        ready.register(descriptor, EVENT_READ)
        while ready.select(max(0, end - monotonic())):
            chunks.append(os.read(descriptor, _CHUNK))
            size += len(chunks[-1])
            if size > limits.output:
                raise failure(f"its text is longer than {limits.output >> 20} MB")
            if not chunks[-1]:
                break
    try:
        process.wait(max(0, end - monotonic()))
    except TimeoutExpired:
        raise failure(f"its parser gave no result in {limits.clock:g} s") from None
    return b"".join(chunks)


def _death(code: int, limits: Limits) -> str:
    """How a process died that said nothing."""
    if code == -signal.SIGXCPU:
        return f"its parser took more than {limits.cpu} s of computing"
    if code < 0:
        return f"its parser died by {signal.Signals(-code).name}"
    return f"its parser ended with code {code} and no result"
