"""Let the kernel refuse system calls that NumPy does not need and that evade the other limits.

Memory that no limit counts: a file system of one's own (after unshare), shared memory, semaphores,
rings. Ways out: sockets that no network namespace holds, keys that outlive the process, a look
into the sandbox's first process, which has no limits; a lease on a file that others read, who
then wait; a timer, which could continue a process that is stopped; waiting for everybody's disks.
This file runs in the worker, with the standard library alone.
"""

import ctypes
import errno
import platform
import struct

NAMES = """
    unshare setns shmget semget msgget memfd_create memfd_secret io_uring_setup socket
    ptrace process_vm_readv process_vm_writev pidfd_getfd
    add_key request_key keyctl bpf userfaultfd perf_event_open
    timer_create sync syncfs fsync fdatasync
"""
REFUSED = {
    "x86_64": (
        *(0xC000003E, 72, 157),
        *(272, 308, 29, 64, 68, 319, 447, 425, 41),
        *(101, 310, 311, 438),
        *(248, 249, 250, 321, 323, 298),
        *(222, 162, 306, 74, 75),
    ),
    "aarch64": (
        *(0xC00000B7, 25, 167),
        *(97, 268, 194, 190, 186, 279, 447, 425, 198),
        *(117, 270, 271, 438),
        *(217, 218, 219, 280, 282, 241),
        *(107, 81, 267, 82, 83),
    ),
}
"""Of each machine: its number for seccomp, those of fcntl and prctl, and those of NAMES."""

FILE_NAMES = "open openat openat2 creat open_by_handle_at execve execveat"
FILES = {
    "x86_64": (2, 257, 437, 85, 304, 59, 322),
    "aarch64": (56, 437, 265, 221, 281),
}
"""Of each machine: the numbers of those of FILE_NAMES that it has."""

LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
KILL, REFUSE, ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
SYSCALL_NUMBER, MACHINE, FIRST_ARGUMENT, SECOND_ARGUMENT, OTHER_ABI = 0, 4, 16, 24, 0x40000000
F_SETLEASE, PR_SET_PDEATHSIG = 1024, 1
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def refuse_calls():
    """Refuse the calls of NAMES, from here on, in this process and its children.

    Of two calls, one use: a lease on a file, and to live on when the judge has ended.
    """
    machine, fcntl, prctl, *numbers = REFUSED.get(platform.machine(), (None, None, None))
    if machine:
        leases = refusal(fcntl, SECOND_ARGUMENT, F_SETLEASE)
        deaths = refusal(prctl, FIRST_ARGUMENT, PR_SET_PDEATHSIG)
        install([*head(machine), *refusals(numbers), *leases, *deaths, (ANSWER, 0, 0, ALLOW)])


def refuse_files():
    """Refuse to open a file or to run a program, from here on."""
    refuse(FILES)


def refuse(numbers_of):
    """Refuse more system calls, from here on; numbers_of: {machine: numbers}, as FILES."""
    if platform.machine() in REFUSED:
        machine = REFUSED[platform.machine()][0]
        numbers = numbers_of[platform.machine()]
        install([*head(machine), *refusals(numbers), (ANSWER, 0, 0, ALLOW)])


def install(steps):
    """Let a filter decide on each system call of this process and its children. See seccomp(2).

    steps: (operation, jump if true, jump if false, operand). Raises OSError if the kernel cannot.
    """
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    filter_ = ctypes.c_char_p(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_, 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the system calls cannot be limited")


def head(machine):
    """Return the steps that end a process which calls as another kind of machine does."""
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, machine), (ANSWER, 0, 0, KILL)]
    return steps + [(LOAD, 0, 0, SYSCALL_NUMBER), (AT_LEAST, 0, 1, OTHER_ABI), (ANSWER, 0, 0, KILL)]


def refusals(numbers):
    """Return the steps that refuse the calls of those numbers."""
    return [step for n in numbers for step in ((EQUAL, 0, 1, n), (ANSWER, 0, 0, REFUSE))]


def refusal(number, argument, value):
    """Return the steps that refuse a call of that number, where an argument has that value."""
    steps = [(EQUAL, 0, 4, number), (LOAD, 0, 0, argument), (EQUAL, 0, 1, value)]
    return [*steps, (ANSWER, 0, 0, REFUSE), (LOAD, 0, 0, SYSCALL_NUMBER)]
