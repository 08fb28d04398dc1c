"""Two submissions that are alike stand side by side, the same lines marked."""

from course import paths, stubs
from course.intake.submission import Submission
from course.report import side_by_side, similarity
from course.report.pages import write_pairs

NAME = "linear_svm.py"
SOLVED = (paths.SOLUTIONS / NAME).read_text()
RENAMED = SOLVED.replace("margins", "violations").replace("np.maximum(0,", "np.clip(0,")


def kinds(mine, theirs):
    """Return {kind: how many rows} of a module that two wrote."""
    each = [Submission(name, {NAME: text.encode()}) for name, text in (("a", mine), ("b", theirs))]
    rows = [kind for module in side_by_side.modules(*each) for kind, _, _ in module["rows"]]
    return {kind: rows.count(kind) for kind in dict.fromkeys(rows)}


def test_a_copy_is_the_same_but_for_what_the_stub_had():
    assert set(kinds(SOLVED, SOLVED)) == {"stub", "same"}


def test_lines_with_other_names_are_told_from_those_that_are_the_same():
    assert kinds(SOLVED, RENAMED)["renamed"] > 2


def test_a_line_that_only_one_has_stands_alone():
    (module,) = side_by_side.modules(*(
        Submission(name, {NAME: text.encode()})
        for name, text in (("a", SOLVED), ("b", SOLVED + "zero = 0 + 0\n"))
    ))  # fmt: skip
    assert ("other", None, "zero = 0 + 0") in module["rows"]


def test_a_stub_beside_a_stub_is_no_module_to_look_at():
    assert kinds(stubs.package()[NAME], SOLVED) == {}


def test_a_pair_has_a_page_on_which_nothing_of_theirs_runs(tmp_path):
    text = SOLVED + "x = '<script>alert(1)</script>'\n"
    class_ = [Submission(name, {NAME: text.encode()}) for name in ("ada", "eve")]
    compared = similarity.Comparison([similarity.Pair("ada", "eve", 1.0, 300, 1.0)], 0.5)
    write_pairs(tmp_path, compared, class_)
    page = (tmp_path / "pairs" / "1.html").read_text()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    write_pairs(tmp_path, similarity.Comparison([]), class_)
    assert not (tmp_path / "pairs").exists()
