"""Lesson 5: its shapes, scores and slopes, worked out a second time in another way."""

from copy import deepcopy

import numpy as np
import pytest

from data_utils import check
from data_utils.explain import explain
from data_utils.gradient_check import eval_numerical_gradient, eval_numerical_gradient_array
from data_utils.lessons import lenet as lesson
from solutions import layers


def convolution(x, w, b, pad):
    """Return a convolution, window by window."""
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    sides = [side - 4 for side in x.shape[1:]]
    out = np.zeros((len(w), *sides))
    for f, i, j in np.ndindex(out.shape):
        out[f, i, j] = np.sum(x[:, i : i + 5, j : j + 5] * w[f]) + b[f]
    return out


def pool(x):
    """Return the largest of every four numbers."""
    out = np.zeros((len(x), x.shape[1] // 2, x.shape[2] // 2))
    for c, i, j in np.ndindex(out.shape):
        out[c, i, j] = x[c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return out


def scores(p, x, bend):
    """Return the scores of one picture, layer after layer."""
    for i, pad in ((1, 2), (2, 0)):
        x = bend(pool(convolution(x, p[f"W{i}"], p[f"b{i}"], pad)))
    for i in (3, 4):
        x = bend(x.ravel() @ p[f"W{i}"] + p[f"b{i}"])
    return x @ p["W5"] + p["b5"]


@pytest.mark.parametrize("number", [0, 2])
def test_the_scores_are_those_of_loops(number):
    case = lesson.scored_nets()[number]
    due = [scores(case.params, x, lesson.ACTIVATIONS[case.activation]) for x in case.X]
    np.testing.assert_allclose(case.test.value, due)
    np.testing.assert_allclose(case.train.value, due)


def test_a_batch_that_is_normalised_has_no_mean_and_a_spread_of_1():
    a, p = lesson.rng().normal(3, 2, (5, 2, 4, 6)), {"gamma1": np.ones(2), "beta1": np.zeros(2)}
    hat = lesson.normalise(1, a, p)
    np.testing.assert_allclose(hat.mean(axis=(0, 2, 3)), 0, atol=1e-12)
    np.testing.assert_allclose(hat.std(axis=(0, 2, 3)), 1, rtol=1e-5)


def test_the_net_of_1998_has_the_shapes_and_the_products_of_the_paper():
    plan = lesson.plans()[-1]
    maps = [(1, 28, 28), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert plan.shapes == [*maps, (120,), (84,), (10,)]
    assert plan.products.value == 117_600 + 240_000 + 48_000 + 10_080 + 840


@pytest.mark.parametrize(
    "answer", [None, 3, "x", {}, [], [None], [3, (1, 2)], [(1.0, 2.0)], [[{}]]]
)
def test_no_answer_makes_the_judgement_of_shapes_crash(answer):
    plan = lesson.plans()[0]
    whole = plan.whole(answer)[0]
    assert not (whole and plan.complete(answer)[0])


@pytest.mark.parametrize("grads", [None, 3, [], {}, {1: 2}, {"W3": 0, "b3": 0, "x": 0}])
def test_no_answer_makes_the_judgement_of_names_crash(grads):
    holds, said, code = lesson.hidden_layers()[0].noted(grads)
    assert not holds and said[-1] == "." and code in ("keys", "returned-none")


def test_maps_are_made_of_the_slopes_of_each_score_by_itself():
    case = lesson.asked()
    dX = eval_numerical_gradient_array(
        lambda X: lesson.scores_of(case.params, X), case.X, np.eye(4)[case.y]
    )
    np.testing.assert_allclose(case.maps.value, np.abs(dX).max(axis=1), atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_wrong_slopes_of_parameters_are_told_by_their_own_codes(seed, monkeypatch):
    monkeypatch.setenv("COURSE_SEED", str(seed))
    cases = [*lesson.backs(), *lesson.hidden_layers()]
    slopes = [
        case.slope(name) for case in cases for name in getattr(case, "names", None) or case.given
    ]
    for slope in (slope for slope in slopes if slope.mistakes):
        due = eval_numerical_gradient(slope.of, slope.at)
        for mistake in slope.mistakes:
            assert explain(mistake.computed, due, slope.known)[1] == mistake.code


def test_a_map_that_is_another_at_the_second_call_is_a_mistake():
    case = lesson.asked()
    once = case.maps.value
    codes = [
        [m.code for m in case.unless_random(once, lambda k=k: k * once).mistakes] for k in (1, 2)
    ]
    assert "dropped-at-test" not in codes[0] and "dropped-at-test" in codes[1]


class Spoiling:
    """Right layers that write into whatever they are given, once they have used it."""

    def __getattr__(self, name):
        def layer(*given):
            found = deepcopy(getattr(layers, name)(*given))
            for array in given:
                if isinstance(array, np.ndarray):
                    array += 1
            return found

        return layer


def test_a_layer_that_writes_into_its_arguments_spoils_no_later_look_at_it():
    for which in (Spoiling(), layers):
        for number, name, got, due in lesson.layers_first(which):
            assert check.is_right(got, due), (number, name)
