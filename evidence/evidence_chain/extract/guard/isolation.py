"""What the process that parses a hostile file may not ask of the kernel."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

from evidence_chain.errors import ExtractionError

_REFUSED = {
    "x86_64": (
        *(41, 425, 437, 85),  # socket, io_uring_setup, openat2, creat
        *(76, 82, 83, 84, 86, 87, 88, 90, 92, 94, 133),  # truncate, rename … mknod
        *(258, 259, 260, 263, 264, 265, 266, 268, 316),  # the same, from a directory
        *(101, 310, 311),  # ptrace, process_vm_readv, process_vm_writev
        *(109, 112),  # setpgid, setsid
    ),
    "aarch64": (
        *(198, 425, 437),
        *(33, 34, 35, 36, 37, 38, 45, 53, 54, 276),
        *(117, 270, 271),
        *(154, 157),
    ),
}
"""System calls by machine: for the network, to change files or their names, to reach into other
processes, and to leave the group that is killed in the end."""
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""Their numbers in `linux/audit.h`."""
_OPEN = {"x86_64": ((2, 24), (257, 32)), "aarch64": ((56, 32),)}
"""The calls that open files, and where in their arguments the flags are."""
_CREATE_OR_TRUNCATE = os.O_CREAT | os.O_TRUNC
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_OTHER_INTERFACE = 0x40000000
"""The bit of x32's system calls, which have other numbers than those of x86_64."""
_PROGRAM_CALL, _MACHINE = 0, 4

Step = tuple[int, int, int, int]


def confine() -> None:
    """Take from this process, and from all that it starts, the network and the changing of files.

    On Linux a filter of system calls (seccomp) does it, or where there is none for the machine, a
    network of its own without interfaces, which leaves files to the limits. Elsewhere nothing does.
    Reading files is not prevented.

    Raises:
        ExtractionError: the kernel allows neither.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if platform.machine() in _MACHINES and _install(libc, _filter(platform.machine())):
        return
    if libc.unshare(_NEW_USER_AND_NETWORK):
        raise ExtractionError(
            "The process that would read this file can't be cut off from the network: "
            f"{os.strerror(ctypes.get_errno())}. Nothing was read. Use a kernel that has seccomp "
            "or user namespaces."
        )


def _filter(machine: str) -> list[Step]:
    """The steps of the filter: code, jump if true, jump if false, operand."""
    steps: list[Step] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, _MACHINES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _PROGRAM_CALL),
        (_AT_LEAST, 0, 1, _OTHER_INTERFACE),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for call in _REFUSED[machine]:
        steps += (_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE)
    for call, flags in _OPEN[machine]:
        steps += (
            (_EQUAL, 0, 4, call),
            (_LOAD, 0, 0, flags),
            (_ANY_BIT, 0, 1, _CREATE_OR_TRUNCATE),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        )
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _install(libc: ctypes.CDLL, steps: list[Step]) -> bool:
    """Install a filter for good; whether the kernel took it."""
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(steps), ctypes.addressof(held))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    refused: int = libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    return refused == 0
