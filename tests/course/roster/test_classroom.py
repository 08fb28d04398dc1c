"""A class: whose a submission is, and what the rules make of its marks."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from course.intake.submission import Submission
from course.outcome import Outcome, Row
from course.roster.class_file import ClassError, Policy
from course.roster.classroom import Classroom
from course.roster.people import Person
from course.roster.rulings import Arrival, ruling

BERLIN = ZoneInfo("Europe/Berlin")
DUE = {
    "1_svm": datetime(2026, 10, 5, 23, 59, tzinfo=BERLIN),
    "2_net": datetime(2026, 10, 19, 23, 59, tzinfo=BERLIN),
}
RULES = Policy(zone=BERLIN, deadlines=DUE, percent_a_day=10)


def ruled(when, policy=RULES, reached=None, extensions=None, **about):
    """Return the Ruling for something handed in at an ISO time in Berlin, or at None."""
    at = datetime.fromisoformat(when).replace(tzinfo=BERLIN) if when else None
    arrival = Arrival(at, "Moodle says", **about)
    return ruling(reached or {"1_svm": (36, 39)}, arrival, policy, extensions or {})


def test_in_time_nothing_is_taken_and_nothing_is_said():
    found = ruled("2026-10-05 23:59")
    assert (found.taken, found.sentences) == ({"1_svm": 0}, [])


def test_what_is_late_is_told_with_its_times_and_its_price():
    found = ruled("2026-10-07 01:10")
    assert found.taken == {"1_svm": 7.2}
    assert found.sentences == [
        "1_svm: handed in on 2026-10-07 01:10, as Moodle says; the deadline was 2026-10-05 23:59. "
        "It counts as 2 days late. That takes 10 % a day of the 36 points reached: 7.2 points."
    ]


def test_free_late_days_pay_first_and_the_rest_is_told():
    found = ruled("2026-10-07 01:10", replace(RULES, budget_days=3))
    assert found.taken == {"1_svm": 0}
    assert found.sentences[0].endswith("Your free late days pay for it: nothing is taken.")
    assert found.sentences[1] == "Free late days left: 1 of 3."


@pytest.mark.parametrize("extension", [2, datetime(2026, 10, 7, 12, tzinfo=BERLIN)])
def test_an_extension_is_a_number_of_days_or_another_deadline(extension):
    longer = timedelta(days=extension) if extension == 2 else extension
    assert ruled("2026-10-07 01:10", extensions={"1_svm": longer}).taken == {"1_svm": 0}
    assert ruled("2026-10-08 01:10", extensions={"1_svm": longer}).taken["1_svm"] > 0


def test_what_canvas_calls_late_counts_as_a_day_where_nothing_tells_more():
    found = ruled(None, is_late=True)
    assert found.taken == {"1_svm": 3.6}
    assert "Canvas says that it was late." in found.sentences[0]


def test_without_a_time_nothing_is_taken():
    assert ruled(None).taken == {"1_svm": 0}


def test_the_lowest_is_dropped_after_the_rule_for_late_work():
    reached = {"1_svm": (36, 39), "2_net": (50, 55)}
    found = ruled("2026-10-07 01:10", replace(RULES, drop_lowest=1), reached)
    assert found.dropped == ["1_svm"]
    assert found.sentences[-1] == "1_svm is your lowest and does not count."


def outcome(name, points, most):
    """Return an Outcome of a notebook."""
    return Outcome(
        notebook=name, check=1, task="t", points=points, max_points=most, verdict="passed"
    )


ROW = Row("ada", [outcome("1_svm", 36, 39), outcome("2_net", 50, 55)])


def test_raw_points_stay_and_what_counts_is_beside_them():
    row = replace(ROW, taken={"1_svm": 7.2})
    assert (row.total, row.final, row.final_max) == ("86", "78.8", "94")
    assert (row.mark("1_svm"), row.mark_kept("1_svm")) == ("36", "28.8")
    dropped = replace(row, dropped=["1_svm"])
    assert (dropped.total, dropped.final, dropped.final_max) == ("86", "50", "55")


PEOPLE = [
    Person("Ada Lovelace", "ada@example.org", canvas="4711", moodle="815", group="Team 4"),
    Person("Zoë van Dam", "zoe@example.org", canvas="815", moodle="4711", group="Team 4"),
    Person("Grace Hopper", "grace@example.org", sid="20260003"),
]


@pytest.fixture
def roomed(monkeypatch):
    """A function that returns the Classroom of submissions, with PEOPLE on its roster."""

    def build(*submissions, people=PEOPLE, **rules):
        monkeypatch.setattr("course.roster.classroom.listed_people", lambda policy: list(people))
        return Classroom(replace(Policy(rosters=["roster.csv"]), **rules), submissions)

    return build


def names(room):
    """Return {id: names of the people who get its row} of a Classroom."""
    return {name: [p.name for p in people] for name, people in room.assigned.people.items()}


@pytest.mark.parametrize(
    ("platform", "name"), [("canvas", "Ada Lovelace"), ("moodle", "Zoë van Dam")]
)
def test_a_number_is_that_of_its_platform(platform, name, roomed):
    people = [replace(one, group="") for one in PEOPLE]
    room = roomed(Submission("x_4711", number="4711", platform=platform), people=people)
    assert names(room) == {"x_4711": [name]}


@pytest.mark.parametrize("name", ["grace", "Grace_Hopper", "hopper-grace", "hw1_20260003"])
def test_a_folder_is_whose_name_login_or_number_it_bears(name, roomed):
    assert names(roomed(Submission(name))) == {name: ["Grace Hopper"]}


def test_who_is_missing_and_who_is_not_on_the_roster_is_told_with_the_nearest_name(roomed):
    room = roomed(Submission("grace"), Submission("ada_lovelance"))
    assert [p.name for p in room.missing] == ["Ada Lovelace", "Zoë van Dam"]
    assert room.strangers == [("ada_lovelance", PEOPLE[0])]


def test_each_member_of_a_group_gets_the_row_under_an_id_of_their_own(roomed):
    room = roomed(Submission("ada"), Submission("grace"))
    assert names(room) == {"ada": ["Ada Lovelace", "Zoë van Dam"], "grace": ["Grace Hopper"]}
    each = room.applied(replace(ROW, id="ada")).each()
    assert [(row.id, row.name, row.total) for row in each] == [
        ("ada", "Ada Lovelace", "86"),
        ("Zoë_van_Dam", "Zoë van Dam", "86"),
    ]


def test_who_handed_in_alone_keeps_what_is_theirs(roomed):
    assert names(roomed(Submission("ada"), Submission("zoe"))) == {
        "ada": ["Ada Lovelace"],
        "zoe": ["Zoë van Dam"],
    }


@pytest.mark.parametrize("name", ["Team 4", "team_4", "Team_4"])
def test_a_submission_may_be_called_as_the_group(name, roomed):
    assert names(roomed(Submission(name))) == {name: ["Ada Lovelace", "Zoë van Dam"]}


def test_members_are_taken_from_the_submission_and_who_is_unknown_is_told(roomed):
    people = [replace(one, group="") for one in PEOPLE]
    listed = [{"name": "zoe@example.org"}, {"name": "Mallory"}]
    room = roomed(Submission("ada", members=listed), people=people)
    assert names(room) == {"ada": ["Ada Lovelace", "Zoë van Dam"]}
    assert (
        "names 'Mallory', who is not on the roster"
        in room.applied(replace(ROW, id="ada")).remarks[1]
    )


def test_members_of_a_gradescope_group_have_one_submission_id(roomed):
    people = [replace(one, group="", submission="7001") for one in PEOPLE[:2]]
    assert names(roomed(Submission("submission_7001"), people=people)) == {
        "submission_7001": ["Ada Lovelace", "Zoë van Dam"]
    }


def test_each_member_has_an_extension_of_their_own(roomed):
    later = {"Zoë van Dam": {"1_svm": timedelta(days=7)}}
    rules = {"deadlines": DUE, "percent_a_day": 10, "zone": BERLIN, "extensions": later}
    one = Submission("ada", time="2026-10-07T01:10:00", told_by="Moodle says", platform="moodle")
    ada, zoe = roomed(one, **rules).applied(replace(ROW, id="ada", remarks=["late"])).each()
    assert (ada.taken["1_svm"], zoe.taken["1_svm"]) == (7.2, 0)
    assert ada.handed_in == "2026-10-07 01:10"
    assert ada.remarks == ["handed in together: Ada Lovelace, Zoë van Dam"]


def test_without_a_roster_those_who_handed_in_are_the_class():
    room = Classroom(None, [Submission("ada", members=[{"name": "Zoë"}]), Submission("grace")])
    assert (room.missing, room.strangers) == ([], [])
    assert [r.id for r in room.applied(replace(ROW, id="ada")).each()] == ["ada", "Zoë"]
    (alone,) = room.applied(replace(ROW, id="grace", remarks=["late"])).each()
    assert (alone.id, alone.on_roster, alone.remarks) == ("grace", None, ["late"])


def test_free_late_days_that_an_earlier_report_counted_are_gone(roomed, tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("submission,name,email,free_days\nteam,Ada Lovelace,,2\nx,Somebody,,9\n,,,\n")
    rules = {"deadlines": DUE, "percent_a_day": 10, "zone": BERLIN, "budget_days": 3}
    one = Submission("ada", time="2026-10-07T01:10:00", told_by="Moodle says", platform="moodle")
    room = roomed(one, Submission("zoe"), **rules, earlier=[path])
    (ada,) = room.applied(replace(ROW, id="ada")).each()
    assert (ada.free_days, ada.taken["1_svm"]) == (1, 3.6)
    assert ada.rules[-1] == "Free late days left: 0 of 3."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nAda\n", r"marks\.csv, line 1: there is no column free_days; expected: marks"),
        ("name,free_days\nAda Lovelace,x\n", r"line 2: free_days: 'x' is not whole"),
    ],
)
def test_a_table_of_earlier_marks_that_cannot_be_used_is_named(text, said, roomed, tmp_path):
    (tmp_path / "marks.csv").write_text(text)
    with pytest.raises(ClassError, match=said):
        roomed(earlier=[tmp_path / "marks.csv"])


@pytest.mark.parametrize(
    ("platform", "text", "said"),
    [
        ("moodle", "Mittwoch, 7. Oktober 2026, 01:10", "as Moodle says"),
        ("sid", "2026-10-06 16:10:00 -0700", "as Gradescope says"),
    ],
)
def test_a_roster_that_is_a_platforms_export_tells_the_time(platform, text, said, roomed):
    people = [replace(PEOPLE[0], group="", time=text, lines={platform: {}})]
    rules = {"deadlines": DUE, "percent_a_day": 10, "zone": BERLIN}
    (ada,) = (
        roomed(Submission("ada"), people=people, **rules).applied(replace(ROW, id="ada")).each()
    )
    assert ada.handed_in == "2026-10-07 01:10"
    assert said in ada.rules[0]
