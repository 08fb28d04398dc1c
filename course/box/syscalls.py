"""Have the kernel refuse the system calls that no NumPy needs and that lead past the other walls.

Memory that no limit counts: a file system of one's own (after unshare), shared memory, semaphores,
rings. Ways out: sockets that no network namespace holds, keys that outlive the process, a look
into the sandbox's first process, which has no limits; a lease on a file that others read, who
then wait. This file runs in the worker, with the standard library alone.
"""

import ctypes
import errno
import platform
import struct

NAMES = """
    unshare setns shmget semget msgget memfd_create memfd_secret io_uring_setup socket
    ptrace process_vm_readv process_vm_writev pidfd_getfd
    add_key request_key keyctl bpf userfaultfd perf_event_open
"""
REFUSED = {
    "x86_64": (
        *(0xC000003E, 72),
        *(272, 308, 29, 64, 68, 319, 447, 425, 41),
        *(101, 310, 311, 438),
        *(248, 249, 250, 321, 323, 298),
    ),
    "aarch64": (
        *(0xC00000B7, 25),
        *(97, 268, 194, 190, 186, 279, 447, 425, 198),
        *(117, 270, 271, 438),
        *(217, 218, 219, 280, 282, 241),
    ),
}
"""Of each machine: its number for seccomp, that of fcntl, and those of NAMES."""

LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
KILL, REFUSE, ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
SYSCALL_NUMBER, MACHINE, SECOND_ARGUMENT, OTHER_ABI = 0, 4, 24, 0x40000000
F_SETLEASE = 1024
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def refuse_calls():
    """Refuse the calls, from here on, in this process and its children. See seccomp(2).

    Raises OSError where the kernel cannot; does nothing on a machine that is not listed.
    """
    if platform.machine() not in REFUSED:
        return
    steps = program(*REFUSED[platform.machine()])
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    filter_ = ctypes.c_char_p(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_, 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the system calls cannot be limited")


def program(machine, fcntl, *numbers):
    """Return the filter's steps, (operation, jump if true, jump if false, operand)."""
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, machine), (ANSWER, 0, 0, KILL)]
    steps += [(LOAD, 0, 0, SYSCALL_NUMBER), (AT_LEAST, 0, 1, OTHER_ABI), (ANSWER, 0, 0, KILL)]
    for number in numbers:
        steps += [(EQUAL, 0, 1, number), (ANSWER, 0, 0, REFUSE)]
    steps += [(EQUAL, 0, 3, fcntl), (LOAD, 0, 0, SECOND_ARGUMENT)]
    steps += [(EQUAL, 0, 1, F_SETLEASE), (ANSWER, 0, 0, REFUSE)]
    return [*steps, (ANSWER, 0, 0, ALLOW)]
