"""What a student reads of a module that cannot be imported."""

import sys
from types import SimpleNamespace

import pytest

from data_utils.import_sentences import sentence
from data_utils.verdicts import Frame, Unreadable, of_raised

AT = Frame("starter/layers.py", 3, "<module>", "from x import y")
TRACE = "\n  starter/layers.py, line 3, in <module>\n    from x import y"


@pytest.fixture(autouse=True)
def package(tmp_path, monkeypatch):
    """A package `starter` with one module."""
    (tmp_path / "starter").mkdir()
    (tmp_path / "starter" / "linear_svm.py").touch()
    (tmp_path / "starter" / "linear_svm.py").write_text("x = 1\n")
    package = SimpleNamespace(__path__=[str(tmp_path / "starter")])
    monkeypatch.setitem(sys.modules, "starter", package)


@pytest.mark.parametrize(
    ("kind", "message", "says"),
    [
        ("ModuleNotFoundError", "No module named 'linear_svm'", "a dot: from .linear_svm import …"),
        ("ModuleNotFoundError", "No module named 'torch'", "torch is not among what the course"),
        ("NameError", "name 'X_train' is not defined", "does that line belong into a cell?"),
        (
            "ImportError",
            "cannot import name 'helper' from 'starter.given.arguments' (/a/starter/given/b.py)",
            "starter/given/arguments.py is given: grading uses the course's own",
        ),
        (
            "AttributeError",
            "module 'starter.solver' has no attribute 'helper'",
            "starter/solver.py is given",
        ),
        ("SystemExit", "0", "starter/layers.py cannot be imported, it called exit\n"),
        ("Overdue", "it does not end", "does not end. That runs whenever the file is imported"),
    ],
)
def test_a_cause_that_is_known_comes_with_what_to_do(kind, message, says):
    said = sentence(kind, message, [AT])
    assert said.startswith("starter/layers.py cannot be imported")
    assert says in said
    assert said.endswith(TRACE)


def test_another_cause_is_told_as_it_is_and_shows_no_path_of_the_machine():
    message = "cannot import name 'f' from 'starter.optim' (/tmp/c/starter/optim.py)"
    assert sentence("ImportError", message, [AT]) == (
        "starter/layers.py cannot be imported, it raises ImportError: cannot import name 'f' from "
        f"'starter.optim'{TRACE}"
    )


def test_a_stub_that_is_called_when_its_file_is_imported_is_an_error_of_the_file():
    stub = Frame("starter/layers.py", 8, "f", "raise NotImplementedError")
    words = of_raised("NotImplementedError", "f is yours to write", [AT, stub])
    assert isinstance(words, Unreadable)
    assert words.sentence.startswith("starter/layers.py cannot be imported, it raises NotImpl")


def test_who_rests_on_a_module_that_cannot_be_imported_is_named():
    why = "starter/optim.py, which cannot be imported (line 12)"
    method = Frame("starter/layers.py", 8, "train", "f()")
    assert of_raised("RestsOn", why, [AT]).sentence == f"starter/layers.py rests on {why}"
    assert of_raised("RestsOn", why, [method]).sentence == f"train rests on {why}"
    assert of_raised("RestsOn", why, [method]).diagnosis == "import"
