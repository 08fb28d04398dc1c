"""A student's notebook in a real kernel, cell by cell, while files of their package are edited."""

import contextlib
import shutil

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from course import paths

SET_UP = """import sys
sys.path.insert(0, "..")
import numpy as np
from data_utils import check
check.show_sentences()
"""


class Kernel:
    """A kernel in a folder with the student's package, its files and its cells.

    folder: where to put it; package: {module: text}, which changes that of the solutions.
    """

    def __init__(self, folder, package=None, kernel_name="python3"):
        self.folder = folder
        shutil.copytree(paths.SOLUTIONS, folder / "starter", ignore=shutil.ignore_patterns("hints"))
        shutil.copytree(paths.DATA_UTILS, folder / "data_utils")
        (folder / "assignments").mkdir()
        for module, text in (package or {}).items():
            self.save(module, text)
        where = {"metadata": {"path": str(folder / "assignments")}}
        self.client = NotebookClient(
            new_notebook(), allow_errors=True, kernel_name=kernel_name, resources=where
        )

    def save(self, module, text):
        """Save a module's text, as an editor does."""
        path = self.folder / "starter" / module
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")

    def run(self, source):
        """Run a cell; return what it shows as one text: prints, result and errors."""
        cell = new_code_cell(source)
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        return "".join(shown(output) for output in cell.outputs)


def shown(output):
    """Return an output of a cell as text."""
    if "traceback" in output:
        return "\n".join(output["traceback"])
    return output.get("text", "") or output.get("data", {}).get("text/plain", "")


@contextlib.contextmanager
def running(folder, imports, **settings):
    """Start a Kernel, run its set-up cell with the imports, and end it afterwards."""
    kernel = Kernel(folder, **settings)
    with kernel.client.setup_kernel():
        kernel.said = kernel.run(SET_UP + imports)
        yield kernel
