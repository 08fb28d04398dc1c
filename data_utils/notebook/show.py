"""Show a failed check, or an error in the student's package, as a sentence in IPython."""

import linecache
import os
import traceback

from ..headings import heading
from ..verdicts import IN_CELL, NotWritten, Unreadable, verdict


def show_sentences():
    """Make IPython show a failed check, or an error in the student's package, as a sentence.

    Everything else is shown as before. Unless it is graded, files that were edited are loaded
    before each cell, a check reminds of given modules that were changed, and what it says is kept.
    Does nothing outside IPython.
    """
    from IPython import get_ipython

    shell = get_ipython()
    if shell:
        from . import given, progress, reload

        shell.set_custom_exc((Exception,), show)
        if "COURSE_SEED" not in os.environ:
            reload.register(shell)
            given.register(shell)
            progress.register(shell)


def show(shell, kind, error, tb, tb_offset=None):
    """Show one exception: IPython calls this for every error in a cell."""
    failure = verdict(error.with_traceback(tb))
    if failure:
        lines = [*failure._render_traceback_(), *way_to_hint(failure, tb)]
        shell._showtraceback(type(failure), failure, lines)
        if failure.differ and "COURSE_SEED" not in os.environ:
            from .difference_plot import draw

            draw(*failure.differ)
        return lines
    shell.set_custom_exc((), None)
    try:
        shell.showtraceback((kind, error, tb), tb_offset=tb_offset)
    finally:
        shell.set_custom_exc((Exception,), show)
    return None


def way_to_hint(failure, tb):
    """Return a line that says how to get a hint, where a check's cell has refused an answer."""
    if isinstance(failure, NotWritten | Unreadable) or failure.diagnosis == "comes-first":
        return []
    cells = [f.filename for f in traceback.extract_tb(tb) if IN_CELL.search(f.filename)]
    check = heading(linecache.getline(cells[0], 1)) if cells else None
    return [f"For a hint: course hint {check.task}"] if check else []
