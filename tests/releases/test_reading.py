"""What is released points at what is there, and the pages to read need nothing else."""

import re
import sys

import pytest

from course import notebook, paths
from course.release import answers, folders, reading

LINKS = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:|#|mailto:)([^)#]+)")
MODULES = re.compile(r"python -m (\w+)")
DETAILS = "<details>"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The folder of a student."""
    folder = tmp_path_factory.mktemp("released") / "course"
    folders.student(folder)
    return folder


def texts(folder):
    """Return {path: markdown} of the pages and notebooks in a student's folder."""
    found = {path: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    found |= {path: path.read_text(encoding="utf-8") for path in folder.glob("docs/*.md")}
    for path in folder.glob("assignments/*.ipynb"):
        cells = notebook.read(path)["cells"]
        markdown = ["".join(cell["source"]) for cell in cells if not notebook.is_code(cell)]
        found[path] = "\n\n".join(markdown)
    return found


def test_every_link_of_a_release_leads_to_a_file(released):
    lost = [
        (path.name, link)
        for path, text in texts(released).items()
        for link in LINKS.findall(text)
        if not (path.parent / link).exists()
    ]
    assert lost == []


def test_a_release_names_no_program_that_it_lacks_without_saying_where_it_is(released):
    for path, text in texts(released).items():
        for module in MODULES.findall(text):
            there = (released / module).is_dir() or module in {"pip", *sys.stdlib_module_names}
            assert there or f"`{module}`, are in\nthe course's own repository" in text, path.name


def test_what_is_said_to_be_folded_is_there(released):
    for path, text in texts(released).items():
        for promise in () if path.suffix == ".md" else re.finditer(r"(?i)folded below it\b", text):
            assert DETAILS in text[promise.end() :][:3000], (path.name, promise[0])
        assert "<summary>Answer</summary>" not in text


def test_an_answer_and_its_promise_go_together():
    cell = {
        "cell_type": "markdown",
        "source": ["A question, with an answer folded below it. Go on."],
    }
    left = answers.without_answers({"cells": [cell]})
    assert "".join(left["cells"][0]["source"]) == "A question. Go on."


def test_maths_becomes_mathml_and_what_looks_like_it_in_code_stays():
    page = reading.prose("$x_1 * y * z$ and `$a * b$`.\n\n$$\\frac12$$\n\n[f](../starter/f.py)")
    assert page.count("<math") == page.count("</math>") == 2
    assert "<code>$a * b$</code>" in page and "<em>" not in page
    assert "<mfrac>" in page and "starter" not in page


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_formulas_of_several_rows_are_tables(path):
    for cell in notebook.read(path)["cells"]:
        page = "" if notebook.is_code(cell) else reading.prose("".join(cell["source"]))
        assert "<mi>&</mi>" not in page and "linebreak" not in page


def test_the_pages_are_read_on_a_telephone_without_a_network(released, chromium):
    names = ["index", *(path.stem for path in paths.notebooks())]
    assert sorted(path.stem for path in (released / "reading").iterdir()) == sorted(names)
    page, asked = chromium.new_page(viewport={"width": 390, "height": 844}), []
    page.on("request", lambda request: asked.append(request.url))
    for name in names:
        page.goto((released / "reading" / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate("document.querySelectorAll('img:not([alt])').length") == 0
        shown = page.evaluate("[...document.querySelectorAll('body > div')].map(d => d.innerText)")
        assert not re.search(r"\$|\\\w{3,}", "\n".join(shown)), name
    page.close()
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
