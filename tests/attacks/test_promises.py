"""What docs/honest-grading.md promises is what the code and tests/attacks/ hold."""

from pathlib import Path

from course import paths
from course.judge import jobs

HERE = Path(__file__).parent
PAGE = (paths.ROOT / "docs" / "honest-grading.md").read_text(encoding="utf-8")
HELPERS = {"recorder"}
"""Not an attack: what the attack `memorised` learns from."""


def files(folder):
    """Return the names of the attacks in a folder."""
    return {path.stem for path in (HERE / folder).glob("*.py")} - HELPERS


def test_the_page_names_the_seconds_that_a_run_goes_by():
    assert f"{jobs.CALL_SECONDS} seconds for a call, {jobs.CELL_SECONDS} for a check" in PAGE
    assert f"{jobs.CPU_SECONDS} seconds of the processor" in PAGE


def test_every_submission_says_what_it_tries_and_why_it_fails():
    for folder in ("calls", "thefts", "cluster"):
        for name in files(folder):
            assert "\nFails: " in (HERE / folder / f"{name}.py").read_text(encoding="utf-8"), name
