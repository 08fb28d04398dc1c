"""Which cells of a notebook a grading run keeps."""

import pytest

from course.notebook import Check, given, graded, heading


def code(source):
    return {"cell_type": "code", "source": source, "outputs": []}


def test_a_heading_is_all_the_metadata_a_check_has():
    assert heading("# Check 3 (4 points): softmax_loss\nx = 1") == Check(3, 4, "softmax_loss")


def test_one_point_is_a_point():
    assert heading("# Check 1 (1 point): relu_forward") == Check(1, 1, "relu_forward")


def test_a_source_may_be_a_list_of_lines():
    assert heading(["# Check 2 (3 points): f\n", "x = 1"]).number == 2


def test_a_heading_may_name_what_is_given():
    found = heading("# Check 8 (3 points): Net.loss, the scores, given affine, relu and f_1")
    assert found == Check(8, 3, "Net.loss, the scores", ("affine", "relu", "f_1"))


def test_a_bonus_says_how_many_points_there_are_at_most_and_does_not_count_in_the_maximum():
    found = heading("# Bonus 10 (up to 5 points): recipe, given Net")
    assert found == Check(10, 5, "recipe", ("Net",), bonus=True)
    assert found.max_points == 0 and heading("# Check 3 (4 points): f").max_points == 4


@pytest.mark.parametrize("line", ["# Bonus 3 (4 points): f", "# Check 3 (up to 4 points): f"])
def test_only_a_bonus_has_up_to_so_many_points(line):
    assert heading(line) is None


@pytest.mark.parametrize("line", ["# Checks 3 (4 points): f", "x = 1", "", "# Check (4 points): f"])
def test_other_first_lines_are_no_heading(line):
    assert heading(line) is None


def test_grading_keeps_set_up_and_checks_in_order():
    cells = [
        code("# Set-up\nimport numpy"),
        code("1 / 0"),
        {"cell_type": "markdown", "source": "# Check 9 (9 points): prose"},
        code("# Check 1 (2 points): f"),
    ]
    kept = graded({"cells": cells, "metadata": {}})["cells"]
    assert [cell["source"] for cell in kept] == [cells[0]["source"], cells[3]["source"]]


def test_full_grading_keeps_all_code():
    cells = [code("# Set-up"), code("1 / 0")]
    assert graded({"cells": cells}, full=True)["cells"] == cells


def test_a_check_with_something_given_comes_a_second_time_and_says_what_is_given():
    cells = [code("# Check 1 (2 points): f"), code("# Check 2 (2 points): g, given f")]
    names = {"layers": ["f_forward"]}
    *kept, again = graded({"cells": cells}, names_given=lambda words: names)["cells"]
    assert kept == cells
    assert heading(again["source"]) == heading(cells[1]["source"])
    assert given(again["source"]) == names
    assert [given(cell["source"]) for cell in kept] == [{}, {}]


def test_without_a_reference_nothing_is_run_a_second_time():
    assert len(graded({"cells": [code("# Check 2 (2 points): g, given f")]})["cells"]) == 1


def names_given(words):
    return {"lenet": list(words)}


BONUS = "# Bonus 1 (up to 5 points): recipe, given Net"


def test_a_bonus_is_left_out_unless_a_notebook_is_run_in_full():
    document = {"cells": [code(BONUS)], "metadata": {}}
    assert not graded(document)["cells"] and not graded(document, names_given=names_given)["cells"]
    assert len(graded(document, full=True)["cells"]) == 1


def test_a_bonus_is_run_on_the_reference_alone_where_there_is_one():
    document = {"cells": [code(BONUS)], "metadata": {}}
    (cell,) = graded(document, full=True, names_given=names_given)["cells"]
    assert given(cell["source"]) == {"lenet": ["Net"]}


def test_a_check_that_is_given_solver_is_run_on_the_reference_alone_where_there_is_one():
    document = {"cells": [code("# Check 1 (2 points): rates, given Net and Solver")]}
    (cell,) = graded(document, names_given=names_given)["cells"]
    assert given(cell["source"]) == {"lenet": ["Net", "Solver"]}
    (cell,) = graded(document)["cells"]
    assert not given(cell["source"])


def test_a_heading_says_what_goes_beyond_cs231n_whatever_is_given():
    found = heading("# Check 9 (1 point): conv, dilation, given affine and relu, beyond CS231n")
    assert found.beyond and found.given == ("affine", "relu")
    assert found.task == "conv, dilation, beyond CS231n"
    assert not heading("# Check 9 (1 point): conv, given affine").beyond
