"""What runs first in the process of a program that shows a document: it takes all away from it.

No network, no other process, no file of the user, nothing that lasts: `/tmp` and the home are in
memory that goes with the process, and the other folders of the machine are empty ones, but for
those that programs are installed in. The program is nobody's root, so that a browser can keep its
own sandbox on. Imports little; what can't be taken away ends it.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys

from evidence_chain.extract.guard import kernel

_NEW_MOUNTS = 0x00020000
_NODEV_NOSUID, _PRIVATE = 0x2 | 0x4, 0x40000 | 0x4000
"""Flags of `mount(2)`."""
_NAMESPACES = kernel.NEW_USER | kernel.NEW_PID | kernel.NEW_IPC | kernel.NEW_NETWORK | _NEW_MOUNTS
_INSTALLED = frozenset(
    {*("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "etc", "opt", "nix", "var")}
    | {*("proc", "sys", "dev")}
)
"""Folders of the machine that stay as they are."""
_USER = 1000
_REFUSED = 86
"""The exit code where something could not be taken away."""
HOME = "/tmp"  # noqa: S108 - the process has one of its own


def main() -> None:
    """Confine this process, and become the program that the first argument orders."""
    order = json.loads(sys.argv[1])
    try:
        _enter()
        _end_as_child()
        _hide(order["memory"])
        _limit(order)
        for at, descriptor in enumerate(order["pipe"], 3):
            os.dup2(descriptor, at)
        os.chdir(HOME)
        if order["input"]:
            _copy_in(order["input"])
    except OSError as error:
        sys.stderr.write(str(error.strerror))
        os._exit(_REFUSED)
    environment = {"HOME": HOME, "TMPDIR": HOME, "PATH": order["path"], "LANG": "C.UTF-8"}
    if not order["output"]:
        os.execve(order["command"][0], order["command"], environment)  # noqa: S606 - no shell
    _convert(order["command"], order["output"], environment)


def _enter() -> None:
    user, group = os.getuid(), os.getgid()
    kernel.unshare(_NAMESPACES)
    for name, content in (
        ("setgroups", "deny"),
        ("uid_map", f"{_USER} {user} 1"),
        ("gid_map", f"{_USER} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)


def _end_as_child() -> None:
    """Go on in a child, the first process of its namespace: with it all that it started ends."""
    if child := os.fork():
        os.closerange(0, 3)
        _, status = os.waitpid(child, 0)
        os._exit(abs(os.waitstatus_to_exitcode(status)) & 0xFF)
    kernel.die_with_parent()


def _hide(memory: int) -> None:
    """Leave nothing to be read but what is installed, and nothing to be written but memory."""
    _mount("none", "/", "", _PRIVATE, "")
    for name in sorted(os.listdir("/")):
        path = f"/{name}"
        if name in _INSTALLED or os.path.islink(path) or not os.path.isdir(path):
            continue
        size = memory if path == HOME else 1 << 20
        _mount("tmpfs", path, "tmpfs", _NODEV_NOSUID, f"size={size},mode=0700")
    try:
        _mount("proc", "/proc", "proc", _NODEV_NOSUID, "")
    except OSError:
        return  # a container that hides parts of it; no other process can be named all the same


def _mount(source: str, target: str, kind: str, flags: int, data: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    words = [word.encode() for word in (source, target, kind)]
    if libc.mount(*words, ctypes.c_ulong(flags), data.encode()) < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{target}: {os.strerror(code)}")


def _limit(order: dict[str, int]) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, order["cpu"]),
        (resource.RLIMIT_DATA, order["memory"]),
        (resource.RLIMIT_FSIZE, order["memory"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(kind)
        most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(kind, (most, most))


def _copy_in(name: str) -> None:
    with open(name, "xb") as copy, open(0, "rb", closefd=False) as given:
        while block := given.read(1 << 20):
            copy.write(block)


def _convert(command: list[str], output: str, environment: dict[str, str]) -> None:
    """Run the program to its end, and answer with the file that it made."""
    silent = [(os.POSIX_SPAWN_OPEN, at, os.devnull, os.O_RDWR, 0) for at in range(3)]
    child = os.posix_spawn(command[0], command, environment, file_actions=silent)
    os.waitpid(child, 0)
    try:
        with open(output, "rb") as made:
            while block := made.read(1 << 20):
                sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
    except OSError:
        os._exit(1)
    os._exit(0)
