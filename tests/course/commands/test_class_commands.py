"""`course grade` with a roster and rules: what it says, and whom it runs."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from course import paths
from course.commands.grading import classroom
from course.commands.grading.grade import grade, left_to_run
from course.intake.submission import Submission
from course.judge.jobs import Job
from course.report.claim import claimed
from course.report.gradebook import Gradebook
from course.report.rows import class_rows
from course.roster.classroom import Classroom

SVM = paths.ASSIGNMENTS / "1_svm.ipynb"


@pytest.fixture
def submissions(tmp_path):
    """A class of two whose archives cannot be opened, so that nothing has to be run."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("ada", "gracee"):
        (folder / f"{name}.zip").write_bytes(b"not a zip")
    return folder


def graded(submissions, *words):
    """Run `course grade` on the first notebook; return what it printed and its exit code."""
    out = submissions.parent / "out"
    command = [str(submissions), "--out", str(out), "--notebook", "1_svm", "--sandbox", "none"]
    ran = CliRunner().invoke(grade, [*command, *map(str, words)], env={"COLUMNS": "200"})
    return ran.output, ran.exit_code


def marks(submissions):
    """Return the lines of marks.csv."""
    with (submissions.parent / "out" / "marks.csv").open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("place", ["submissions", "."])
def test_the_class_file_is_found_and_its_files_are_nobodys_submission(place, submissions):
    folder = submissions.parent / place
    (folder / "class.toml").write_text("roster = 'people.csv'\n")
    (folder / "people.csv").write_text("name;submission\nAda Lovelace;ada\nGrace Hopper;\n;\n")
    said, code = graded(submissions)
    assert code == 0, said
    assert f"Roster and rules: {folder.resolve() / 'class.toml'}" in said.replace("\n", "")
    assert "On the roster, and handed in nothing (1): Grace Hopper" in said
    assert "gracee is not on the roster; the nearest name there is Grace Hopper" in said
    assert [(line["submission"], line["name"]) for line in marks(submissions)] == [
        ("ada", "Ada Lovelace"),
        ("gracee", ""),
        ("", "Grace Hopper"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[late]\npercent = 1", "class.toml, line 2: late.percent: there is no such field"),
        ("[extensions]\nGrce = 1", "class.toml, line 2: extensions.Grce: nobody in the class is"),
        ("roster = 'r.csv'", "r.csv, line 1: no column says who is who: a, b; expected: a column"),
    ],
)
def test_an_error_in_the_class_s_files_ends_the_run_before_it_begins(text, said, submissions):
    (submissions.parent / "other.toml").write_text(text)
    (submissions.parent / "r.csv").write_text("a,b\n1,2\n")
    printed, code = graded(submissions, "--class", submissions.parent / "other.toml")
    assert code == 2
    assert said.replace("class.toml", "other.toml") in printed
    assert not (submissions.parent / "out" / "marks.csv").exists()


def test_whom_no_platform_knows_is_left_out_of_its_export_and_named(submissions):
    (submissions / "class.toml").write_text("roster = 'roster.csv'\n")
    (submissions / "roster.csv").write_text("name,submission,canvas\nAda,ada,4711\nG,gracee,\n")
    said, _ = graded(submissions, "--format", "canvas")
    assert "canvas: left out, for want of the number it needs: gracee" in said


ADA = Submission("ada_4711", name="Ada Lovelace", time="2026-10-05T12:00:00+00:00")
ZOE = Submission("zoe", time="2026-10-07T12:00:00+00:00")


@pytest.mark.parametrize("only", ["ada_4711", "Ada Lovelace", "lovelace ada"])
def test_one_student_is_named_by_id_or_name(only):
    assert classroom.wanted(Classroom(None, [ADA, ZOE]), [only], None) == {"ada_4711"}


def test_without_a_choice_all_are_run_and_since_a_time_those_who_came_later():
    assert classroom.wanted(Classroom(None, [ADA, ZOE]), [], None) == {"ada_4711", "zoe"}
    assert classroom.wanted(Classroom(None, [ADA, ZOE]), [], "2026-10-06") == {"zoe"}


def test_what_tells_no_time_is_as_new_as_its_file(tmp_path):
    (tmp_path / "x").write_text("")
    one = Submission("x", sources=[[str(tmp_path / "x"), "", "x"]])
    assert classroom.wanted(Classroom(None, [one]), [], "2020-01-01") == {"x"}
    assert classroom.wanted(Classroom(None, [one]), [], "2400-01-01") == set()


@pytest.mark.parametrize(
    ("only", "since", "said"),
    [
        (["ada lovlace"], None, "nobody who is called 'ada lovlace' handed anything in; the near"),
        ([], "soon", "--since: 'soon' is not a time; write 2026-10-05"),
    ],
)
def test_a_choice_of_nobody_is_refused(only, since, said, capsys):
    with pytest.raises(SystemExit):
        classroom.wanted(Classroom(None, [ADA, ZOE]), only, since)
    assert said in capsys.readouterr().err


@pytest.fixture
def book(tmp_path):
    """A gradebook in which each check of the first notebook has passed, for ada alone."""
    found = Gradebook(tmp_path / "gradebook.sqlite", "v1")
    (row,) = class_rows(found, [ADA], [job(ADA)])
    for outcome in row.outcomes:
        found.keep(job(ADA), replace(outcome, verdict="passed", points=outcome.max_points))
    return found


def job(submission):
    """Return the job of the first notebook."""
    return Job(submission, Path(SVM), 7, "none")


def test_who_is_named_is_run_again_and_who_is_not_only_where_something_is_left(book):
    again, fresh = left_to_run(book, [job(ADA), job(ZOE)], again=True)
    assert (again.only, fresh.only) == (frozenset(), frozenset())
    (left,) = left_to_run(book, [job(ADA), job(ZOE)], again=False)
    assert left.submission is ZOE


def test_who_was_never_run_has_no_mark_rather_than_none_of_the_points(book):
    ada, zoe = class_rows(book, [ADA, ZOE], [job(ADA), job(ZOE)])
    assert (ada.total, zoe.total) == (str(ada.max_points), "")
    assert zoe.could_not_run.endswith("run the command without --only and --since")


def test_each_member_of_a_group_has_a_line_and_a_page(submissions):
    (submissions / "class.toml").write_text("groups = 'groups.csv'\nroster = 'roster.csv'\n")
    (submissions / "roster.csv").write_text("name,submission\nAda L,ada\nG,gracee\nZoë D,\n")
    (submissions / "groups.csv").write_text("group;name\nTeam;Ada L\nTeam;Zoë D\n")
    said, code = graded(submissions)
    assert code == 0, said
    assert [(line["submission"], line["name"]) for line in marks(submissions)] == [
        ("ada", "Ada L"),
        ("Zoë_D", "Zoë D"),
        ("gracee", "G"),
    ]
    pages = {path.stem for path in (submissions.parent / "out" / "feedback").iterdir()}
    assert pages == {"ada", "Zoë_D", "gracee"}


def test_a_second_run_on_one_report_says_so_and_changes_nothing(submissions):
    out = submissions.parent / "out"
    with claimed(out):
        said, code = graded(submissions)
    assert code == 2
    assert f"another run writes into {out}; wait until it ends" in said
    assert not (out / "marks.csv").exists()
