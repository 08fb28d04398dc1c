"""Let the kernel show this process a few folders alone, where no mounts can: see landlock(7).

Where the kernel has no Landlock, nothing changes: then a process sees what its user sees. This
file runs in the worker, with the standard library alone.
"""

import contextlib
import ctypes
import os
import struct

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION, PATH_BENEATH, PR_SET_NO_NEW_PRIVS = 1, 1, 38
EXECUTE, WRITE, READ, LIST, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
FIRST_RIGHTS = (1 << 13) - 1
"""All rights of the first version; the third added TRUNCATE."""
WRITABLE = "/dev/null"


def show_only(paths):
    """Let this process and its children read below some paths, write to /dev/null, and no more.

    Raises OSError if the kernel has Landlock and refuses.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE_RULESET, None, 0, VERSION)
    if version < 1:
        return
    handled = FIRST_RIGHTS | (TRUNCATE if version >= 3 else 0)
    rules = asked(libc.syscall(CREATE_RULESET, struct.pack("=Q", handled), 8, 0))
    for path in paths:
        with contextlib.suppress(FileNotFoundError, PermissionError):
            allow(libc, rules, path, EXECUTE | READ | LIST)
    allow(libc, rules, WRITABLE, (READ | WRITE | TRUNCATE) & handled)
    asked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    asked(libc.syscall(RESTRICT_SELF, rules, 0))
    os.close(rules)


def allow(libc, rules, path, rights):
    """Add a rule: these rights below a path; a file has no LIST."""
    place = os.open(path, os.O_PATH)
    try:
        rights &= -1 if os.path.isdir(path) else ~LIST
        rule = struct.pack("=Qi", rights, place)
        asked(libc.syscall(ADD_RULE, rules, PATH_BENEATH, rule, 0))
    finally:
        os.close(place)


def asked(result):
    """Return what the kernel answered, or raise OSError."""
    if result < 0:
        raise OSError(ctypes.get_errno(), "the files to be seen cannot be limited")
    return result
