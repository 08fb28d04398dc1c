"""class.toml: what it may say, and what it is told where it is wrong."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from course import paths
from course.roster import class_file

NAMES = ["1_svm", "2_two_layer_net"]
BERLIN = ZoneInfo("Europe/Berlin")

WHOLE = """
roster = "roster.csv"
groups = ["groups.csv"]
timezone = "Europe/Berlin"
drop_lowest = 1

[deadlines]
2_two_layer_net = 2026-10-19
1_svm = "2026-10-05 23:59"

[late]
percent_a_day = 12.5
grace_minutes = 30
budget_days = 3

[extensions]
"ada@example.org" = 2
"Zoë van Dam" = { 1_svm = 2026-10-12T12:00:00+00:00 }
"""


def read(folder, text):
    """Return the Policy of a class.toml with this text."""
    for name in ("roster.csv", "groups.csv"):
        (folder / name).write_text("name\nAda\n")
    (folder / "class.toml").write_text(text, encoding="utf-8")
    return class_file.read(folder / "class.toml", NAMES)


def test_every_rule_is_read(tmp_path):
    policy = read(tmp_path, WHOLE)
    assert policy.rosters == [tmp_path / "roster.csv"]
    assert policy.groups == [tmp_path / "groups.csv"]
    assert policy.deadlines == {
        "1_svm": datetime(2026, 10, 5, 23, 59, tzinfo=BERLIN),
        "2_two_layer_net": datetime(2026, 10, 19, 23, 59, 59, tzinfo=BERLIN),
    }
    assert list(policy.deadlines) == NAMES
    assert (policy.percent_a_day, policy.budget_days, policy.drop_lowest) == (12.5, 3, 1)
    assert policy.grace == timedelta(minutes=30)
    assert policy.extensions["ada@example.org"] == dict.fromkeys(NAMES, timedelta(days=2))
    assert policy.extensions["Zoë van Dam"] == {
        "1_svm": datetime(2026, 10, 12, 14, 0, tzinfo=BERLIN)
    }


WRONG = {
    "due = 1": "line 1: due: there is no such field; expected: roster, groups, timezone",
    "x = = 1": "line 1, column 5",
    "\nroster = 'none.csv'": "line 2: roster: there is no file 'none.csv'",
    "roster = 3": "line 1: roster: 3 does not name a file; expected: a file's name",
    "timezone = 'Berlin'": "line 1: timezone: 'Berlin' is not a time zone",
    "[deadlines]\n\n1_svn = 2026-10-05": "line 3: deadlines.1_svn: no notebook is called so; "
    "expected: 1_svm, 2_two_layer_net",
    "[deadlines]\n1_svm = 'soon'": "line 2: deadlines.1_svm: 'soon' is not a date; expected: a",
    "[deadlines]\n1_svm = 5": "line 2: deadlines.1_svm: 5 is not a date",
    "deadlines = 1": "line 1: deadlines: 1 is not a table",
    "[late]\npercent = 10": "line 2: late.percent: there is no such field; expected: percent_a",
    "[late]\n# x\npercent_a_day = '10'": "line 3: late.percent_a_day: '10' is not right; expected",
    "[late]\npercent_a_day = 101": "line 2: late.percent_a_day: 101 is not right; expected: a n",
    "[late]\nbudget_days = 1.5": "line 2: late.budget_days: it is not whole",
    "[late]\nbudget_days = true": "line 2: late.budget_days: True is not right",
    "[extensions]\n'Ada L' = 'x'": "line 2: extensions.Ada L: 'x' is not a date",
    "[extensions]\nada = { 3_cnn = 1 }": "line 2: extensions.ada.3_cnn: no notebook is called so",
    "[extensions.ada]\n1_svm = -1": "line 2: extensions.ada.1_svm: -1 is not right",
}


@pytest.mark.parametrize("text", WRONG)
def test_an_error_names_line_and_field_and_what_was_expected(text, tmp_path):
    with pytest.raises(class_file.ClassError) as caught:
        read(tmp_path, text)
    assert WRONG[text] in str(caught.value)
    assert str(caught.value).startswith("class.toml")


def test_the_file_lies_in_the_folder_of_the_submissions_or_beside_it(tmp_path):
    folder = tmp_path / "submissions"
    folder.mkdir()
    assert class_file.find(folder) is None
    (tmp_path / "class.toml").write_text("")
    assert class_file.find(folder) == tmp_path / "class.toml"
    (folder / "class.toml").write_text("")
    assert class_file.find(folder) == folder / "class.toml"
    assert class_file.find(folder, "other.toml") == "other.toml"


def test_the_example_in_the_page_for_instructors_is_right(tmp_path):
    page = (paths.ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    text = page.split("```toml\n")[1].split("```")[0]
    folder = tmp_path / "hw1"
    for name in ("hw1/roster.csv", "hw1/groups.csv", "hw0/report/marks.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("name\nAda\n")
    (folder / "class.toml").write_text(text, encoding="utf-8")
    known = [path.stem for path in paths.notebooks()]
    assert class_file.read(folder / "class.toml", known).budget_days == 3
    (folder / "class.toml").write_text(text.replace("1_svm = ", "1_svn = ", 1), encoding="utf-8")
    with pytest.raises(class_file.ClassError) as caught:
        class_file.read(folder / "class.toml", known)
    said = page.split("course: class.toml")[1].split(", 2_two")[0]
    assert str(caught.value).startswith(f"class.toml{said}")
