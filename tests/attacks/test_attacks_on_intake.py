"""Archives that attack whoever opens them: each costs itself, and nothing else.

They lie in tests/attacks/archives/; each hands something in, and all are read and reported on as
one class. What their modules would do if they ran is not asked here: see test_attacks.py.
"""

import csv
import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from course import paths
from course.commands.terminal import console, show_marks, show_remarks
from course.intake.downloads import read_class
from course.intake.ids import safe_id
from course.intake.submission import files_of
from course.judge.jobs import not_run
from course.outcome import Row
from course.report import similarity
from course.report.exports import FORMATS
from course.report.pages import write_report
from course.report.rows import FROM_SUBMISSION
from course.report.written import with_marks
from course.stubs import package_texts
from course.text import legible

HERE = Path(__file__).parent / "archives"
SAID = {
    "above": "points outside the submission",
    "answer_in_html": "",
    "archive_in_archive": "holds another archive",
    "blanks": "starter/softmax.py is left out: it is too large",
    "bomb": "it is too large",
    "crowded_notebook": "",
    "deep_notebook": "1_svm.ipynb cannot be read as a notebook",
    "escaped_quotes": "it is compared with others in part",
    "formula": "",
    "half_a_character": "",
    "hidden_crowd": "more than 50000 files",
    "link": "starter/data.py is left out: a link or a device",
    "long_integer": "1_svm.ipynb cannot be read as a notebook",
    "long_name": "`import` cannot say its name",
    "long_number": "reading it takes more than",
    "lying_size": "starter/softmax.py is left out: it cannot be read",
    "nameless": "holds a file without a name",
    "newlines": "the package is called cs231n",
    "newlines_in_task": "optim (1).py is left out: starter/optim.py counts",
    "one_line": "",
    "painted_copy": "starter.zip/starter` counts",
    "painted_folder": "taken from the folder a/b/",
    "pickles": "",
    "pipe": "is left out: a pipe or a device",
    "pipe_within": "starter/softmax.py is left out: a pipe or a device",
    "place_of_a_formula": "",
    "slow_decoder": "helper0.py names an encoding that is not read",
    "someone_else": "",
    "twice": "starter/optim.py is left out: starter/optim.py counts",
    "unknown_tongue": "other.py names an encoding that is not read: it is read as UTF-8",
    "wide_window": "reading it takes more than",
}
"""For each attack, what is said of it: in its problem or in a remark."""
READ_BY = {"escaped_quotes": (3, 12), "long_number": (3, 11, 10)}
"""{attack: first Python that reads it in no time}: there it is read like any other, or named."""
IDS = {
    "formula": "HYPERLINK_x_red_script_alert_1",
    "someone_else": "AAA-HONEST.zip",
    "painted_copy": "paintedcopy_4711",
    "long_name": safe_id("\U00020000" * 62),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The class as it was read and reported on: {id: Submission}, its folder, rows."""
    folder = tmp_path_factory.mktemp("intake")
    (folder / "canary").mkdir()
    package = {name: text.encode() for name, text in package_texts(paths.SOLUTIONS).items()}
    for name in ("aaa-honest", "zzz-honest"):
        for module, content in package.items():
            path = folder / "class" / name / "starter" / module
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for attack in SAID:
        loaded(attack, folder / "canary").hand_in(folder / "class", package)
    them = {s.id: s for s in read_class(folder / "class")}
    rows = reported(folder / "out", them)
    return them, folder, rows


def loaded(attack, canary):
    """Return the module of one attack, with the place that it attacks filled in."""
    spec = importlib.util.spec_from_file_location(attack, HERE / f"{attack}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if hasattr(module, "LOADED"):
        module.LOADED = module.LOADED.replace(b"@CANARY@", str(canary).encode())
    return module


def reported(out, them):
    """Write every kind of report on a class, and return its rows."""
    out.mkdir()
    rows = (row_of(them[name]) for name in sorted(them))
    return write_report(out, rows, 7, similarity.compare(list(them.values())), FORMATS)


def row_of(submission):
    """Return the row of a submission of which one check could not be run."""
    found = not_run(CHECK, submission.problem or "")
    outcome = replace(found, submission=submission.id, notebook="1_svm")
    answers, _ = with_marks(submission.answers, [])
    known = {name: getattr(submission, name) for name in FROM_SUBMISSION}
    return Row(**known, outcomes=[outcome], answers=answers)


class CHECK:
    """A check, of which no more than this is asked."""

    number, task, max_points = 1, "svm_loss_naive", 4


def of(attack, read):
    """Return the Submission of one attack."""
    return read[0][IDS.get(attack, attack)]


def test_every_attack_is_read():
    assert {path.stem for path in HERE.glob("*.py")} == set(SAID)


@pytest.mark.parametrize("attack", SAID)
def test_an_attack_is_refused_or_read_and_named(attack, read):
    found = of(attack, read)
    said = "; ".join([found.problem or "", *found.remarks])
    is_read = sys.version_info >= READ_BY.get(attack, (4,)) and not said
    assert SAID[attack] in said or is_read


@pytest.mark.parametrize("honest", ["aaa-honest.zip", "aaa-honest", "zzz-honest"])
def test_honest_submissions_are_read(honest, read):
    found = read[0].get(honest)
    if found:
        assert files_of(found) and not found.problem


def test_all_that_was_handed_in_has_an_id_of_its_own(read):
    assert len({name.casefold() for name in read[0]}) == len(SAID) + 2


def test_nothing_is_unpacked_or_loaded(read):
    folder = read[1]
    assert not list(folder.rglob("attacked")) and not list((folder / "canary").iterdir())
    assert {path.name for path in folder.iterdir()} == {"canary", "class", "out"}


def test_no_page_holds_what_an_attack_wrote_as_anything_but_text(read):
    pages = [path.read_text(encoding="utf-8") for path in (read[1] / "out").rglob("*.html")]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not [page for page in pages if "<script>alert" in page]


def test_no_cell_is_a_formula(read):
    for path in (read[1] / "out").glob("*.csv"):
        with path.open(newline="", encoding="utf-8-sig") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
        assert not [cell for cell in cells if cell[:1] in set("=+-@") and len(cell) > 1], path


def test_nothing_that_is_written_steers_a_terminal_or_turns_text_around(read):
    files = [path for path in (read[1] / "out").rglob("*") if path.is_file()]
    written = [path for path in files if path.suffix != ".zip"]  # these hold the pages once more
    assert any("paintedcopy" in path.name for path in written)
    for path in written:
        text = path.read_text(encoding="utf-8-sig").replace("\r", "")
        assert legible(text) == text, path


def test_nothing_steers_the_terminal(read):
    with console.capture() as captured:
        show_marks(read[2])
        show_remarks(read[2])
    assert "painted_folder" in captured.get()
    assert captured.get().replace("\n", "").isprintable()
