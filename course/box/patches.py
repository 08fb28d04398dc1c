"""Change two modules when the package imports them, which few packages do.

A debugger's call that was left in ends at its own line: nobody answers in a sandbox. And tqdm
starts no thread, which the limits would refuse, and of which it would warn.
"""

import sys
from bdb import BdbQuit
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader


def refuse(*args, **kwargs):
    """Stand in for pdb.set_trace and breakpoint."""
    raise BdbQuit


def refuse_debuggers(pdb):
    """Let pdb's set_trace end at once."""
    pdb.set_trace = refuse


def stop_monitor(std):
    """Let tqdm.std start no thread that watches its bars."""
    std.tqdm.monitor_interval = 0


PATCHES = {"pdb": refuse_debuggers, "tqdm.std": stop_monitor}


class Finder(MetaPathFinder):
    """Has the modules of PATCHES loaded by a Loader of its own."""

    def find_spec(self, name, path=None, target=None):
        """Return the spec of a module of PATCHES, None for any other or if there is none."""
        spec = PathFinder.find_spec(name, path, target) if name in PATCHES else None
        if spec:
            spec.loader = Loader(name, spec.origin)
        return spec


class Loader(SourceFileLoader):
    """Loads a module as it is, and then changes it."""

    def exec_module(self, module):
        """Run the module's code, and patch it."""
        super().exec_module(module)
        PATCHES[module.__name__](module)


def install():
    """Refuse debuggers, and tqdm's thread, from here on."""
    sys.breakpointhook = refuse
    sys.meta_path.insert(0, Finder())
