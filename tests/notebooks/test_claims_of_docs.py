"""Sentences of the docs with numbers in them follow from the code, or the tables beside them."""

import re
import tomllib

import pytest

from course import paths
from course.authoring.tables import tables
from course.intake import tokens
from course.judge import jobs, sandbox
from tools import other_versions

ATTACKS = paths.ROOT / "tests" / "attacks"
HELPER = "recorder.py"
"""Not an attack: what the attack `memorised` learns from."""


def text(name):
    """Return a page of the docs, or README.md, with single spaces."""
    folder = paths.ROOT / ("" if name == "README.md" else "docs")
    return " ".join((folder / name).read_text(encoding="utf-8").split())


def table(title):
    """Return the numbers of the lines of docs/measured.md that begin so, a list for each line."""
    page = (paths.ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    lines = [line.removeprefix(title) for line in page.splitlines() if line.startswith(title)]
    return [[float(n) for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", line)] for line in lines]


def test_the_picture_book_is_kinder_by_as_many_points_as_the_ladder_says():
    page = text("measured.md")
    pairs = re.findall(r"\| ([\d.]+)% [\d.]+ s \| ([\d.]+)% [\d.]+ s", page)
    points = [round(float(drawn) - float(cifar)) for drawn, cifar in pairs]
    assert points == [5, 7, 28, 26]
    assert "by 5 and 7 points, and much easier for convolutions, by 28 and 26" in page


def test_the_readme_sums_the_mistakes_of_all_notebooks():
    rows = re.findall(r"\| `\d_\w+` \| (\d+) \| (\d+) \| (\d+) \|", text("measured.md"))
    made, noticed, named = (sum(map(int, column)) for column in zip(*rows, strict=True))
    assert len(rows) == 5 and f"notice | {noticed:,} of {made:,} |" in text("README.md")
    assert f"the message names | {named:,} |" in text("README.md")


def test_the_page_counts_the_mistakes_of_each_notebook():
    for table in tables():
        named = sum(mistake.code is not None for mistake in table.mistakes)
        count = len(table.mistakes)
        assert f"| `{table.notebook}` | {count} | {count} | {named} |" in text("measured.md")


def test_the_convolutions_are_as_short_and_as_near_a_library_as_is_said():
    given = [paths.SOLUTIONS / "fast_layers.py", *(paths.SOLUTIONS / "given/fast").glob("*.py")]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in given)
    assert "in less than a thousand lines that you can read" in text("why-is-this-fast.md")
    assert 500 < lines < 1000


def test_columns_of_seven_by_seven_take_what_is_said():
    page = text("why-is-this-fast.md")
    assert "hold every pixel 49 times. For a batch of a hundred pictures that is 60 MB" in page
    assert 7 * 7 == 49 and round(100 * 3 * 32 * 32 * 49 * 4 / 1e6) == 60
    float32, *_ = table("(100, 3, 32, 32, 7, 1, 3) ")
    *_, megabytes, others, _ = float32
    assert "a seventh of the memory" in page and round(others / megabytes) == 7


def test_loading_takes_as_much_memory_as_the_table_says():
    ((ours, theirs, *_),) = table("memory to load CIFAR-10")
    assert "2.7 GB for 0.6 GB of pictures" in text("why-is-this-fast.md")
    assert round(theirs / 1000, 1) == 2.7 and round(50_000 * 3072 * 4 / 1e9, 1) == 0.6
    assert ours < 1.1 * 50_000 * 3072 * 4 / 1e6 + 50


def test_in_float64_the_library_takes_two_to_five_times_as_long_at_a_stride_of_1():
    assert "takes two to five times as long as we do on either" in text("why-is-this-fast.md")
    cases = (
        "(100, 3, 32, 32, 7, 1, 3) ",
        "(64, 32, 16, 64, 3, 1, 1) ",
        "(128, 16, 32, 32, 3, 1, 1) ",
    )
    for case in cases:
        _, avx512, _, haswell = table(case)
        for fast, _, pytorch, *_ in (avx512, haswell):
            assert 2 <= pytorch / fast < 5.5


def test_the_first_convolutions_products_take_a_quarter_of_its_time():
    assert "The products of the first convolution take a quarter" in text("why-is-this-fast.md")
    ((ours, _, _, _, bound, _),) = table("conv 100 3 31 25 3 2 1 float32")
    assert abs(bound / ours - 1 / 4) < 0.03


def test_as_many_attacks_are_there_as_the_page_says():
    calls, thefts, cluster, archives = (
        len({path.name for path in (ATTACKS / folder).glob("*.py")} - {HELPER, "__init__.py"})
        for folder in ("calls", "thefts", "cluster", "archives")
    )
    said = f"{calls + thefts + cluster} submissions, {cluster} of them on a cluster, "
    said += f"and {archives} archives"
    assert said in text("honest-grading.md"), said


@pytest.mark.parametrize(
    "said",
    [
        f"{sandbox.TMPFS >> 20} MB of disk",
        f"{sandbox.MEMORY >> 30} GB of memory",
        f"with `--full`, {jobs.FULL_CPU_SECONDS}, by the same rule",
        f"the first {tokens.MAX_TOKENS:,} tokens of each submission",
    ],
)
def test_limits_are_those_of_the_code(said):
    assert said in text("honest-grading.md")


def test_seconds_allowed_are_ten_times_what_the_slowest_notebook_takes_and_a_minute():
    page = text("honest-grading.md")
    taken = list(map(int, re.findall(r"\d+", re.search(r"take ([\d, and]+) in the", page)[1])))
    assert len(taken) == 5 and 10 * max(taken) + 60 == jobs.FULL_CPU_SECONDS


def test_the_versions_are_those_that_are_tried():
    page, pins = text("platforms.md"), other_versions.VERSIONS
    (oldest, numpy), (newest, _) = pins
    assert (
        f"CI tries Python {oldest} with NumPy {numpy}, and Python {newest} with the pinned" in page
    )
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={oldest}"
    assert f"You need Python {oldest} or newer" in text("README.md")
