"""The filter of system calls: what `syscalls` lists is allowed, and nothing else (seccomp).

A filter is a program of classic BPF over the call's number and arguments
(`linux/seccomp.h`, `linux/bpf_common.h`).
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from evidence_chain.extract.guard import syscalls
from evidence_chain.extract.guard.kernel import syscall

_LOAD, _AND, _EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_SET_FILTER, _ALL_THREADS, _TELL_ACTION = 1, 1, 2
_CALL, _MACHINE = 0, 4
_FIRST, _SECOND = 16, 24
"""Where the number of a call, the machine, and the lower halves of two arguments are."""

_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_DUPLICATE_AND_LOOK = (0, 1, 2, 3, 1030, 1034)
"""F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC, F_GET_SEALS."""
_TERMINAL_AND_CLOSING = (0x5401, 0x5450, 0x5451)
"""TCGETS (is it a terminal?), FIONCLEX, FIOCLEX."""
_THREAD_NAMES = (15, 16)
_THREAD, _NAMESPACES = 0x00010000, 0x7E020080
"""CLONE_THREAD, and every CLONE_NEW*."""

Step = tuple[int, int, int, int]
"""Code, jump if true, jump if false, operand."""


def available(machine: str) -> bool:
    """Whether the kernel takes filters, and the numbers of its calls are known here."""
    if machine not in syscalls.MACHINES:
        return False
    action = ctypes.create_string_buffer(struct.pack("=I", _ALLOW), 4)
    try:
        return syscall(syscalls.SECCOMP[machine], _TELL_ACTION, 0, action) == 0
    except OSError:
        return False


def install(machine: str, *, programs: bool) -> None:
    """Filter the calls of this process, and of all that it starts, for good.

    Args:
        machine: as `os.uname` has it.
        programs: whether programs may be started.

    Raises:
        OSError: the kernel refused.
    """
    steps = program(machine, os.getpid(), programs=programs)
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    described = struct.pack("@HP", len(steps), ctypes.addressof(held))
    pointer = ctypes.create_string_buffer(described, len(described))
    if syscall(syscalls.SECCOMP[machine], _SET_FILTER, _ALL_THREADS, pointer):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def program(machine: str, process: int, *, programs: bool) -> list[Step]:
    """The steps of the filter; `process` is the only one that can be sent a signal."""
    steps: list[Step] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, syscalls.MACHINES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _CALL),
    ]
    for number in syscalls.allowed(machine, programs=programs).values():
        steps += _if_equal(number, _ALLOW)
    for number in syscalls.unknown(machine).values():
        steps += _if_equal(number, _REFUSE | errno.ENOSYS)
    rules = _rules(process, programs=programs)
    for name, number in syscalls.by_arguments(machine).items():
        steps += [(_EQUAL, 0, len(rules[name]), number), *rules[name]]
    return [*steps, _refuse()]


def _rules(process: int, *, programs: bool) -> dict[str, list[Step]]:
    """What decides on a call by its arguments, ending in a decision."""
    threads = [] if programs else [*_masked(_FIRST, _THREAD, _THREAD)]
    return {
        "open": [*_masked(_SECOND, _CHANGING, 0), _allow()],
        "openat": [*_masked(_SECOND + 8, _CHANGING, 0), _allow()],
        "fcntl": _one_of(_SECOND, _DUPLICATE_AND_LOOK),
        "ioctl": _one_of(_SECOND, _TERMINAL_AND_CLOSING),
        "prctl": _one_of(_FIRST, _THREAD_NAMES),
        "prlimit64": _one_of(_FIRST, (0,)),
        "clone": [*threads, *_masked(_FIRST, _NAMESPACES, 0), _allow()],
        "tgkill": _one_of(_FIRST, (process,)),
    }


def _one_of(argument: int, values: tuple[int, ...]) -> list[Step]:
    steps: list[Step] = [(_LOAD, 0, 0, argument)]
    for value in values:
        steps += _if_equal(value, _ALLOW)
    return [*steps, _refuse()]


def _masked(argument: int, mask: int, value: int) -> list[Step]:
    """Go on if these bits of an argument have this value, and refuse otherwise."""
    return [(_LOAD, 0, 0, argument), (_AND, 0, 0, mask), (_EQUAL, 1, 0, value), _refuse()]


def _if_equal(value: int, decision: int) -> list[Step]:
    return [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, decision)]


def _allow() -> Step:
    return _RETURN, 0, 0, _ALLOW


def _refuse() -> Step:
    return _RETURN, 0, 0, _REFUSE | errno.EPERM
