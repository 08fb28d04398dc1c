"""Below a check that passes: its points, how many checks hold, and what comes next."""

from .. import record
from ..headings import heading
from . import outline, progress
from .say import say


def register(shell):
    """Have an IPython shell tell the next step below each check that passes; once is enough."""
    shell.events.register("post_run_cell", tell)


def tell(result):
    """Tell the next step if a cell was a check and has passed: IPython calls this after each."""
    path = outline.here() if result.success else None
    if path and progress.is_check(result.info.raw_cell.split("\n")[0].rstrip()):
        say(sentences(heading(result.info.raw_cell), path), good=True)


def sentences(check, path):
    """Return what to say below a check that has passed; path: of its notebook."""
    rows = progress.by_notebook().get(path, [])
    held = [one for one, said in rows if said == "passed"]
    points, most = (sum(c.points for c in found) for found in (held, [c for c, _ in rows]))
    return (
        f"{check.points} of {plural(check.points, 'point')}. In this notebook {len(held)} of "
        f"{plural(len(rows), 'check')} hold: {points} of {plural(most, 'point')}.\n"
        + next_of(check, rows, path)
    )


def plural(count, thing):
    """Return a number with its noun."""
    return f"{count} {thing}{'s' * (count != 1)}"


def next_of(check, rows, path):
    """Say which check comes next: the first after this one that does not hold, else the first."""
    left = [one for one, said in rows if said != "passed"]
    if not left:
        return f"That is all of it. {next_notebook(path)}"
    upcoming = next((one for one in left if one.number > check.number), left[0])
    file, line = next(iter(record.places(upcoming.task).items()), (None, None))
    where = f", in starter/{file}, line {line}" if file else ""
    return f"Next: check {upcoming.number}, {upcoming.task}{where}."


def next_notebook(path):
    """Name the notebook after the one at `path`."""
    later = [p.name for p in progress.by_notebook() if p.name > path.name]
    return f"On to {later[0]}." if later else "And this was the last notebook."
