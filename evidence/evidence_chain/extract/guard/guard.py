"""Runs a parser in a subprocess that can change nothing.

The subprocess gets the file as its standard input, an environment that holds nothing but where
programs are, no network, no way to change a file or a name, and limits on memory, processor time
and open files; its parent limits the file, its output and the time by the clock, and kills what is
left of it. Whatever a file makes the parser do, the outcome is its text or an `ExtractionError`.

A parser that a file took over altogether could still read what the user may read, and put it into
the text that it answers with.
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

if TYPE_CHECKING:
    from subprocess import Popen

    from evidence_chain.canonical import Json
    from evidence_chain.extract.stream import Extractor

_BOOT = (
    "import sys; sys.path[:] = sys.argv[7:]; "
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
    if os.fstat(file.fileno()).st_size > limits.size:
        raise _failure(f"it has more than {limits.size >> 20} MB")
    with _start(extractor, file, limits, function, arguments) as process:
        try:
            answer = _read(process, limits)
        finally:  # with all that it started, which can't leave its group
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    head, _, blob = answer.partition(b"\n")
    try:
        said = json.loads(head) if head else {}
    except ValueError:
        raise _failure("its parser gave an answer that can't be read") from None
    if "refused" in said:
        raise ExtractionError(said["refused"])
    if "crashed" in said:
        raise _failure(f"its parser stopped with {said['crashed']}")
    if process.returncode or "answer" not in said:
        raise _failure(_death(process.returncode, limits))
    return said["answer"], blob


def _start(
    extractor: Extractor,
    file: BinaryIO,
    limits: Limits,
    function: str,
    arguments: tuple[Json, ...],
) -> Popen[bytes]:
    from subprocess import DEVNULL, PIPE, Popen

    what = [extractor.__name__, function, json.dumps(arguments)]
    settings = [str(limits.memory), str(limits.cpu), str(limits.files)]
    paths = [path for path in sys.path if path]
    command = [sys.executable, "-I", "-S", "-B", "-c", _BOOT, *what, *settings, *paths]
    programs = {"PATH": os.environ.get("PATH", os.defpath)}
    try:
        return Popen(  # noqa: S603 - our own interpreter; the file is no part of the command
            command,
            stdin=file,
            stdout=PIPE,
            stderr=DEVNULL,
            env=programs,
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
                raise _failure(f"its text is longer than {limits.output >> 20} MB")
            if not chunks[-1]:
                break
    try:
        process.wait(max(0, end - monotonic()))
    except TimeoutExpired:
        raise _failure(f"its parser gave no result in {limits.clock:g} s") from None
    return b"".join(chunks)


def _death(code: int, limits: Limits) -> str:
    """How a process died that said nothing."""
    if code == -signal.SIGXCPU:
        return f"its parser took more than {limits.cpu} s of computing"
    if code < 0:
        return f"its parser died by {signal.Signals(-code).name}"
    return f"its parser ended with code {code} and no result"


def _failure(reason: str) -> ExtractionError:
    return ExtractionError(
        f"The text of this file could not be had: {reason}. The file may be damaged or hostile; "
        "nothing else was touched. Preserve the document in another form too, such as plain text."
    )
