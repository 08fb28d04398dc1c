"""A process with its descendants: stopped between calls, and their CPU seconds counted.

A sandboxed process cannot have others beside it (see sandbox.limits), so that those which are there
when it is ready are all that there will ever be.
"""

import contextlib
import os
import signal
import time

import psutil

IS_SUPPORTED = hasattr(signal, "pidfd_send_signal")
"""Whether processes can be stopped here: on Linux. Elsewhere there is no sandbox either."""


class Family:
    """The processes that a command has started, but for bubblewrap's own; pid: the command's."""

    def __init__(self, pid):
        first = psutil.Process(pid)
        all_ = [first, *first.children(recursive=True)]
        self.members = [process for process in all_ if process.name() != "bwrap"]
        # By descriptors, a signal never reaches another process that got the number of an old one.
        self.fds = [os.pidfd_open(p.pid) for p in self.members] if IS_SUPPORTED else []

    def stop(self):
        """Stop all, until they are continued: no alarm rings in them, and no thread goes on."""
        self.send("SIGSTOP")

    def go_on(self):
        """Continue all."""
        self.send("SIGCONT")

    def send(self, name):
        """Send a signal to all that live."""
        for fd in self.fds:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(fd, signal.Signals[name])

    def cpu_seconds(self):
        """Return how many CPU seconds they have used; 0 if one of them has ended."""
        with contextlib.suppress(psutil.Error, OSError):
            if all(process.is_running() for process in self.members):
                return sum(map(used, self.members))
        return 0.0

    def is_still(self):
        """Tell whether all have stopped, as they were told, or have ended."""
        return not IS_SUPPORTED or all(map(is_still, self.members))

    def close(self):
        """Let go of the processes."""
        while self.fds:
            os.close(self.fds.pop())


def used(process):
    """Return the CPU seconds that a process has used: in Linux to the nanosecond.

    psutil has only what /proc tells, to a hundredth of a second: as long as some answers take.
    """
    if IS_SUPPORTED:
        return time.clock_gettime(~process.pid << 3 | 2)  # that process's clock, as Linux codes it
    times = process.cpu_times()
    return times.user + times.system


def is_still(process):
    """Tell whether a process is stopped or has ended; in the kernel, it may work on for a while."""
    try:
        return process.status() in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
