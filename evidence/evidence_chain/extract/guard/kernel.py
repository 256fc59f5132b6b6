"""Calls of the Linux kernel that Python has no names for, by the system's C library."""

from __future__ import annotations

import ctypes
import os

NEW_USER, NEW_PID, NEW_IPC, NEW_NETWORK = 0x10000000, 0x20000000, 0x08000000, 0x40000000
"""Kinds of namespaces (`linux/sched.h`)."""
_SET_DUMPABLE, _SET_NO_NEW_PRIVILEGES, _SET_DEATH_SIGNAL = 4, 38, 1
_CAPABILITIES_V3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def syscall(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """Return what a system call answers.

    Raises:
        OSError: it answered with an error.
    """
    words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *words))


def prctl(option: int, *arguments: int) -> int:
    """Return what `prctl(2)` answers.

    Raises:
        OSError: it answered with an error.
    """
    words = [ctypes.c_ulong(one) for one in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(_libc.prctl(option, *words))


def unshare(kinds: int) -> None:
    """Leave namespaces for new ones.

    Raises:
        OSError: this system has none of some kind, or doesn't let this user make them.
    """
    _checked(_libc.unshare(kinds))


def die_with_parent() -> None:
    """Have this process killed as soon as the one that started it is gone."""
    prctl(_SET_DEATH_SIGNAL, 9)


def renounce() -> None:
    """Give up all capabilities, the hope for new ones, and being open to the user's processes."""
    prctl(_SET_NO_NEW_PRIVILEGES, 1)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()))
    prctl(_SET_DUMPABLE, 0)


def _checked(answer: int) -> int:
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return answer
