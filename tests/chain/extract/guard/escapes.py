"""A stand-in for a parser that was taken over: plain calls, each of which tells what came of it.

Every one takes a file of its own that it can name, and the number of a process of the same user.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import stat
import subprocess
from typing import NamedTuple

ATTEMPTS = {}
LIBC = ctypes.CDLL(None, use_errno=True)
IPC_CREAT, IPC_RMID = 0o1000, 0
PTRACE_SEIZE, PR_SET_DUMPABLE = 0x4206, 4


class Told(NamedTuple):
    outcomes: dict

    def pack(self):
        return self.outcomes, b""


def every(file, folder, other):
    """What came of each: `done`, or the name of the error."""
    return Told({name: _outcome(name, folder, other) for name in ATTEMPTS})


def privileges(file):
    """What this process still has of them, as it is told itself."""
    words = (ctypes.c_uint32 * 6)()
    called(LIBC.capget((ctypes.c_uint32 * 2)(0x20080522, 0), words))
    dumpable, no_new = (LIBC.prctl(option, 0, 0, 0, 0) for option in (3, 39))
    return Told({"capabilities": sum(words), "dumpable": dumpable, "no new ones": no_new})


def fork_without_end(file):
    """How many children there can be at a time."""
    children = 0
    try:
        for _ in range(100):
            if not os.fork():
                signal.pause()
            children += 1
    except OSError as error:
        return Told({"children": children, "error": errno.errorcode[error.errno]})
    return Told({"children": children, "error": ""})


def descriptors(file):
    """What is open: of what kind, whether it can be written to, and how it is sealed."""
    found = []
    for number in range(64):
        try:
            mode, flags = os.fstat(number).st_mode, fcntl.fcntl(number, fcntl.F_GETFL)
        except OSError:
            continue
        seals = fcntl.fcntl(number, fcntl.F_GET_SEALS) if stat.S_ISREG(mode) else 0
        found.append([stat.filemode(mode)[0], flags & os.O_ACCMODE != os.O_RDONLY, seals])
    return Told({"open": found})


PROGRAMS = {"fork_without_end": ("true",)}


def _outcome(name, folder, other):
    try:
        ATTEMPTS[name](os.path.join(folder, name), other)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    except subprocess.SubprocessError as error:
        return str(error)
    return "done"


def attempt(function):
    ATTEMPTS[function.__name__] = function
    return function


def called(answer):
    """Raise what a function of the C library tells by answering -1."""
    if answer == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


@attempt
def open_for_writing(there, other):
    os.open(there, os.O_RDWR)


@attempt
def open_for_appending(there, other):
    os.open(there, os.O_WRONLY | os.O_APPEND)


@attempt
def make_a_file(there, other):
    os.open(f"{there}.new", os.O_CREAT | os.O_RDONLY)


@attempt
def make_a_nameless_file(there, other):
    os.open(os.path.dirname(there), os.O_TMPFILE | os.O_RDWR)


@attempt
def truncate(there, other):
    os.truncate(there, 0)


@attempt
def truncate_what_is_open(there, other):
    os.ftruncate(os.open(there, os.O_RDWR), 0)


@attempt
def map_for_writing(there, other):
    with mmap.mmap(os.open(there, os.O_RDWR), 0) as mapped:
        mapped[0] = 0


@attempt
def set_an_attribute(there, other):
    os.setxattr(there, "user.note", b"x")


@attempt
def set_times(there, other):
    os.utime(there, (1, 1))


@attempt
def set_mode(there, other):
    os.chmod(there, 0o777)


@attempt
def set_owner(there, other):
    os.chown(there, os.getuid(), os.getgid())


@attempt
def rename(there, other):
    os.rename(there, f"{there}.new")


@attempt
def unlink(there, other):
    os.unlink(there)


@attempt
def link(there, other):
    os.link(there, f"{there}.new")


@attempt
def symlink(there, other):
    os.symlink(there, f"{there}.new")


@attempt
def make_a_folder(there, other):
    os.mkdir(f"{there}.new")


@attempt
def make_a_pipe(there, other):
    os.mkfifo(f"{there}.new")


@attempt
def read_a_file(there, other):
    with open(there, "rb") as file:
        file.read()


@attempt
def read_the_signing_key(there, other):
    read_a_file(os.path.join(os.path.dirname(there), "signing.key"), other)


@attempt
def read_accounts(there, other):
    read_a_file("/etc/passwd", other)


@attempt
def list_a_folder(there, other):
    os.listdir(os.path.dirname(there))


@attempt
def list_the_root(there, other):
    os.listdir("/")


@attempt
def list_processes(there, other):
    os.listdir("/proc")


@attempt
def read_environment(there, other):
    read_a_file(f"/proc/{other}/environ", other)


@attempt
def open_memory(there, other):
    os.open(f"/proc/{other}/mem", os.O_RDWR)


@attempt
def read_memory(there, other):
    os.open(f"/proc/{other}/mem", os.O_RDONLY)


@attempt
def write_into_memory(there, other):
    """Without opening anything, to where nothing lies: who may do it is told that."""
    span = (ctypes.c_size_t * 2)(4096, 8)
    try:
        called(LIBC.process_vm_writev(other, span, 1, span, 1, 0))
    except OSError as error:
        if error.errno != errno.EFAULT:
            raise


@attempt
def set_its_priority(there, other):
    os.setpriority(os.PRIO_PROCESS, other, os.getpriority(os.PRIO_PROCESS, 0))


@attempt
def bind_it_to_a_processor(there, other):
    os.sched_setaffinity(other, range(os.cpu_count()))


@attempt
def trace(there, other):
    called(LIBC.ptrace(PTRACE_SEIZE, other, None, None))


@attempt
def signal_it(there, other):
    os.kill(other, 0)


@attempt
def signal_the_group(there, other):
    os.kill(0, 0)


@attempt
def hold_it(there, other):
    os.pidfd_open(other)


@attempt
def limit_it(there, other):
    resource.prlimit(other, resource.RLIMIT_CORE)


@attempt
def have_it_signalled(there, other):
    fcntl.fcntl(0, fcntl.F_SETOWN, other)


@attempt
def start_a_program(there, other):
    subprocess.run(["/bin/true"], check=True)


@attempt
def leave_a_child(there, other):
    if not os.fork():
        os._exit(0)
    os.wait()


@attempt
def be_looked_at(there, other):
    called(LIBC.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0))


@attempt
def share_memory(there, other):
    called(LIBC.shmctl(called(LIBC.shmget(0, 4096, IPC_CREAT | 0o600)), IPC_RMID, None))


@attempt
def share_a_queue(there, other):
    called(LIBC.msgctl(called(LIBC.msgget(0, IPC_CREAT | 0o600)), IPC_RMID, None))


@attempt
def connect(there, other):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))


@attempt
def send_a_datagram(there, other):
    with socket.socket(type=socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", 9))


@attempt
def open_a_unix_socket(there, other):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(b"\0evidence-chain-test")


@attempt
def join_two_sockets(there, other):
    for one in socket.socketpair():
        one.close()


@attempt
def change_mode_of_the_input(there, other):
    os.fchmod(0, 0o777)


@attempt
def set_times_of_the_input(there, other):
    os.utime(0, (1, 1))
