"""System calls that a parser may make, with their numbers (`asm/unistd.h`); all others are refused.

Each row has the number on x86_64 and on aarch64, or `-` where a machine has no such call. Not here:
what changes a file, its mode, times, attributes or name; sockets; shared memory, queues and
semaphores; signals; and whatever reaches namespaces, keys, other processes or the kernel itself.
"""

from __future__ import annotations

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The machines whose numbers are known here, as `linux/audit.h` numbers them."""

_READING = """
read 0 63
pread64 17 67
readv 19 65
preadv 295 69
preadv2 327 286
lseek 8 62
close 3 57
close_range 436 436
dup 32 23
dup2 33 -
dup3 292 24
stat 4 -
lstat 6 -
fstat 5 80
newfstatat 262 79
statx 332 291
statfs 137 43
fstatfs 138 44
access 21 -
faccessat 269 48
faccessat2 439 439
readlink 89 -
readlinkat 267 78
getdents64 217 61
getcwd 79 17
fadvise64 221 223
"""
_ANSWERING = """
write 1 64
writev 20 66
"""
_COMPUTING = """
brk 12 214
mmap 9 222
munmap 11 215
mremap 25 216
mprotect 10 226
madvise 28 233
mincore 27 232
membarrier 324 283
futex 202 98
getrandom 318 278
uname 63 160
sysinfo 99 179
sched_getaffinity 204 123
sched_yield 24 124
getcpu 309 168
arch_prctl 158 -
set_tid_address 218 96
set_robust_list 273 99
get_robust_list 274 100
rseq 334 293
"""
_WAITING = """
poll 7 -
ppoll 271 73
select 23 -
pselect6 270 72
pause 34 -
nanosleep 35 101
clock_nanosleep 230 115
clock_gettime 228 113
clock_getres 229 114
gettimeofday 96 169
time 201 -
times 100 153
restart_syscall 219 128
"""
_ITSELF = """
exit 60 93
exit_group 231 94
getpid 39 172
getppid 110 173
gettid 186 178
getuid 102 174
geteuid 107 175
getgid 104 176
getegid 108 177
getresuid 118 148
getresgid 120 150
getgroups 115 158
getpgrp 111 -
getpgid 121 155
getsid 124 156
getrlimit 97 163
setrlimit 160 164
getrusage 98 165
umask 95 166
rt_sigaction 13 134
rt_sigprocmask 14 135
rt_sigreturn 15 139
rt_sigpending 127 136
rt_sigtimedwait 128 137
sigaltstack 131 132
"""
_PROGRAMS = """
execve 59 221
fork 57 -
vfork 58 -
wait4 61 260
waitid 247 95
pipe 22 -
pipe2 293 59
"""
_BY_ARGUMENTS = """
open 2 -
openat 257 56
fcntl 72 25
ioctl 16 29
prctl 157 167
prlimit64 302 261
clone 56 220
tgkill 234 131
"""
_UNKNOWN = """
clone3 435 435
openat2 437 437
"""

SECCOMP = {"x86_64": 317, "aarch64": 277}
"""The call that installs a filter."""


def _numbers(table: str, machine: str) -> dict[str, int]:
    at = 1 + list(MACHINES).index(machine)
    rows = [line.split() for line in table.split("\n") if line]
    return {row[0]: int(row[at]) for row in rows if row[at] != "-"}


def allowed(machine: str, *, programs: bool) -> dict[str, int]:
    """Calls that may be made whatever their arguments, those that start programs if wanted."""
    table = _READING + _ANSWERING + _COMPUTING + _WAITING + _ITSELF
    return _numbers(table + (_PROGRAMS if programs else ""), machine)


def by_arguments(machine: str) -> dict[str, int]:
    """Calls that depend on what is asked for."""
    return _numbers(_BY_ARGUMENTS, machine)


def unknown(machine: str) -> dict[str, int]:
    """Calls whose arguments no filter can see: libraries do without where a kernel has none."""
    return _numbers(_UNKNOWN, machine)
