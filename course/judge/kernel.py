"""The kernel that judges: IPython in the judge's own process.

nbval starts a kernel process for each notebook and talks to it over sockets; that costs more than
most notebooks do. Nothing that a student wrote runs in this kernel, so that it needs no walls.
"""

import os
import re
import sys

import nbval.kernel
from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.iostream import IOPubThread
from traitlets import default

MAGIC = re.compile(r"^\s*[%!?,;/]|=\s*[%!]|\?\s*$", re.MULTILINE)
"""What a line of IPython's own language begins or ends with; all else is Python as it stands."""


class Kernel(InProcessKernel):
    """Sends what is printed at once: no second thread has to be woken, and waited for."""

    @default("iopub_thread")
    def _never_started(self):
        return IOPubThread(self._underlying_iopub_socket, session=self.session)


class Manager(InProcessKernelManager):
    """Starts and ends a kernel, as nbval asks for it."""

    kernel_spec = None

    def start_kernel(self):
        """Start the kernel."""
        self.kernel = Kernel(parent=self, session=self.session)
        shell = self.kernel.shell
        translated = shell.transform_cell
        shell.transform_cell = lambda code: translated(code) if MAGIC.search(code) else code

    def shutdown_kernel(self, now=False):
        """End the kernel."""
        super().shutdown_kernel()


class Client(BlockingInProcessKernelClient):
    """Sends a cell to the kernel; the cell's output is part of the reply."""

    def _dispatch_to_kernel(self, msg):
        with self.kernel._redirected_io():
            super()._dispatch_to_kernel(msg)


def start(startup_timeout=None, kernel_name=None, stderr=None, cwd="."):
    """Start a kernel in the folder `cwd`; return (manager, client). Arguments as in nbval."""
    os.chdir(cwd)
    sys.path.insert(0, "")
    manager = Manager(client_factory=Client)
    manager.config.HistoryManager.enabled = False
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    return manager, client


def replace_nbvals():
    """Let nbval use this kernel from here on."""
    nbval.kernel.start_new_kernel = start
    nbval.kernel.pformat = repr  # it formats each message for a log that nobody keeps
