"""The people of a class, as rosters and the exports of learning platforms list them."""

import re
from dataclasses import dataclass, field, replace

from ..intake.tables import TableError, read_table
from ..intake.worksheet import PARTICIPANT
from .columns import fields_of

NUMBERS = ("canvas", "sis", "login", "moodle", "sid", "number", "email", "id")
"""Fields of which no two people have the same."""
NOBODY = ("test student", "points possible")
"""Names in Canvas's export that no student has."""


@dataclass(frozen=True)
class Person:
    """Somebody who takes the course.

    canvas, sis, login: of Canvas; moodle: the number of a participant; sid: of Gradescope; number:
    the university's; id: of their submission, as in marks.csv; group: its name; submission: the
    number of Gradescope's folder; time: when Moodle or Gradescope says that they handed in;
    lines: {platform: {heading: cell}} of that platform's own export, as it came.
    """

    name: str = ""
    email: str = ""
    canvas: str = ""
    sis: str = ""
    login: str = ""
    moodle: str = ""
    sid: str = ""
    number: str = ""
    id: str = ""
    group: str = ""
    submission: str = ""
    time: str = ""
    lines: dict = field(default_factory=dict, compare=False)

    @property
    def shown(self):
        """Return how this person is named in a sentence."""
        return self.name or self.email or next(filter(None, map(self.get, NUMBERS)), "")

    def get(self, name):
        """Return a field by its name."""
        return getattr(self, name)

    def joined(self, other):
        """Return this person with what another roster knows of them, too."""
        known = {name: self.get(name) or other.get(name) for name in self.__dataclass_fields__}
        return replace(self, **known | {"lines": self.lines | other.lines})


def read_people(path):
    """Return the Persons whom a file lists, in its order, or raise TableError."""
    table = read_table(path)
    columns = fields_of(table)
    listed = [(number, person(line, columns)) for number, line in table.lines]
    listed = [(number, one) for number, one in listed if one]
    refuse_twice(table.name, listed)
    return [one for _, one in listed]


def person(line, columns):
    """Return the Person of a line, None if it is nobody's."""
    said = {name: line[heading] for name, heading in columns.items()}
    first, last = said.pop("first", ""), said.pop("last", "")
    said["name"] = in_order(said.get("name") or " ".join(filter(None, (first, last))))
    nobody = said["name"].casefold() in NOBODY or ("canvas" in columns and not said["canvas"])
    if nobody or not any(said.get(name) for name in ("name", *NUMBERS)):
        return None
    spelt = PARTICIPANT.fullmatch(said.get("moodle", ""))
    if spelt:
        said["moodle"] = spelt[2]
    return Person(**said, lines={platform_of(columns): line})


def platform_of(columns):
    """Return the platform whose export has these columns, "" if it is an own table."""
    return next((name for name in ("canvas", "moodle", "sid") if name in columns), "")


def in_order(name):
    """Return `Ada Lovelace` for `Lovelace, Ada`."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else re.sub(r"\s+", " ", name)


def refuse_twice(name, listed):
    """Refuse a roster in which two people have one number or address."""
    seen: dict = {}
    for number, one in listed:
        for kind in NUMBERS:
            key = kind, one.get(kind).casefold()
            if key[1] and key in seen:
                what = f"line {seen[key]} has the same {kind}, {one.get(kind)!r}"
                raise TableError(f"{name}, line {number}: {what}; expected: one line a person")
            seen[key] = number
