"""What is taken from a process before it reads a hostile file, as far as the kernel has it."""

from __future__ import annotations

import os
import resource
import sys
from typing import TYPE_CHECKING, NamedTuple

from evidence_chain.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence_chain.canonical import Json

NAMESPACES = "namespaces (user, PID, IPC)"
_PROCESSES = 16
"""With threads, at a time; root may have more."""
_COUNTED_FROM = 2
"""The ABI of Landlock from which on kernels count a namespace's processes by themselves."""
_NONE = "this system has none"


class Isolation(NamedTuple):
    """What confines parsers on this machine."""

    by: list[str]
    """What holds, such as `Landlock (ABI 7)`."""
    lacking: list[str]
    """What doesn't, and why."""

    def as_json(self) -> dict[str, Json]:
        """The same for `--json`."""
        return {"by": [*self.by], "lacking": [*self.lacking]}

    def sentences(self) -> list[str]:
        """The same in words."""
        by = [f"Parsers are confined by {', '.join(self.by)}."] if self.by else []
        return by + [f"Parsers are not confined by {one}." for one in self.lacking]


_now = Isolation([], [])
"""What holds for this process."""


def confined() -> Isolation:
    """What holds for this process."""
    return _now


def enter_namespaces(cpu: int) -> None:
    """Go on in a child with namespaces of its own, where they may be made."""
    if sys.platform != "linux":
        _now.lacking.append(f"Landlock, seccomp, namespaces: {_NONE}")
        return
    from evidence_chain.extract.guard import namespaces

    _note(NAMESPACES, "this system refuses them", held=namespaces.enter(cpu))


def confine(readable: Iterable[str], programs: Iterable[str]) -> None:
    """Take from this process, and from all that it starts, whatever a parser has no need of.

    On Linux: capabilities; all files but those named (Landlock); all calls of the kernel but those
    listed in `syscalls` (seccomp). Elsewhere nothing.

    Args:
        readable: files and folders that may be read.
        programs: programs that may be started.

    Raises:
        ExtractionError: the kernel has the means and refuses them, or can't even keep this process
            from the network.
    """
    if sys.platform != "linux":
        return
    try:
        _confine(readable, list(programs))
    except OSError as error:
        raise ExtractionError(
            f"The process that would read this file can't be confined: {error.strerror}. Nothing "
            "was read. Use a kernel that has seccomp or user namespaces."
        ) from error


def _confine(readable: Iterable[str], programs: list[str]) -> None:
    from evidence_chain.extract.guard import kernel, landlock, seccomp

    machine = os.uname().machine
    filtered, version = seccomp.available(machine), landlock.abi()
    if not filtered:
        from evidence_chain.extract.guard import namespaces

        namespaces.leave_network()
    runnable = [*programs, *_loaders()] if programs else []
    kernel.renounce()
    if NAMESPACES in _now.by and version >= _COUNTED_FROM:
        resource.setrlimit(resource.RLIMIT_NPROC, (_PROCESSES, _PROCESSES))
    if version:
        landlock.restrict(version, readable, runnable)
    if filtered:
        seccomp.install(machine, programs=bool(programs))
    lacks = "the kernel lacks it or has it turned off"
    _note(f"Landlock (ABI {version})" if version else "Landlock", lacks, held=bool(version))
    _note("seccomp", lacks, held=filtered)


def _loaders() -> set[str]:
    """The program that loads programs' libraries, as this process was loaded itself."""
    with open("/proc/self/maps") as maps:
        places = {line.split(maxsplit=5)[-1].strip() for line in maps}
    return {place for place in places if os.path.basename(place).startswith("ld-")}


def _note(name: str, why: str, *, held: bool) -> None:
    (_now.by if held else _now.lacking).append(name if held else f"{name}: {why}")
