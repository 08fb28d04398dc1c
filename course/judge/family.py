"""A process with its descendants: stopped between calls, and their CPU seconds counted.

A sandboxed process cannot have others beside it (see sandbox.limits), so that those which are there
when it is ready are all that there will ever be.
"""

import contextlib
import os
import signal

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
        """Return how many CPU seconds they have used; 0 for those that have ended."""
        total = 0.0
        for process in self.members:
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def close(self):
        """Let go of the processes."""
        while self.fds:
            os.close(self.fds.pop())
