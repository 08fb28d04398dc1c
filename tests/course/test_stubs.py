"""Stubs are derived from solutions by one mark."""

import pytest

from course.paths import SOLUTIONS, STARTER
from course.stubs import DeriveError, compare, derive, derive_package, differences, write

SOLVED = '''import numpy as np


def double(x):
    """Return 2x."""
    out = np.zeros_like(x)
    # SOLUTION: Say what to achieve,
    # in a second line too.
    # Not a remark on the answer.
    out += 2 * x

    return out


def given(x):
    return x
'''

STUB = '''import numpy as np


def double(x):
    """Return 2x."""
    out = np.zeros_like(x)
    # TODO: Say what to achieve,
    # in a second line too.
    # Not a remark on the answer.
    raise NotImplementedError("double is yours to write")


def given(x):
    return x
'''


def solved(*body, head="def f(x):"):
    return "\n".join([head, *body]) + "\n"


def test_a_mark_becomes_a_todo_and_one_raise():
    assert derive(SOLVED, "m.py") == STUB


def test_a_file_without_a_mark_is_copied():
    assert derive("x = 1\n", "m.py") == "x = 1\n"


def test_only_the_block_of_the_mark_goes():
    text = solved("    for i in x:", "        # SOLUTION: Add.", "        s = i", "    return s")
    assert derive(text, "m.py") == solved(
        "    for i in x:",
        "        # TODO: Add.",
        '        raise NotImplementedError("f is yours to write")',
        "    return s",
    )


def test_a_method_is_named_with_its_class():
    text = "class A:\n    def f(self):\n        # SOLUTION: Do.\n        return 1\n"
    assert 'NotImplementedError("A.f is yours to write")' in derive(text, "m.py")


def test_an_answer_with_lines_at_the_margin_goes_whole():
    text = solved("    # SOLUTION: Say.", '    s = """', "at the margin", '    """', "    return s")
    assert "margin" not in derive(text, "m.py")


def test_two_marks_in_one_function_make_two_stubs():
    body = [
        "    if x:",
        "        # SOLUTION: A.",
        "        y = 1",
        "    # SOLUTION: B.",
        "    return 2",
    ]
    assert derive(solved(*body), "m.py").count("is yours to write") == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# SOLUTION: Do.\nx = 1\n", "m.py, line 1: a mark at column 0"),
        (solved("    # SOLUTION Do.", "    return 1"), "a mark reads '# SOLUTION: a sentence'"),
        (solved("    x = 1  # SOLUTION: Do.", "    return x"), "on a line of its own"),
        (solved("    return 1", "    # SOLUTION: Do."), "m.py, line 3: no statement"),
        (solved("    # SOLUTION: Do.", "  # x", "    y = 1", head="class A:"), "no statement of a"),
    ],
)
def test_a_mark_that_cannot_be_derived_is_refused(text, message):
    with pytest.raises(DeriveError, match=message):
        derive(text, "m.py")


def test_starter_is_as_derived():
    assert differences(derive_package(SOLUTIONS), STARTER) == []


def test_no_mark_is_left_in_starter():
    for path in STARTER.glob("*.py"):
        assert "SOLUTION" not in path.read_text()


def test_differences_name_the_file_and_the_line(tmp_path):
    write({"a.py": "x\ny\n", "b.py": "z\n"}, tmp_path)
    (tmp_path / "a.py").write_text("x\nchanged\n")
    (tmp_path / "extra.py").write_text("")
    (tmp_path / "b.py").unlink()
    found = differences({"a.py": "x\ny\n", "b.py": "z\n"}, tmp_path)
    assert [sentence.split("/")[1][:30] for sentence in found] == [
        "a.py differs from line 2 on: c",
        "b.py is missing: run `course d",
        "extra.py has no counterpart in",
    ]


def test_a_file_that_only_ends_sooner_differs():
    assert "differs" in compare("x\ny\n", "x\n")


def test_writing_removes_what_is_not_derived(tmp_path):
    (tmp_path / "old.py").write_text("")
    write({"a.py": ""}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]
