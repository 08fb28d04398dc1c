"""Notebooks are edited as text and run again, and nothing is lost on the way."""

import json

import pytest
from click.testing import CliRunner

from course import paths
from course.commands.authoring.notebook_text import build, text
from course.release import notebook_text

PROGRAM = """# %% [markdown]
# Two and two, as `starter` sees it.

# %% tags=["nbval-ignore-output"]
# Set-up
import sys

sys.path.insert(0, "..")
from starter.sums import add

print("two and two ")
print("  50%", end="\\r")
print("make", add(2, 2))

# %%
add(1, 1)

# %%
add(1, 1)
"""


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_a_notebook_as_text_and_back_has_the_same_cells(path):
    before = json.loads(path.read_text(encoding="utf-8"))["cells"]
    after = notebook_text.from_text(notebook_text.as_text(path.read_text(encoding="utf-8"))).cells
    for one, other in zip(before, after, strict=True):
        assert one["cell_type"] == other.cell_type
        assert "".join(one["source"]).rstrip() == other.source.rstrip()
        assert one["metadata"].get("tags", []) == other.metadata.get("tags", [])


def test_cells_are_named_after_their_words_and_no_two_alike():
    names = [cell.id for cell in notebook_text.from_text(PROGRAM).cells]
    assert names[0] == "text-two-and-two-as-starter"
    assert names[2:] == ["add-1-1", "add-1-1-2"]


def test_cells_that_did_not_change_keep_their_ids():
    known = {"add(1, 1)": "sum", "# Set-up": "another"}
    names = [cell.id for cell in notebook_text.from_text(PROGRAM, known).cells]
    assert names[2:] == ["sum", "sum-2"]


def test_a_built_notebook_has_its_outputs_its_tags_and_nothing_that_varies(tmp_path):
    package = tmp_path / "solutions"
    package.mkdir()
    (package / "sums.py").write_text("def add(a, b):\n    return a + b\n")
    notebook = notebook_text.from_text(PROGRAM)
    notebook_text.run(notebook, {"starter": package})
    _, setup, last, _ = json.loads(notebook_text.tidy(notebook))["cells"]
    assert "".join(setup["outputs"][0]["text"]) == "two and two \nmake 4\n"
    assert setup["metadata"] == {"tags": ["nbval-ignore-output"]}
    assert last["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert last["metadata"] == {}


@pytest.mark.parametrize("command", [text, build])
def test_a_notebook_that_is_not_there_is_named(command):
    refused = CliRunner().invoke(command, ["9_none"])
    assert refused.exit_code == 2
    assert "9_none" in refused.output
