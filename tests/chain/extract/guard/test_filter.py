"""The filter of system calls, worked through by hand for every machine that it is made for."""

import errno
import re
from pathlib import Path

import pytest

from evidence_chain.extract.guard import seccomp, syscalls

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, UNKNOWN = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
SELF = 4711
O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_CLOEXEC = 1, 2, 0o100, 0o1000, 0o2000000
THREAD, SIGCHLD, NEW_USER = 0x3D0F00, 17, 0x10000000
HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}

machines = pytest.mark.parametrize("machine", syscalls.MACHINES)


def decide(machine, number, *arguments, programs=False, audit=None):
    """What the filter answers to a call."""
    words = {0: number, 4: syscalls.MACHINES[machine] if audit is None else audit}
    words |= {16 + 8 * at: value for at, value in enumerate(arguments)}
    steps = seccomp.program(machine, SELF, programs=programs)
    at, held = 0, 0
    while True:
        code, if_true, if_false, value = steps[at]
        at += 1
        match code:
            case seccomp._LOAD:
                held = words.get(value, 0)
            case seccomp._AND:
                held &= value
            case seccomp._EQUAL:
                at += if_true if held == value else if_false
            case seccomp._RETURN:
                return value


def named(machine, name):
    return syscalls.by_arguments(machine)[name]


@machines
def test_what_is_listed_is_allowed_and_nothing_else(machine):
    listed = set(syscalls.allowed(machine, programs=False).values())
    unknown = set(syscalls.unknown(machine).values())
    special = set(syscalls.by_arguments(machine).values())
    assert not listed & unknown | listed & special
    for number in set(range(600)) - special:
        expected = ALLOW if number in listed else UNKNOWN if number in unknown else REFUSE
        assert decide(machine, number) == expected, number
    assert decide(machine, 0x40000000 | 1) == REFUSE


@machines
def test_programs_only_where_they_are_wanted(machine):
    more = syscalls.allowed(machine, programs=True).items()
    more -= syscalls.allowed(machine, programs=False).items()
    assert {"execve", "wait4", "pipe2"} <= {name for name, _ in more}
    for _, number in more:
        assert decide(machine, number) == REFUSE
        assert decide(machine, number, programs=True) == ALLOW


@machines
def test_the_calls_of_another_machine_end_the_process(machine):
    assert decide(machine, 0, audit=0x40000003) == KILL


@machines
@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("openat", (3, 0, O_CLOEXEC), ALLOW),
        ("openat", (3, 0, O_WRONLY), REFUSE),
        ("openat", (3, 0, O_RDWR | O_CLOEXEC), REFUSE),
        ("openat", (3, 0, O_WRONLY | O_RDWR), REFUSE),
        ("openat", (3, 0, O_CREAT), REFUSE),
        ("openat", (3, 0, O_TRUNC), REFUSE),
        ("fcntl", (0, 1030), ALLOW),
        ("fcntl", (0, 4), REFUSE),
        ("fcntl", (0, 8), REFUSE),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), REFUSE),
        ("prctl", (15,), ALLOW),
        ("prctl", (4, 1), REFUSE),
        ("prlimit64", (0, 7), ALLOW),
        ("prlimit64", (1, 7), REFUSE),
        ("tgkill", (SELF, SELF, 6), ALLOW),
        ("tgkill", (1, 1, 6), REFUSE),
        ("clone", (THREAD,), ALLOW),
        ("clone", (THREAD | NEW_USER,), REFUSE),
        ("clone", (SIGCHLD,), REFUSE),
    ],
)
def test_by_arguments(machine, name, arguments, answer):
    assert decide(machine, named(machine, name), *arguments) == answer


@machines
def test_children_of_who_may_start_programs(machine):
    clone = named(machine, "clone")
    assert decide(machine, clone, SIGCHLD, programs=True) == ALLOW
    assert decide(machine, clone, SIGCHLD | NEW_USER, programs=True) == REFUSE


@machines
def test_the_numbers_are_those_of_the_kernel(machine):
    header = Path(HEADERS[machine])
    if not header.exists():
        pytest.skip(f"{header} (linux-libc-dev) is not installed.")
    defined = re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)", header.read_text())
    numbers = {name: int(number) for name, number in defined}
    numbers.setdefault("newfstatat", numbers.get("fstatat"))
    known = syscalls.allowed(machine, programs=True) | syscalls.by_arguments(machine)
    for name, number in (known | syscalls.unknown(machine)).items():
        assert numbers[name] == number, name
