"""A student's first hour in a real JupyterLab, in a real browser, with each of the notebooks.

Cells are run one by one; a stub is filled in in JupyterLab's own editor, and the check's cell is
run again in the same kernel. All waiting is for something to be seen, never for a time.
"""

import json
import os
import re
import subprocess
import sys
import time

import pytest

from course import notebook
from course.release import folders
from tests.mistakes.harness import solutions

PATIENCE = 60
"""How many seconds anything may take on a busy machine."""

ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/)lab\?token=(\w+)")
DIRTY, CHOSEN = re.compile("jp-mod-dirty"), re.compile("jp-mod-active")

FIRST_TASKS = {
    "1_svm": (
        *("linear_svm.py", "loss = loss / num_train + reg", "loss += reg"),
        "It is 5 times too large, and N = 5: the loss is a mean over the examples",
    ),
    "2_two_layer_net": (
        *("layers.py", "x.reshape(len(x), -1) @ w + b", "x.reshape(len(x), -1) @ w"),
        "The difference is exactly this: the bias is missing.",
    ),
    "3_cnn": (
        *("activations.py", "np.where(x > 0, x, slope * x)", "np.maximum(0, x)"),
        "Nothing negative passes; that is a plain ReLU.",
    ),
    "4_batchnorm": (
        *("initializers.py", "np.sqrt((2 if relu else 1) / fan_in)", "(1 + relu) / fan_in"),
        "The formula names a variance: draw with its root.",
    ),
    "5_lenet": (
        *("lenet.py", "H // 2, W // 2", "-(-H // 2), -(-W // 2)"),
        "Behind the first pool yours is",
    ),
}
"""{notebook: (module of its first check, right, wrong, what the check says of that)}."""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The folder that a student gets."""
    folder = tmp_path_factory.mktemp("student") / "my course"
    folders.student(folder)
    return folder


@pytest.fixture(scope="module")
def lab(chromium, course, tmp_path_factory):
    """The address and the token of a JupyterLab in the student's folder, with no settings."""
    own = tmp_path_factory.mktemp("jupyter")
    kinds = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {**os.environ, **{kind: str(own / kind) for kind in kinds}}
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--port=0"]
    with open(own / "log", "wb") as log:
        started = subprocess.Popen(command, cwd=course, env=environment, stdout=log, stderr=log)
    try:
        yield address(started, own / "log")
    finally:
        started.terminate()  # it ends its kernels, too
        try:
            started.wait(PATIENCE)
        finally:
            started.kill()


def address(started, log):
    """Return where a JupyterLab can be reached, and its token, once its log tells them."""
    deadline = time.monotonic() + PATIENCE
    while not (found := ADDRESS.search(log.read_text())):
        assert started.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    return found.groups()


class Notebook:
    """A notebook in JupyterLab, and what a student does there with keys and mouse."""

    def __init__(self, page, lab, name):
        from playwright.sync_api import expect

        self.page, self.see, self.name, self.runs = page, expect, name, 0
        root, token = lab
        page.goto(f"{root}lab/tree/assignments/{name}.ipynb?reset&token={token}")
        self.cells = page.locator(".jp-NotebookPanel .jp-Cell")
        self.see(page.get_by_text("| Idle")).to_be_visible()  # the kernel has started

    def run(self, number):
        """Press Shift+Enter in a cell, and wait until it has been run and the next is chosen."""
        cell = self.cells.nth(number)
        prompt = cell.locator(".jp-InputPrompt")
        prompt.click()
        self.page.keyboard.press("Shift+Enter")
        self.see(self.cells.nth(number + 1)).to_have_class(CHOSEN)
        if "jp-CodeCell" in cell.get_attribute("class"):
            self.runs += 1
            self.see(prompt).to_have_text(f"[{self.runs}]:")  # the kernel goes on counting

    def says(self, number, text):
        """Wait until a cell's output has this text, a string or a pattern, in it."""
        self.see(self.cells.nth(number).locator(".jp-Cell-outputArea")).to_contain_text(text)

    def open(self, module):
        """Open a module of the package with a double click in the list of files."""
        self.page.locator(".jp-BreadCrumbs-home").click()
        for name in ("starter", module):
            self.page.locator(".jp-DirListing").get_by_text(name, exact=True).dblclick()

    def tab(self, name):
        """Return the tab of an open file."""
        return self.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=name)

    def write(self, module, text):
        """Put a text into the editor in the place of what is there, save it, and come back."""
        self.tab(module).click()
        self.page.locator(".jp-FileEditor .cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
        self.see(self.tab(module)).to_have_class(DIRTY)
        self.page.keyboard.press("ControlOrMeta+s")
        self.see(self.tab(module)).not_to_have_class(DIRTY)
        self.tab(f"{self.name}.ipynb").click()


@pytest.fixture
def page(chromium):
    """A page of the browser; an error that it reports fails the test."""
    from playwright.sync_api import expect

    expect.set_options(timeout=1000 * PATIENCE)
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(1000 * PATIENCE)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda words: errors.append(words.text) if words.type == "error" else None)
    yield page
    page.close()
    assert errors == []


@pytest.mark.parametrize("name", FIRST_TASKS)
def test_the_first_check_speaks_of_what_was_saved_last(page, lab, course, name):
    module, right, wrong, words = FIRST_TASKS[name]
    solution = solutions()[module]
    assert solution.count(right) == 1
    cells = notebook.read(course / "assignments" / f"{name}.ipynb")["cells"]
    lines = [notebook.first_line(cell["source"]) for cell in cells]
    check = next(n for n, line in enumerate(lines) if line.startswith("# Check 1 "))
    picture = max(n for n, cell in enumerate(cells) if "progress.checks()" in str(cell["source"]))

    student = Notebook(page, lab, name)
    for number in range(check + 1):
        student.run(number)
    student.says(check, re.compile(rf"✗ \w+ is not written yet: starter/{module}, line \d+"))

    student.open(module)
    student.write(module, solution.replace(right, wrong))
    student.run(check)
    student.says(check, words)

    student.write(module, solution)
    student.run(check)
    student.says(check, "✓")
    student.run(picture)
    student.see(student.cells.nth(picture).locator("img")).to_be_visible()

    kept = map(json.loads, (course / ".progress").read_text().splitlines())
    said = [line["verdict"] for line in kept if line["check"] == lines[check]]
    assert said == ["not written", "failed", "passed"]
    assert (course / "starter" / module).read_text() == solution
