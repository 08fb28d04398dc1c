"""Rosters: what Canvas, Moodle, Gradescope and Excel export, read as it comes."""

from pathlib import Path

import pytest

from course.intake.tables import TableError
from course.roster.people import Person, read_people
from course.roster.register import Register, merged

EXPORTS = Path(__file__).parent / "exports"
ADA = {"name": "Ada Lovelace"}
WHO = {
    "canvas_gradebook.csv": {"canvas": "4711", "sis": "20260001", "login": "alovelace"},
    "canvas_groups.csv": {"canvas": "4711", "sis": "20260001", "group": "Team 4"},
    "moodle_worksheet.csv": {"moodle": "815", "number": "20260001", "email": "ada@example.org"},
    "moodle_worksheet_de.csv": {"moodle": "815", "canvas": "", "email": "ada@example.org"},
    "gradescope_scores.csv": {"sid": "20260001", "submission": "7001", "canvas": ""},
    "excel_utf16.txt": {"number": "20260001", "group": "Team 4", "email": "ada@example.org"},
    "excel_german.csv": {"number": "20260001", "group": "Team 4", "email": "ada@example.org"},
    "excel_mac.csv": {"number": "20260001", "group": "Team 4", "email": "ada@example.org"},
}
"""{file in exports/: fields of its first person}; the second is Zoë van Dam everywhere."""


def test_every_export_here_is_tried():
    assert {path.name for path in EXPORTS.iterdir()} == set(WHO)


@pytest.mark.parametrize("name", WHO)
def test_the_columns_of_an_export_are_recognised(name):
    ada, zoe, *_ = read_people(EXPORTS / name)
    assert {field: ada.get(field) for field in ADA | WHO[name]} == ADA | WHO[name]
    assert zoe.name == "Zoë van Dam"


def test_who_is_nobody_in_canvass_export_is_left_out():
    assert len(read_people(EXPORTS / "canvas_gradebook.csv")) == 2


def test_a_line_of_an_export_is_kept_as_it_came():
    ada = read_people(EXPORTS / "moodle_worksheet_de.csv")[0]
    assert ada.lines["moodle"]["Bestwertung"] == "39,00"
    assert list(ada.lines["moodle"])[0] == "ID"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour,size\nred,1\n", r"roster\.csv, line 1: no column says who is who: colour, size"),
        (
            "name,email\nAda,a@b.c\nZoe,A@B.C\n",
            r"roster\.csv, line 3: line 2 has the same email, 'A@B\.C'; expected: one line a pers",
        ),
    ],
)
def test_what_is_wrong_with_a_roster_is_named(text, said, tmp_path):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(TableError, match=said):
        read_people(tmp_path / "roster.csv")


def test_two_exports_of_one_class_are_put_together():
    names = ("canvas_gradebook.csv", "moodle_worksheet.csv", "gradescope_scores.csv")
    people = merged([read_people(EXPORTS / name) for name in names])
    assert [(p.name, p.canvas, p.moodle, p.sid) for p in people] == [
        ("Ada Lovelace", "4711", "815", "20260001"),
        ("Zoë van Dam", "4712", "816", "20260002"),
        ("Grace Hopper", "", "", "20260003"),
    ]
    assert people[0].lines.keys() == {"canvas", "moodle", "sid"}


CLASS = [
    Person("Ada Lovelace", "ada@example.org", canvas="1", moodle="2"),
    Person("Zoë van Dam", "zoe@example.org", canvas="2", moodle="1"),
    Person("Ivan Sutherland", "is7@example.org"),
    Person("Ivan Sutherland", "is8@example.org"),
]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("lovelace, ADA", 0), ("Zoe van Dam", 1), ("zoe@example.org", 1), ("is8", 3), ("ada", 0)],
)
def test_somebody_is_found_by_name_address_and_number(text, wanted):
    assert Register(CLASS).find(text) is CLASS[wanted]


@pytest.mark.parametrize("text", ["Ivan Sutherland", "Ada Byron", ""])
def test_who_is_not_certain_is_not_found(text):
    assert Register(CLASS).find(text) is None


def test_the_nearest_name_is_found_and_none_where_none_is_near():
    assert Register(CLASS).nearest("Lovlace Ada") is CLASS[0]
    assert Register(CLASS).nearest("xyzzy") is None
