"""`course mark`, as it is started and used: by keyboard, in Chromium, and by those who may not."""

import csv
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from functools import partial

import pytest

from course.intake import own_notebooks
from course.outcome import Row
from course.report.written import with_marks, write_answers

NAME = "1_svm"
ALIKE = "All scores are close to 0, so each wrong class costs about one"
ATTACK = (
    "<script>document.title = 'stolen'</script> <img src=x onerror=\"document.title='stolen'\"> "
    r"$\frac{1}{N}$ $<img src=x onerror=alert(1)>$"
)
TEXTS = (ALIKE + ".", ALIKE + "!", ATTACK, "Nine.", "Nine.")


@pytest.fixture
def folder(tmp_path):
    """A report's folder with five answers to one question and one answer to another."""
    rows = []
    for n, text in enumerate(TEXTS):
        numbers = (1, 2) if n == 0 else (1,)
        answers = [
            {"notebook": NAME, "question": number, "asked": "", "answer": text}
            for number in numbers
        ]
        rows.append(Row(f"student-{n}", answers=with_marks(answers, [])[0]))
    write_answers(tmp_path / "answers.csv", rows)
    return tmp_path


@pytest.fixture
def served(folder):
    """The address of the page that `course mark` serves."""
    command = [sys.executable, "-m", "course.commands", "mark", str(folder), "--by", "Jane"]
    # A shell may have us ignore SIGINT; whoever sits before a terminal does not.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=heed) as running:
        yield running.stdout.readline().split()[1]
        running.send_signal(signal.SIGINT)
        assert "All that was given is saved" in running.communicate()[0]


@pytest.fixture
def page(chromium, served):
    """The page of the first question; what the browser complains of fails."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: complaints.append(sent.url) if served not in sent.url else 0)
    page.goto(f"{served}{NAME}/1")
    yield page
    page.close()
    assert complaints == []


def given(folder):
    """Return {student: (points, remark)} of manual.csv."""
    with (folder / "manual.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {x["submission"]: (x["points"], x["remark"]) for x in csv.DictReader(stream)}


def press(page, *keys):
    """Press keys, and wait until all is saved."""
    for key in keys:
        page.keyboard.press(key)
    page.locator("#saved[data-unsaved='0']", has_text="saved").wait_for()


def choose(page, text):
    """Click on the card with a text."""
    page.locator(".card", has_text=text).first.locator(".text").click()


def test_points_by_keyboard_are_saved_as_they_are_given(page, folder):
    choose(page, "Nine.")
    press(page, "1", ".")
    assert given(folder) == {"student-3": ("1.5", ""), "student-4": ("1.5", "")}
    press(page, "Backspace")
    assert given(folder)["student-3"] == ("", "")


def test_a_remark_is_saved_as_it_is_typed_and_a_letter_uses_it_again(page, folder):
    choose(page, "Nine.")
    page.keyboard.press("r")
    page.keyboard.type("say why")
    page.locator("#saved[data-unsaved='0']", has_text="saved").wait_for()
    assert given(folder)["student-3"] == ("", "say why")
    press(page, "Escape", "1")
    assert given(folder)["student-3"] == ("1", "say why")
    choose(page, "onerror")
    press(page, "a", "0")
    assert given(folder)["student-2"] == ("0", "say why")


def test_answers_that_are_nearly_the_same_get_the_same_by_one_key(page, folder):
    assert page.locator(".group.several .card").count() == 2
    choose(page, ALIKE + "!")
    press(page, "2", "=")
    assert given(folder) == {"student-0": ("2", ""), "student-1": ("2", "")}


def test_one_goes_on_where_nothing_is_marked_yet(page, served):
    marked = page.locator(".card.now").get_attribute("id")
    press(page, "2")
    page.reload()
    assert page.locator(".card.now").get_attribute("id") != marked
    assert page.locator(f"#{marked}.marked").count() == 1
    assert page.locator("#strip a.marked").count() == 1
    page.goto(served)
    assert re.search(r"\d of 5", page.locator("tr").first.inner_text())


def test_nothing_of_an_answer_runs_and_its_maths_is_shown(page):
    card = page.locator(".card", has_text="onerror")
    assert "<script>" in card.inner_text()
    assert card.locator("mfrac").count() == 1
    assert card.locator("img, script").count() == 0
    assert page.title() == f"{NAME}, question 1"


def test_the_course_s_own_answer_stands_beside_and_no_name_does(page):
    assert "cheapest" in page.locator("aside").inner_text()
    assert "student-" not in page.content()


def test_the_page_fits_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def ask(address, body=None, **headers):
    """Return the status of a request."""
    try:
        return urllib.request.urlopen(urllib.request.Request(address, body, headers)).status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_who_does_not_know_the_token_or_comes_from_elsewhere_is_refused(served, folder):
    host = served.split("/")[2]
    mark = b'{"keys": [], "points": 1, "remark": ""}'
    assert host.startswith("127.0.0.1:")
    assert ask(served) == 200
    assert ask(f"http://{host}/") == 404
    assert ask(f"http://{host}/{'x' * 32}/") == 404
    assert ask(served, Host="evil.example") == 403
    assert ask(served, Origin="http://evil.example") == 403
    assert ask(f"{served}mark", mark) == 403
    assert ask(f"{served}mark", mark, Origin="http://evil.example") == 403
    assert ask(f"{served}mark", mark, Origin=f"http://{host}") == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"keys": ["no"], "points": 1, "remark": ""}']
)
def test_what_is_no_mark_is_refused(served, folder, body):
    origin = "/".join(served.split("/")[:3])
    assert ask(f"{served}mark", body, Origin=origin) in (400, 409)
    assert not (folder / "manual.csv").exists()


@pytest.mark.parametrize("points", ["2.5", "-1", "NaN", "1e999", '"x"'])
def test_no_more_points_are_saved_than_the_question_has(page, served, folder, points):
    key = page.locator(".card").first.get_attribute("data-keys").split()[0]
    body = f'{{"keys": ["{key}"], "points": {points}, "remark": ""}}'.encode()
    assert ask(f"{served}mark", body, Origin="/".join(served.split("/")[:3])) == 400
    assert own_notebooks.max_points(NAME)[0] == 2


@pytest.mark.parametrize("share", ["0/2", "3/2", "2", "a/b"])
def test_a_share_that_cannot_be_is_refused(folder, share):
    command = [sys.executable, "-m", "course.commands", "mark", str(folder), "--share", share]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "such as 2/20" in ran.stderr


def test_a_folder_without_answers_is_refused(tmp_path):
    command = [sys.executable, "-m", "course.commands", "mark", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "has no answers.csv" in ran.stderr
