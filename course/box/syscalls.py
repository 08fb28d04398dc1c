"""Let the kernel refuse system calls that NumPy does not need and that evade the other limits.

Memory that no limit counts: a file system of one's own (after unshare), shared memory, semaphores,
rings, locks on files, pages that a pipe holds. Ways out: sockets that no network namespace holds,
and pairs of them, of which one can send to others; keys and queues that outlive the process; a look
into the sandbox's first process, which has no limits; a lease on a file that others read, who then
wait. What could continue a stopped process: a timer, a signal of choice when a file is touched.
Waiting for everybody's disks. What a user or a machine has a fixed number of, such as watches of
files. All that Linux has learned since 2019. This file runs in the worker, with the standard
library alone.
"""

import ctypes
import errno
import platform
import struct

NAMES = """
    unshare setns shmget semget msgget memfd_create socket socketpair mq_open
    ptrace process_vm_readv process_vm_writev
    add_key request_key keyctl bpf userfaultfd perf_event_open
    timer_create sync syncfs fsync fdatasync sync_file_range pwritev2
    flock vmsplice io_setup inotify_init1 fanotify_init inotify_init
"""
REFUSED = {
    "x86_64": (
        *(0xC000003E, 72, 157),
        *(272, 308, 29, 64, 68, 319, 41, 53, 240),
        *(101, 310, 311),
        *(248, 249, 250, 321, 323, 298),
        *(222, 162, 306, 74, 75, 277, 328),
        *(73, 278, 206, 294, 300, 253),
    ),
    "aarch64": (
        *(0xC00000B7, 25, 167),
        *(97, 268, 194, 190, 186, 279, 198, 199, 180),
        *(117, 270, 271),
        *(217, 218, 219, 280, 282, 241),
        *(107, 81, 267, 82, 83, 84, 287),
        *(32, 75, 0, 26, 262),
    ),
}
"""Of each machine: its number for seccomp, those of fcntl and prctl, and those of NAMES. ARM64
never had the last."""

NEWEST = 424
"""From here on calls have one number on all machines. They came in 2019 and later (io_uring_setup,
pidfd_getfd, landlock_create_ruleset, memfd_secret); programs do without where Linux is older."""

FCNTL = (0, 1, 2, 3, 4, 1030)
"""What fcntl may do: copy a descriptor, and read and set its flags. The rest is locks, leases, the
size of pipes, and signals of one's choice."""

FILE_NAMES = "open openat openat2 creat open_by_handle_at execve execveat"
FILES = {
    "x86_64": (2, 257, 437, 85, 304, 59, 322),
    "aarch64": (56, 437, 265, 221, 281),
}
"""Of each machine: the numbers of those of FILE_NAMES that it has."""

LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000
REFUSE, NOT_THERE = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
SYSCALL_NUMBER, MACHINE, FIRST_ARGUMENT, SECOND_ARGUMENT, OTHER_ABI = 0, 4, 16, 24, 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def refuse_calls():
    """Refuse the calls of NAMES and of NEWEST, from here on, in this process and its children.

    Of two calls, some uses: of fcntl all but FCNTL, of prctl to live on when the judge has ended.
    """
    machine, fcntl, prctl, *numbers = REFUSED.get(platform.machine(), (None, None, None))
    if machine:
        new = [(AT_LEAST, 0, 1, NEWEST), (ANSWER, 0, 0, NOT_THERE)]
        files = only(fcntl, SECOND_ARGUMENT, FCNTL)
        deaths = refusal(prctl, FIRST_ARGUMENT, PR_SET_PDEATHSIG)
        install([*head(machine), *new, *refusals(numbers), *deaths, *files, (ANSWER, 0, 0, ALLOW)])


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


def only(number, argument, values):
    """Return the steps that refuse a call of that number, unless an argument has such a value.

    They come last: after them nobody knows the number any more.
    """
    known = [(EQUAL, len(values) - n, 0, value) for n, value in enumerate(values)]
    steps = [(EQUAL, 0, len(known) + 2, number), (LOAD, 0, 0, argument), *known]
    return [*steps, (ANSWER, 0, 0, REFUSE)]
