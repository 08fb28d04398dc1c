"""Show a failed check, or an error in the student's package, as a sentence in IPython."""

import linecache
import os
import traceback

from ..headings import heading
from ..verdicts import IN_CELL, CheckFailed, NotWritten, Unreadable, verdict
from . import outline
from .owner import way_to_owner
from .say import say


def show_sentences():
    """Make IPython show a failed check, or an error in the student's package, as a sentence.

    Everything else is shown as before. Unless it is graded, files that were edited are loaded
    before each cell, a check reminds of given modules that were changed, and what it says is kept.
    Where a person runs the notebook, a cell that fails does not keep those below it from running.
    Does nothing outside IPython.
    """
    from IPython import get_ipython

    shell = get_ipython()
    if shell:
        from . import given, next_step, progress, reload, warned

        shell.set_custom_exc((Exception,), show)
        if "COURSE_SEED" not in os.environ:
            reload.register(shell)
            given.register(shell)
            warned.register(shell)
            progress.register(shell)
            next_step.register(shell)
            shell.events.register("post_run_cell", go_on)


def go_on(result):
    """Let the cells below run even though this one failed: IPython calls this after each.

    A frontend sends all cells at once, and a kernel drops the rest after an error that it is told
    of. What was interrupted stays an error, so that the rest is dropped.
    """
    if outline.here():
        for name in ("error_before_exec", "error_in_exec"):
            if isinstance(getattr(result, name), Exception):
                setattr(result, name, None)


def show(shell, kind, error, tb, tb_offset=None):
    """Show one exception: IPython calls this for every error in a cell."""
    failure = verdict(error.with_traceback(tb))
    if failure:
        path, source = outline.here(), source_of_cell(tb)
        if failure.diagnosis == "cell-order" and (book := path or outline.holding(source)):
            failure = CheckFailed(where_made(error.name, source, book), "cell-order")
        lines = [*failure._render_traceback_(), *way_on(failure, source, path)]
        if path:
            say("\n".join(lines), good=False)
        else:
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


def way_on(failure, source, path):
    """Return a line that says what comes first, or where hints are, if a check's cell has failed.

    source: of the cell; path: of the notebook that a person runs, or None.
    """
    check = heading(source)
    if check and isinstance(failure, NotWritten) and "COURSE_SEED" not in os.environ:
        return way_to_owner(failure.task, check, path)
    unfit = isinstance(failure, NotWritten | Unreadable) or failure.diagnosis == "comes-first"
    if unfit or not check:
        return []
    if title := path and outline.hints_above(check, path):
        return [f"Stuck? Above this check, “{title}” unfolds one hint at a time."]
    return [f"For a hint: course hint {check.task}"]


def source_of_cell(tb):
    """Return the source of the cell that an error came out of, "" if it cannot be told."""
    files = [frame.filename for frame in traceback.extract_tb(tb)]
    cell = next((file for file in files if IN_CELL.search(file)), None)
    return "".join(linecache.getlines(cell)).rstrip("\n") if cell else ""


def where_made(name, source, path):
    """Say which cell of a notebook makes a name that another cell lacks; source: of that one."""
    above = outline.maker(name, source, path)
    if above is None:
        return f"No cell of {path.name} makes `{name}`: is it spelled as you meant?"
    cell = f"a cell below the heading “{above}”" if above else "the first code cell"
    return f"`{name}` is not there yet: {cell} makes it, so run that one first."
