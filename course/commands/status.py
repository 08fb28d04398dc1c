"""The command `status`."""

import os

import click

from .. import paths
from ..outcome import marks_of
from ..student import status as known
from .arguments import chosen_notebooks
from .terminal import console, fail, show_next, show_tasks, show_untouched


@click.command()
@click.argument("names", metavar="[NOTEBOOK]...", nargs=-1)
@click.option("--check", "anew", is_flag=True, help="Run the checks first; it takes a while.")
def status(names, anew):
    """Show which tasks pass, notebook by notebook, and what to do next.

    It tells at once what each check said last, in a notebook or by `course check`. A notebook
    that is not begun takes a line; its name, as in assignments/, shows it in full.
    """
    chosen = chosen_notebooks(names)
    if not any(paths.STARTER.glob("*.py")):
        fail(f"{paths.STARTER}: there is no file in it that ends in .py; you write there")
    found = run(chosen) if anew else [o for path in chosen for o in known.known(path.stem)]
    for name, outcomes_of in known.by_task(found).items():
        untouched = {o.verdict for of in outcomes_of.values() for o in of} == {"not written"}
        show = show_untouched if untouched and not names else show_tasks
        show(name, outcomes_of)
    total = marks_of(found)
    console.print(f"\n{total.points} of {total.max_points} points")
    upcoming = known.next_step(found)
    if upcoming:
        show_next(upcoming, known.place(upcoming.task))
    else:
        of = f" of {', '.join(path.stem for path in chosen)}" if names else ""
        console.print(f"Every check{of} passes. `course submit` packs what you hand in.")


def run(notebooks):
    """Run the checks of notebooks on the student's own package; return their outcomes.

    What runs checks is imported here: it takes longer than all else that this command does.
    """
    from ..judge.jobs import Job, collect
    from .packages import accepted, own_package

    submission = accepted(own_package(), paths.STARTER)
    jobs = [Job(submission, path, 0, "none") for path in notebooks]
    with console.status("Running the checks"):
        return collect(jobs, os.cpu_count() or 1, known.keep)


COMMANDS = (status,)
