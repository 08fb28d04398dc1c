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
from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import IOPubThread

MAGIC = re.compile(r"^\s*[%!?,;/]|=\s*[%!]|\?\s*$", re.MULTILINE)
"""What a line of IPython's own language begins or ends with; all else is Python as it stands."""


class Manager(InProcessKernelManager):
    """Starts and ends a kernel, as nbval asks for it."""

    kernel_spec = None

    def start_kernel(self, **options):
        """Start a kernel that sends at once what is printed: its second thread never starts."""
        socket = DummySocket()
        at_once = {
            "_underlying_iopub_socket": socket,
            "iopub_thread": IOPubThread(socket, session=self.session),
        }
        self.kernel = InProcessKernel(parent=self, session=self.session, **at_once, **options)
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
