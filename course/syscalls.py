"""Have the kernel refuse the system calls that get memory past every limit.

A file system of one's own (after unshare) and shared memory are counted neither as address space
nor as files. This file runs in the worker, with the standard library alone.
"""

import ctypes
import errno
import platform
import struct

REFUSED = {
    # unshare, setns, shmget, msgget, memfd_create, memfd_secret, io_uring_setup
    "x86_64": (0xC000003E, (272, 308, 29, 68, 319, 447, 425)),
    "aarch64": (0xC00000B7, (97, 268, 194, 186, 279, 447, 425)),
}
"""Of each machine: its number for seccomp, and the system calls to refuse."""

LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
KILL, REFUSE, ALLOW = 0x80000000, 0x00050000 | errno.EPERM, 0x7FFF0000
SYSCALL_NUMBER, MACHINE, OTHER_ABI = 0, 4, 0x40000000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def refuse_calls():
    """Refuse the calls, from here on, in this process and its children. See seccomp(2).

    Raises OSError where the kernel cannot; does nothing on a machine that is not listed.
    """
    machine, numbers = REFUSED.get(platform.machine(), (None, ()))
    if machine is None:
        return
    steps = program(machine, numbers)
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    filter_ = ctypes.c_char_p(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_, 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the system calls cannot be limited")


def program(machine, numbers):
    """Return the filter's steps, (operation, jump if true, jump if false, operand)."""
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, machine), (ANSWER, 0, 0, KILL)]
    steps += [(LOAD, 0, 0, SYSCALL_NUMBER), (AT_LEAST, 0, 1, OTHER_ABI), (ANSWER, 0, 0, KILL)]
    for number in numbers:
        steps += [(EQUAL, 0, 1, number), (ANSWER, 0, 0, REFUSE)]
    return [*steps, (ANSWER, 0, 0, ALLOW)]
