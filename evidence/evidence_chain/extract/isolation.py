"""No network for the process that parses a hostile file."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

from evidence_chain.errors import ExtractionError

_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: its number in `linux/audit.h`, and that of the system call `socket`."""
_IO_URING_SETUP = 425
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_OTHER_INTERFACE = 0x40000000
"""The bit of x32's system calls, which have other numbers than those of x86_64."""


def forbid_network() -> None:
    """Take from this process, and from all that it starts, the means to open a socket.

    On Linux a filter of system calls (seccomp) does it, or a network of its own without
    interfaces where there is no filter for the machine. Elsewhere nothing does.

    Raises:
        ExtractionError: the kernel allows neither.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    known = _SOCKET.get(platform.machine())
    if known and _refuse_sockets(libc, *known):
        return
    if libc.unshare(_NEW_USER_AND_NETWORK):
        raise ExtractionError(
            "The process that would read this file can't be cut off from the network: "
            f"{os.strerror(ctypes.get_errno())}. Nothing was read. Use a kernel that has seccomp "
            "or user namespaces."
        )


def _refuse_sockets(libc: ctypes.CDLL, machine: int, socket: int) -> bool:
    """Install a filter for good; whether the kernel took it."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 2, 0, _OTHER_INTERFACE),
        (_EQUAL, 1, 0, socket),
        (_EQUAL, 0, 1, _IO_URING_SETUP),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(steps), ctypes.addressof(held))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    refused: int = libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    return refused == 0
