"""A student's first hour in a real JupyterLab, in a real browser, with each of the notebooks.

Cells are run one by one; a stub is filled in in JupyterLab's own editor, and the check's cell is
run again in the same kernel. All waiting is for something to be seen, never for a time.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from course import notebook
from course.release import folders
from data_utils.plots import style
from tests.data_utils.test_seen import contrast
from tests.mistakes.harness import solutions

pytestmark = pytest.mark.slow

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


LAB = [sys.executable, "-m", "jupyter", "lab"]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The environment of a JupyterLab that has no settings, and keeps what it writes to itself."""
    folder = tmp_path_factory.mktemp("jupyter")
    kinds = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    kinds += ("JUPYTERLAB_WORKSPACES_DIR",)
    return {**os.environ, **{kind: str(folder / kind) for kind in kinds}}


@pytest.fixture(scope="module")
def lab(chromium, course, own, tmp_path_factory):
    """The address and the token of a JupyterLab in the student's folder."""
    log_file = tmp_path_factory.mktemp("log") / "log"
    command = [*LAB, "--no-browser", "--allow-root", "--port=0"]
    with open(log_file, "wb") as log:
        started = subprocess.Popen(command, cwd=course, env=own, stdout=log, stderr=log)
    try:
        yield address(started, log_file)
    finally:
        started.terminate()  # it ends its kernels, too
        with suppress(subprocess.TimeoutExpired):
            started.wait(PATIENCE)
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


GROUND = """element => {
  let colour = 'rgba(0, 0, 0, 0)';
  for (let at = element; at && /, 0\\)$/.test(colour); at = at.parentElement)
    colour = getComputedStyle(at).backgroundColor;
  return [getComputedStyle(element).color, colour];
}"""
"""What a browser computes: the colour of an element's text, and that of the ground behind it."""


def numbers(colour):
    """Return a colour as a browser writes it, rgb(1, 2, 3), as three shares."""
    return [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]


def choose(student, menu, *entries):
    """Choose an entry of a menu, through its submenus."""
    student.page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{menu}$")).click()
    for entry in entries:
        label = student.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{entry}$"))
        label.last.click()


def run_all(student):
    """Restart the kernel, run all cells, and wait until the last of them has been run."""
    choose(student, "Run", "Restart Kernel and Run All Cells…")
    student.page.locator(".jp-Dialog button.jp-mod-accept").click()
    last = student.page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputPrompt").last
    student.see(last).to_have_text(re.compile(r"\[\d+\]:"))


@pytest.mark.parametrize("written", [{}, {"linear_svm.py"}], ids=["empty", "half-written"])
def test_a_run_of_all_cells_ends_at_the_last_and_all_of_it_can_be_read(page, lab, course, written):
    begin_anew(course)
    for module in written:
        (course / "starter" / module).write_text(solutions()[module], encoding="utf-8")
    student = Notebook(page, lab, "1_svm")
    theme(student, "Dark" if written else "Light")
    run_all(student)
    pictures = page.locator(".jp-OutputArea img")
    texts = page.locator(".jp-OutputArea p")
    student.see(pictures.last).to_be_visible()
    assert pictures.count() > 5
    assert all(picture.get_attribute("alt") for picture in pictures.all())
    for element, ink in [*((text, None) for text in texts.all()), (pictures.last, style.INK)]:
        colour, ground = element.evaluate(GROUND)
        assert contrast(ink or numbers(colour), numbers(ground)) >= 4.5
    said = " ".join(texts.all_text_contents())
    assert "is not written yet: starter/" in said
    assert ("Next: check 2, svm_loss_naive" in said) is bool(written)


def begin_anew(course):
    """Take back what other tests wrote into the student's folder: answers and progress."""
    shutil.copytree(course / "course" / "stub_files", course / "starter", dirs_exist_ok=True)
    (course / ".progress").unlink(missing_ok=True)


def theme(student, name):
    """Choose a theme of JupyterLab."""
    choose(student, "Settings", "Theme", f"JupyterLab {name}")
    light = str(name == "Light").lower()
    student.see(student.page.locator("body")).to_have_attribute("data-jp-theme-light", light)


def test_a_link_below_a_check_opens_the_stub(page, lab):
    student = Notebook(page, lab, "1_svm")
    run_all(student)
    page.locator(".jp-OutputArea a", has_text="starter/softmax.py").first.click()
    student.see(student.tab("softmax.py")).to_be_visible()


def test_the_first_notebook_and_the_first_stub_are_side_by_side(page, lab, course, own):
    layout = course / "first.jupyterlab-workspace"
    subprocess.run([*LAB, "workspaces", "import", layout], env=own, check=True)
    root, token = lab
    page.goto(f"{root}lab?token={token}")
    for panel in (".jp-NotebookPanel", ".jp-FileEditor"):
        expect_visible(page.locator(f"{panel}:visible").first)
    expect_visible(page.locator(".lm-TabBar-tab.lm-mod-current", has_text="linear_svm.py"))
    for module in ("linear_svm", "linear_classifier", "tuning", "softmax"):
        expect_visible(page.locator(".lm-TabBar-tab", has_text=f"{module}.py"))
    expect_visible(page.locator(".jp-NotebookPanel").first)


def expect_visible(found):
    """Wait until something is seen."""
    from playwright.sync_api import expect

    expect(found).to_be_visible()
