"""Namespaces of its own: a process in which no other process, user or queue can be named."""

from __future__ import annotations

import os
import resource
import signal
from typing import NoReturn

from evidence_chain.extract.guard import kernel

_OWN = kernel.NEW_USER | kernel.NEW_PID | kernel.NEW_IPC
_SHARE = 0.5
"""Of the processor time that is allowed: who was killed after it ran out of that. The kernel limits
by whole ticks and tells by what was used of them, which differs where many processes share one."""


def enter(cpu: int) -> bool:
    """Go on in a child with users, processes and queues of its own; whether that was possible.

    This process waits for the child and ends as it ends. If the child ends, so do all processes
    that it started.

    Args:
        cpu: seconds of processor time that the child may take.
    """
    try:
        kernel.unshare(_OWN)
    except OSError:
        return False
    if child := os.fork():
        _end_as(child, cpu)
    kernel.die_with_parent()
    # The kernel spares the first process of a namespace the warning before the end.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    return True


def leave_network() -> None:
    """Go on where there is no network.

    Raises:
        OSError: this system doesn't let this user do that.
    """
    try:
        kernel.unshare(kernel.NEW_NETWORK)
    except OSError:  # where no namespaces were entered before
        kernel.unshare(kernel.NEW_USER | kernel.NEW_NETWORK)


def _end_as(child: int, cpu: int) -> NoReturn:
    os.closerange(0, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGKILL and used.ru_utime + used.ru_stime > cpu * _SHARE:
        code = -signal.SIGXCPU
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(abs(code))
