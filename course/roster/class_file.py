"""class.toml: the roster and the rules of a class, and errors that name line, field and remedy."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from ..text import legible

NAME = "class.toml"
FIELDS = {
    "roster": "a file's name, or a list of them",
    "groups": "a file's name, or a list of them",
    "timezone": "a name such as Europe/Berlin",
    "drop_lowest": "a whole number of notebooks",
    "deadlines": "a table of notebook = date and time",
    "late": "a table of percent_a_day, grace_minutes, budget_days and earlier",
    "extensions": "a table of student = days, or student = { notebook = days or a date }",
}
LATE = {
    "percent_a_day": (100, "a number from 0 to 100"),
    "grace_minutes": (7 * 24 * 60, "a number of minutes, up to a week"),
    "budget_days": (366, "a whole number of days"),
}
WHEN = "a date and time such as 2026-10-05 23:59, or a date, which ends at midnight"


class ClassError(Exception):
    """class.toml cannot be used; the message names the line and the field, and what to write."""


@dataclass
class Policy:
    """The rules of a class.

    rosters, groups, earlier: paths; zone: of times that have none of their own; deadlines:
    {notebook: datetime}; extensions: {student as written: {notebook: timedelta or datetime}};
    source: reads where a rule stands, see Source.
    """

    rosters: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    zone: tzinfo | None = None
    drop_lowest: int = 0
    deadlines: dict = field(default_factory=dict)
    percent_a_day: float = 0
    grace: timedelta = timedelta(0)
    budget_days: int = 0
    earlier: list = field(default_factory=list)
    extensions: dict = field(default_factory=dict)
    source: "Source | None" = None


class Source:
    """The text of a class.toml, for errors that say where."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_bytes().decode("utf-8-sig")

    def wrong(self, keys, what, expected):
        """Raise the ClassError for a field; keys: the tables it is in, and its name."""
        name = ".".join(keys)
        where = f"{self.path.name}, line {self.line(keys)}: {legible(name)}: {legible(what)}"
        raise ClassError(f"{where}; expected: {expected}")

    def line(self, keys):
        """Return the number of the line on which a field stands, or what it is in."""
        found, table = 1, ()
        for number, line in enumerate(self.text.splitlines(), 1):
            head = re.match(r"\s*\[(.*)\]\s*(?:#.*)?$", line)
            table = names(head[1]) if head else table
            key = re.match(r"\s*([^=#\[]+?)\s*=", line)
            here = (*table, *names(key[1])) if key else table if head else ()
            if here and here == tuple(keys[: len(here)]):
                found = number
        return found


def names(dotted):
    """Return the parts of a dotted key of TOML, without quotes."""
    found = re.findall(r"\"([^\"]*)\"|'([^']*)'|([^\s.\"']+)", dotted)
    return tuple("".join(parts) for parts in found)


def find(submissions, given=None):
    """Return the path of a class's file: the given one, in the folder, or beside it; or None."""
    beside = (submissions / NAME, submissions.resolve().parent / NAME)
    return given or next((path for path in beside if path.is_file()), None)


def read(path, notebooks):
    """Return the Policy in a file; notebooks: the names that a rule may have."""
    try:
        source = Source(Path(path))
        said = tomllib.loads(source.text)
    except (OSError, UnicodeDecodeError) as error:
        raise ClassError(f"{path}: it cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        todo = "dates as 2026-10-05T23:59:00, or in quotes, and names with blanks in quotes"
        raise ClassError(f"{path.name}: {error}; expected: {todo}") from None
    for name in said.keys() - FIELDS.keys():
        source.wrong([name], "there is no such field", ", ".join(FIELDS))
    policy = Policy(source=source)
    policy.rosters = paths_in(source, said, "roster")
    policy.groups = paths_in(source, said, "groups")
    policy.zone = zone_in(source, said)
    policy.drop_lowest = int(number(source, ["drop_lowest"], said.get("drop_lowest", 0), 100))
    policy.deadlines = deadlines_in(source, said, notebooks, policy.zone)
    read_late(source, table_in(source, said, "late"), policy)
    policy.extensions = extensions_in(source, said, notebooks, policy.zone)
    return policy


def table_in(source, said, name):
    """Return a table of the file, empty if it has none."""
    found = said.get(name, {})
    if not isinstance(found, dict):
        source.wrong([name], f"{found!r} is not a table", FIELDS[name])
    return found


def paths_in(source, said, name, table=()):
    """Return the paths of the files that a field names; they lie beside the class's file."""
    keys, expected = [*table, name], "a file's name, or a list of them"
    found = said.get(name, [])
    listed = [found] if isinstance(found, str) else found
    if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
        source.wrong(keys, f"{found!r} does not name a file", expected)
    for one in listed:
        if not (source.path.parent / one).is_file():
            source.wrong(keys, f"there is no file {one!r}", f"a file in {source.path.parent}")
    return [source.path.parent / one for one in listed]


def zone_in(source, said):
    """Return the class's time zone, None for that of this machine."""
    name = said.get("timezone")
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, OSError, LookupError):
        source.wrong(["timezone"], f"{name!r} is not a time zone", FIELDS["timezone"])


def number(source, keys, found, most, expected=""):
    """Return a number from 0 to `most`."""
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    if not is_number or not 0 <= found <= most:
        source.wrong(keys, f"{found!r} is not right", expected or FIELDS.get(keys[-1], ""))
    return found


def read_late(source, said, policy):
    """Put the rule for late work into a Policy."""
    for name in said.keys() - LATE.keys() - {"earlier"}:
        source.wrong(["late", name], "there is no such field", ", ".join([*LATE, "earlier"]))
    policy.earlier = paths_in(source, said, "earlier", ["late"])
    found = {n: number(source, ["late", n], said.get(n, 0), *about) for n, about in LATE.items()}
    if found["budget_days"] % 1:
        source.wrong(["late", "budget_days"], "it is not whole", LATE["budget_days"][1])
    policy.percent_a_day, policy.budget_days = found["percent_a_day"], int(found["budget_days"])
    policy.grace = timedelta(minutes=found["grace_minutes"])


def deadlines_in(source, said, notebooks, zone):
    """Return {notebook: datetime}, the earliest first."""
    found = {}
    for name, value in table_in(source, said, "deadlines").items():
        keys = ["deadlines", name]
        found[known(source, keys, name, notebooks)] = moment(source, keys, value, zone)
    return dict(sorted(found.items(), key=lambda item: item[1]))


def known(source, keys, name, notebooks):
    """Return the name of a notebook, or refuse it."""
    if name not in notebooks:
        source.wrong(keys, "no notebook is called so", ", ".join(notebooks))
    return name


def moment(source, keys, value, zone):
    """Return a datetime with a zone; a day alone lasts until midnight."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    alone = isinstance(value, str) and re.fullmatch(r"\s*\d{4}-?\d\d-?\d\d\s*", value)
    if isinstance(found, date) and (alone or not isinstance(found, datetime)):
        found = datetime.combine(found, time(23, 59, 59))
    if not isinstance(found, datetime):
        source.wrong(keys, f"{value!r} is not a date", WHEN)
    return with_zone(found, zone)


def with_zone(found, zone):
    """Return a datetime in a zone, which it has if it names none itself; None: this machine's."""
    if found.tzinfo is None and zone is not None:
        return found.replace(tzinfo=zone)
    return found.astimezone(zone)


def extensions_in(source, said, notebooks, zone):
    """Return {student as written: {notebook: timedelta or datetime}}."""
    found: dict = {}
    for student, given in table_in(source, said, "extensions").items():
        of_all = not isinstance(given, dict)
        by_notebook = dict.fromkeys(notebooks, given) if of_all else given
        for name, value in by_notebook.items():
            keys = ["extensions", student] + [name] * (not of_all)
            known(source, keys, name, notebooks)
            found.setdefault(student, {})[name] = longer(source, keys, value, zone)
    return found


def longer(source, keys, value, zone):
    """Return an extension: a timedelta of so many days, or the datetime of a new deadline."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return timedelta(days=number(source, keys, value, 366, "a number of days, or a date"))
    return moment(source, keys, value, zone)
