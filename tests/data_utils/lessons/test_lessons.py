"""Every lesson: whatever a usual mistake gives is told by that mistake's own code, at all seeds."""

import inspect
from dataclasses import fields, is_dataclass
from importlib import import_module

import numpy as np
import pytest

from course import paths
from data_utils import check
from data_utils.expected import Expected, Slope
from data_utils.explain import explain
from data_utils.gradient_check import eval_numerical_gradient
from data_utils.lessons.common import Case

pytestmark = pytest.mark.slow

SEEDS = 10
SHARED = {"__init__", "common", "windows", "well_known", "window_mistakes"}
NAMES = {p.stem for p in (paths.DATA_UTILS / "lessons").glob("*.py")} - SHARED
LESSONS = [import_module(f"data_utils.lessons.{name}") for name in sorted(NAMES)]


def makers(lesson):
    """Return the functions of a lesson that make a case, or several, of nothing."""
    own = [f for _, f in inspect.getmembers(lesson, inspect.isfunction)]
    return [f for f in own if f.__module__ == lesson.__name__ and is_maker(f)]


def is_maker(function):
    """Tell whether a function can be called without arguments and makes a case."""
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return not needed and not function.__name__.startswith("_") and bool(cases_of(function))


def cases_of(make):
    """Return the cases that a function makes: one, or a list, tuple or dict of them."""
    made = make()
    if isinstance(made, Case):
        return [made]
    many = made.values() if isinstance(made, dict) else made
    many = list(many) if isinstance(made, dict | list | tuple) else []
    return many if many and all(isinstance(case, Case) for case in many) else []


MAKERS = [
    pytest.param(make, id=f"{lesson.__name__.split('.')[-1]}: {make.__name__}")
    for lesson in LESSONS
    for make in makers(lesson)
]


def answers(case):
    """Yield (field, value, known) of every right answer of a case."""
    for field in fields(case):
        value = getattr(case, field.name)
        if isinstance(value, Expected):
            yield field.name, value.value, value
        elif isinstance(value, Slope):
            yield field.name, slope_of(value), value
        elif hasattr(case, "slope") and callable(case.slope) and is_input(value):
            yield from slopes(case, field.name)


def is_input(value):
    """Tell whether a field holds an array of float64."""
    return isinstance(value, np.ndarray) and value.dtype == np.float64


def slopes(case, name):
    """Yield (field, value, known) of the slope along an input, if a case has one."""
    try:
        slope = case.slope(name)
    except KeyError:
        return
    yield name, slope_of(slope), slope


def slope_of(slope):
    """Return what a Slope is by central differences, of which only its mistakes have need."""
    return eval_numerical_gradient(slope.of, slope.at) if slope.mistakes else slope.at


def told(got, value, known):
    """Return (sentence, code) on an answer, of the shape that is due or of another."""
    if np.shape(got) == np.shape(value):
        return explain(got, value, known)
    return check.of_other_shape(np.asarray(got), np.asarray(value), known)


@pytest.mark.parametrize("make", MAKERS)
def test_what_a_mistake_gives_is_told_by_its_own_code(make, monkeypatch):
    for seed in range(SEEDS):
        monkeypatch.setenv("COURSE_SEED", str(seed))
        for case in cases_of(make):
            for name, value, known in answers(case):
                said = {m.code: told(m.computed, value, known.known) for m in known.mistakes}
                for mistake in known.mistakes:
                    assert said[mistake.code][1] == mistake.code, (seed, name, said[mistake.code])


@pytest.mark.parametrize("make", MAKERS)
def test_a_case_is_told_of_and_no_sentence_is_long(make):
    for case in cases_of(make):
        assert is_dataclass(case) and type(case).__doc__ and make.__doc__
        for _, _, known in answers(case):
            for mistake in known.mistakes:
                assert mistake.sentence[-1] in ".?" and len(mistake.sentence) < 200, mistake.code
