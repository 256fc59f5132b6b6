"""What runs in the guarded subprocess: limits first, then one extractor.

It answers on its standard output with a line of JSON (`options`, `refused` or `crashed`) and
the text after it, in UTF-8. Imports little, since it starts anew for every file.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from evidence_chain.canonical import Json


def main() -> None:
    """Extract the text of standard input, by the module and within the limits of the arguments."""
    name, memory, cpu, files = sys.argv[1], *map(int, sys.argv[2:5])
    answer = _take_output()
    sys.excepthook = _crash_reporter(answer)
    set_limits(memory, cpu, files)
    try:
        text, options = import_module(name).extract(sys.stdin.buffer)
    except ExtractionError as error:
        _send(answer, {"refused": str(error)})
    else:
        _send(answer, {"options": options}, text.encode())


def set_limits(memory: int, cpu: int, files: int) -> None:
    """Limit this process for the rest of its life; no file may be written at all."""
    if sys.platform != "darwin":
        _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, cpu, grace=1)
    _limit(resource.RLIMIT_NOFILE, files)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, most: int, grace: int = 0) -> None:
    """Lower a limit; one that is lower already stays."""
    _, ceiling = resource.getrlimit(kind)
    hard = most + grace if ceiling == resource.RLIM_INFINITY else min(most + grace, ceiling)
    resource.setrlimit(kind, (min(most, hard), hard))


def _take_output() -> BinaryIO:
    """Keep standard output for the answer alone; what a library prints is dropped."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer


def _crash_reporter(
    answer: BinaryIO,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def report(
        kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        _send(answer, {"crashed": f"{kind.__name__}: {error}"[:500].rstrip(": ")})

    return report


def _send(answer: BinaryIO, head: dict[str, Json], text: bytes = b"") -> None:
    line = json.dumps(head).encode() + b"\n"
    with answer:
        answer.write(line)
        answer.write(text)
