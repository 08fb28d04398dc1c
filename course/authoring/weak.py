"""Checks that accept what nobody should get points for, and checks that rest on another cell."""

import os
from unittest import mock

from data_utils.headings import unwritten_tasks

from .. import hints, stubs
from . import trial
from .answers import Tape, answering, nothing, own_input, zeros
from .finding import Finding
from .tables import solutions

KINDS = {
    "accepts-none": (nothing, "it accepts None: ask for what the function returns"),
    "accepts-zeros": (zeros, "it accepts zeros: ask for a case whose answer is not 0"),
    "accepts-input": (own_input, "it accepts the input as the answer: ask for a case that differs"),
}
"""{kind of finding: (the answer, see answers, what to say)}."""


def findings(path, skipped=()):
    """Yield a Finding for each weakness of the checks of the notebook at `path`.

    skipped: numbers of the checks that take long.
    """
    with trial.set_up(path, solutions()) as space:
        for check, source in trial.check_cells(path).items():
            if check.number not in skipped:
                where = f"{path.stem}, check {check.number}"
                for kind, sentence in weaknesses(check, source, space):
                    yield Finding(where, kind, sentence)


def weaknesses(check, source, space):
    """Yield (kind, sentence) for each weakness of one check; space: after the set-up cells."""
    tasks = tasks_of(check)
    if not tasks:
        yield "no-task", f"no stub is called {check.task}: correct its heading"
        return
    if not trial.passes(source, space):
        yield (
            "rests-on-a-cell",
            "alone, after the set-up, it fails on the solutions: it may rest \
on another cell",
        )
        return
    for kind, (answer, sentence) in KINDS.items():
        with answering(tasks, answer, space) as changed:
            if trial.passes(source, space) and changed:
                yield kind, sentence
    if remembers(tasks, source, space):
        yield "memorised", "it accepts what was right for another seed: draw its inputs from rng()"


def remembers(tasks, source, space):
    """Tell whether a check accepts, at another seed, the answers that were right at the first."""
    tape = Tape()
    with answering(tasks, tape.record, space):
        trial.passes(source, space)
    with (
        answering(tasks, tape.play, space),
        mock.patch.dict(os.environ, COURSE_SEED="1"),
    ):
        return trial.passes(source, space)


def tasks_of(check):
    """Return the names of the stubs that a check asks for, such as Net.loss for Net."""
    written = [task for text in stubs.package().values() for task in unwritten_tasks(text)]
    wanted = hints.names(check.task)
    return [task for task in written if any(hints.is_meant(name, task) for name in wanted)]
