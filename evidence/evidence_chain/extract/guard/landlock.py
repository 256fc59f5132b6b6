"""Landlock: which files a process can open from now on (`linux/landlock.h`).

Descriptors that are open already, modes, times, attributes, UDP and unix sockets are outside of
its reach: the filter of system calls refuses those.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from typing import TYPE_CHECKING

from evidence_chain.extract.guard.kernel import syscall

if TYPE_CHECKING:
    from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same numbers on every machine."""
_TELL_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1, 1 << 2, 1 << 3
_KNOWN_RIGHTS = (0, 13, 14, 15, 15, 16)
"""How many rights over files each ABI knows, from 0; the last one's hold for later ones."""
_NETWORK, _NETWORK_FROM = 0b11, 4
"""Binding and connecting TCP sockets."""
_SCOPES, _SCOPES_FROM = 0b11, 6
"""Abstract unix sockets, and signals, of processes outside."""


def abi() -> int:
    """The version of Landlock that the kernel has; 0 if it has none or it is turned off."""
    try:
        return syscall(_CREATE_RULESET, None, 0, _TELL_VERSION)
    except OSError:
        return 0


def restrict(version: int, readable: Iterable[str], runnable: Iterable[str]) -> None:
    """Let this process, and all that it starts, open nothing but what is named.

    Args:
        version: what `abi` told.
        readable: files, and folders with all in them; what is not there is left out.
        runnable: programs that may be started as well, and what the kernel loads them by.

    Raises:
        OSError: the kernel refused.
    """
    rights = (1 << _KNOWN_RIGHTS[min(version, len(_KNOWN_RIGHTS) - 1)]) - 1
    network = _NETWORK if version >= _NETWORK_FROM else 0
    scopes = _SCOPES if version >= _SCOPES_FROM else 0
    size = 24 if scopes else 16 if network else 8
    described = struct.pack("=QQQ", rights, network, scopes)[:size]
    rules = syscall(_CREATE_RULESET, ctypes.create_string_buffer(described, size), size, 0)
    try:
        for path in readable:
            _allow(rules, path, _READ_FILE | _READ_FOLDER)
        for path in runnable:
            _allow(rules, path, _READ_FILE | _EXECUTE)
        syscall(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what can't be reached isn't read
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= ~_READ_FOLDER
        rule = struct.pack("=Qi", rights, place)
        syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(place)
