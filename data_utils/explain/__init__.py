"""Say what is wrong with an answer: compare it with the expected one and with known parts.

A hypothesis is a function (got, expected, known) that returns (sentence, code), or None where
it does not hold. They are asked in order; the first that holds is told, and when none does,
nothing is said. Those of `values` say how to get from what was expected to all that was got;
those of `places` say where it is wrong; those of `pairs` look for two mistakes at once. A new
hypothesis is one function there, and its name in the list here.

What a check knows of its situation it passes on by name, all of it optional:

    N=4, p=0.3, **{"ph * pw": 6}: numbers that may be a factor, or a divisor;
    factors={"gamma": array}: arrays that may be a factor, or a divisor, entry by entry;
    terms={"the regulariser": array}: parts that may be missing, doubled, halved, ...;
    mistakes=(Mistake, ...): what usual mistakes would give, or a function that returns them;
    instead={"l2-without-half": array}: what a mistake in WELL_KNOWN would give, or a list of that;
    where={"at the border": mask}: entries that may be the only ones that are wrong;
    normal=(gamma, beta, axis): normalised along an axis, then scaled and shifted;
    y=(N,): right classes of the rows of a matrix (N, C);
    X=(N, D), y=(N,): got should be Xᵀ G / N for a matrix G that has a row an example.
    later=function: returns more of all this, and is only called where an answer is wrong.

For example: check.gradient("dx", f, x, dx, N=4, terms={"the mean's part": part}).
"""

import numpy as np

from ..expected import all_of
from . import pairs, places, values

HYPOTHESES = (
    values.usual_mistake,
    values.not_finite,
    values.well_known,
    values.known_term,
    values.known_factor,
    values.constant_factor,
    places.right_classes,
    values.wrong_parts,
    pairs.two_at_once,
    values.not_normal,
    values.constant_offset,
    values.zeros,
    values.signs,
    values.cut_off,
    values.other_order,
    values.function_of_it,
    values.whole_numbers,
    values.nearly,
    places.some_examples,
    places.known_places,
    places.some_lines,
    places.border,
    values.all_the_same,
)

EXACT = (values.usual_mistake, values.well_known, values.known_term, values.known_factor)
"""Those that name a cause, which accounts for every number of a wrong answer."""


def explain(got, expected, known):
    """Return (sentence, code) for the simplest explanation of a difference, ("", "wrong") if none.

    got, expected: arrays of one shape that differ; known: see above.
    """
    return first(HYPOTHESES, got, expected, resolved(known)) or ("", "wrong")


def is_explained(got, expected, known):
    """Tell whether a cause that is known accounts for every number of a wrong answer."""
    return first(EXACT, got, expected, resolved(known)) is not None


def resolved(known):
    """Return what is known, with what is only computed where an answer is wrong; once is enough."""
    known = known | known.get("later", dict)()
    return known | {"later": dict, "mistakes": all_of(known.get("mistakes", ()))}


def first(hypotheses, got, expected, known):
    """Return (sentence, code) of the first hypothesis that holds, or None."""
    got, expected = np.asarray(got, np.float64), np.asarray(expected, np.float64)
    return next(filter(None, (holds(got, expected, known) for holds in hypotheses)), None)
