"""What runs in the guarded subprocess: limits first, then one function of one extractor.

The extractor is imported before the process is confined, and its file read after. It answers on
its standard output with a line of JSON (`answer`, `refused` or `crashed`) and bytes after it.
Imports little, since it starts anew for every file.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from evidence_chain.errors import ExtractionError
from evidence_chain.extract.guard.isolation import confine, enter_namespaces

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from evidence_chain.canonical import Json


def main() -> None:
    """Run a function of a module on standard input, as the first argument says."""
    order = json.loads(sys.argv[1])
    answer = _take_output()
    sys.excepthook = _crash_reporter(answer)
    set_limits(order["memory"], order["cpu"], order["files"])
    enter_namespaces(order["cpu"])
    try:
        function = getattr(import_module(order["module"]), order["function"])
        confine(order["readable"], order["programs"])
        result = function(sys.stdin.buffer, *order["arguments"])
    except ExtractionError as error:
        _send(answer, {"refused": str(error)})
    else:
        head, blob = result.pack()
        _send(answer, {"answer": head}, blob)


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


def _send(answer: BinaryIO, head: dict[str, Json], blob: bytes = b"") -> None:
    line = json.dumps(head).encode() + b"\n"
    with answer:
        answer.write(line)
        answer.write(blob)
