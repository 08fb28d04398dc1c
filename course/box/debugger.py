"""Let a debugger's call that was left in end at its own line: nobody answers in a sandbox."""

import sys
from bdb import BdbQuit
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader


def refuse(*args, **kwargs):
    """Stand in for pdb.set_trace and breakpoint."""
    raise BdbQuit


class Finder(MetaPathFinder):
    """Has pdb, which few need, loaded by a Loader of its own."""

    def find_spec(self, name, path=None, target=None):
        """Return the spec of pdb, None for any other module."""
        if name != "pdb":
            return None
        spec = PathFinder.find_spec(name, path, target)
        spec.loader = Loader(name, spec.origin)
        return spec


class Loader(SourceFileLoader):
    """Loads pdb, but for its set_trace."""

    def exec_module(self, module):
        """Run the module's code, and replace the function."""
        super().exec_module(module)
        module.set_trace = refuse


def install():
    """Refuse debuggers from here on."""
    sys.breakpointhook = refuse
    sys.meta_path.insert(0, Finder())
