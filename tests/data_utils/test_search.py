"""A search draws its map as it goes, keeps the best, and tells where to look next."""

import io

import numpy as np
import pytest

from data_utils.notebook import bar as bar_module
from data_utils.plots import search


@pytest.fixture
def maps(monkeypatch):
    """The maps as they are drawn: (values, title)."""
    drawn = []
    monkeypatch.setattr(
        search, "heat_map", lambda values, *rest: drawn.append((values.copy(), rest[-1]))
    )
    return drawn


def searched(shares, rows=(1, 10), columns=(2, 4)):
    """Search with these shares, one for each pair; return the search and the best pairs."""
    found, best = search.Search(rows, columns, "rate", "strength", "right"), []
    for pair, share in zip(found, shares, strict=False):
        if found.note(share):
            best.append(pair)
    return found, best


def test_the_map_fills_pair_by_pair_and_the_best_so_far_is_told(maps):
    found, best = searched([0.2, 0.1, 0.4, 0.3])
    assert best == [(1, 2), (10, 2)] and found.best == (10, 2)
    assert [np.isfinite(values).sum() for values, _ in maps] == [1, 2, 3, 4]
    np.testing.assert_array_equal(found.values, [[0.2, 0.1], [0.4, 0.3]])


def test_the_title_tells_the_time_that_is_left_until_the_map_is_full(maps):
    searched([0.2, 0.1, 0.4, 0.3])
    titles = [title for _, title in maps]
    assert titles[0].startswith("right\n1 of 4 tried, about ") and titles[0].endswith(" s left")
    assert titles[-1] == "right"


def test_a_pair_that_explodes_is_a_field_of_the_map_and_no_heap_of_warnings(maps, recwarn):
    found = search.Search((1e200,), (1e200,), "rate", "strength")
    for rate, strength in found:
        found.note(float(np.isfinite(np.float64(rate) * np.float64(strength))))
    assert not recwarn.list
    with pytest.warns(RuntimeWarning):
        np.float64(1e200) * np.float64(1e200)


def test_an_interrupted_search_keeps_what_it_has(maps):
    found = search.Search((1, 10), (2, 4), "rate", "strength")
    with pytest.raises(KeyboardInterrupt):
        for pair in found:
            if pair == (10, 2):
                raise KeyboardInterrupt
            found.note(0.5)
    assert np.isfinite(found.values).sum() == 2 and len(maps) == 2


def test_a_best_field_on_the_edge_says_so(maps, capsys):
    shares = np.zeros((3, 3))
    shares[1, 2] = 0.9
    searched(shares.ravel(), (1, 10, 100), (2, 4, 8))
    assert capsys.readouterr().out == (
        "The best field lies on the edge of the map: a strength above 8 may do better still.\n"
    )


@pytest.mark.parametrize("shares", [[0.1] * 9, [0.1] * 8 + [0.114], [0.9] + [0.1] * 8])
def test_an_edge_that_is_better_by_chance_or_is_0_says_nothing(maps, capsys, shares):
    searched(shares, (0, 1, 10), (0, 4, 8))
    assert capsys.readouterr().out == ""


def test_an_edge_that_beats_the_rest_in_one_way_only_is_told_in_that(maps, capsys):
    searched([0.1, 0.1, 0.1, 0.2, 0.2, 0.2], (1, 10), (2, 4, 8))
    assert "a rate above 10 may" in (said := capsys.readouterr().out) and "strength" not in said


def test_a_best_field_in_the_middle_says_nothing(maps, capsys):
    shares = np.zeros((3, 3))
    shares[1, 1] = 0.9
    searched(shares.ravel(), (100, 10, 1), (2, 4, 8))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("graded", [False, True])
def test_a_bar_hands_on_what_it_goes_through_and_is_not_there_in_grading(monkeypatch, graded):
    monkeypatch.delenv("COURSE_SEED", raising=False)
    if graded:
        monkeypatch.setenv("COURSE_SEED", "1")
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    assert list(bar_module.bar("abc", "letters")) == list("abc")
    assert ("letters" in out.getvalue()) is not graded
