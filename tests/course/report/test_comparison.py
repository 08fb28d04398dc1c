"""`course compare`: what changed from one report to another."""

import json

import pytest
from click.testing import CliRunner

from course.commands.grading.compare import compare
from course.report import comparison


def outcomes(passed, failed, task="svm_loss", diagnosis="times-N", unrun=0):
    """Return the outcomes of one check: so many passed, and so many failed with a diagnosis."""
    verdicts = ["passed"] * passed + ["failed"] * failed + ["not run"] * unrun
    return [
        {
            "submission": f"s{n}",
            "notebook": "1_svm",
            "task": task,
            "outcome": verdict,
            "diagnosis": diagnosis if verdict == "failed" else None,
            "message": "dW: expected 1. Divide by N.",
        }
        for n, verdict in enumerate(verdicts)
    ]


@pytest.fixture
def report(tmp_path):
    """A function that writes outcomes as a report and returns its folder."""

    def write(name, *several):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "outcomes.json"
        path.write_text(json.dumps(sum(several, [])), encoding="utf-8")
        return tmp_path / name

    return write


def test_a_check_that_fewer_pass_is_harder_and_one_that_more_pass_is_not():
    before = outcomes(90, 10) + outcomes(50, 50, "softmax")
    now = outcomes(60, 40) + outcomes(60, 40, "softmax") + outcomes(0, 9, "new task")
    (found,) = comparison.harder(before, now)
    assert (found.what, found.before, found.of_before) == ("1_svm, svm_loss", 10, 100)
    assert found.difference == pytest.approx(0.3)
    assert found.is_beyond_chance


def test_a_mistake_that_is_new_counts_as_more_frequent():
    now = outcomes(90, 10, diagnosis="no-mean")
    (found,) = comparison.more_frequent(outcomes(95, 5), now)
    assert found.what == "Divide by N. [no-mean]"
    assert (found.before, found.of_before, found.now, found.of_now) == (0, 100, 10, 100)


@pytest.mark.parametrize(
    ("before", "now", "beyond"), [((9, 1), (7, 3), False), ((90, 10), (70, 30), True)]
)
def test_small_classes_differ_by_chance(before, now, beyond):
    (found,) = comparison.harder(outcomes(*before), outcomes(*now))
    assert found.is_beyond_chance == beyond


def test_what_was_not_run_does_not_count(report):
    found = comparison.outcomes_in(report("a", outcomes(1, 1, unrun=5)))
    assert len(found) == 2


def test_the_command_prints_both_tables(report):
    old, new = report("old", outcomes(90, 10)), report("new", outcomes(60, 40))
    said = CliRunner().invoke(compare, [str(old), str(new)])
    assert said.exit_code == 0
    for text in ("10 of 100", "40 of 100", "30% *", "1_svm, svm_loss", "[times-N]"):
        assert text in said.output
    same = CliRunner().invoke(compare, [str(old), str(old)])
    assert "Checks that fewer pass: none by 5% of the class or more" in same.output


def test_a_folder_that_is_not_a_report_is_named(tmp_path):
    said = CliRunner().invoke(compare, [str(tmp_path), str(tmp_path)])
    assert said.exit_code == 2
    assert "outcomes.json; give a folder that `course grade` wrote" in said.output
