"""A class: its people, its rules, and what both make of a row of the report."""

from dataclasses import replace

from ..intake.ids import numbered, safe_id
from ..intake.tables import TableError, read_table
from .class_file import ClassError, Policy
from .hand_in import assign
from .people import Person, read_people
from .register import PLATFORMS, Register, merged
from .rulings import arrival_of, ruling

TOGETHER = "handed in together"
NO_RULES: dict = {"days": {}, "taken": {}, "free_days": 0, "dropped": [], "rules": []}
"""What the rules make of a group's row: each member has their own."""
FREE_DAYS = "free_days"
"""The column of marks.csv that says how much of the budget somebody used."""
IDS = ("canvas", "sis", "login", "moodle", "sid", "number")


class Classroom:
    """The people of a class and its rules.

    policy: see class_file.Policy; submissions: all of them. Without a roster, the people are
    those who handed something in.
    """

    def __init__(self, policy, submissions):
        self.policy = policy or Policy()
        listed = listed_people(self.policy)
        self.has_roster = bool(self.policy.rosters)
        self.register = Register(listed if self.has_roster else found_people(submissions, listed))
        self.assigned = assign(submissions, self.register)
        self.extensions = extensions_of(self.policy, self.register)
        self.used = used_before(self.policy, self.register)
        self.submissions = {one.id: one for one in submissions}
        self.new_ids: dict = {}
        self.taken_ids = {name.casefold() for name in self.submissions}

    @property
    def missing(self):
        """The people on the roster who handed in nothing."""
        return self.assigned.missing if self.has_roster else []

    @property
    def strangers(self):
        """[(id, the Person with the nearest name or None)] of who is not on the roster."""
        return self.assigned.strangers if self.has_roster else []

    def applied(self, row):
        """Return a Row with what the class makes of it, for each person who gets it."""
        submission = self.submissions[row.id]
        people = self.assigned.people[row.id]
        remarks = self.remarks(row, submission)
        shares = [self.share(row, submission, one, n) for n, one in enumerate(people)]
        alone = shares[0] if len(shares) == 1 else {}
        whole = {**self.share(row, submission, Person(), 0), "name": row.name, "email": row.email}
        whole = {**whole, "ids": {}, "lines": {}, "on_roster": None}
        whole |= NO_RULES if shares else {}
        if self.has_roster and not people:
            whole["on_roster"] = False
        return replace(row, **(alone or whole), remarks=remarks, shares=[] if alone else shares)

    def share(self, row, submission, person, place):
        """Return the fields of a Row that are one person's own."""
        arrival = arrival_of(submission, person, self.policy)
        own_rules = self.extensions.get(id(person), {}), self.used.get(id(person), 0)
        found = ruling(row.reached, arrival, self.policy, *own_rules)
        own = place == 0 and self.register.of(submission) in (person, None)
        return {
            "id": row.id if own or not person.shown else self.new_id(person),
            "name": person.name or row.name,
            "email": person.email or row.email,
            "ids": {kind: person.get(kind) for kind in IDS if person.get(kind)},
            "lines": person.lines,
            "on_roster": self.has_roster or None,
            "handed_in": found.handed_in,
            "told_by": arrival.told_by,
            "days": found.days,
            "taken": found.taken,
            "free_days": found.free_days,
            "dropped": found.dropped,
            "rules": found.sentences,
        }

    def new_id(self, person):
        """Return an id for a person's page that nobody else has."""
        if id(person) not in self.new_ids:
            found = numbered(safe_id(person.shown), self.taken_ids)
            self.taken_ids.add(found.casefold())
            self.new_ids[id(person)] = found
        return self.new_ids[id(person)]

    def remarks(self, row, submission):
        """Return a row's remarks; deadlines of the class take the place of a platform's `late`."""
        ruled = self.policy.deadlines.keys() & row.reached.keys()
        told = ["late"] if ruled and not self.is_untimed(submission) else []
        people = self.assigned.people[row.id]
        names = ", ".join(person.shown for person in people)
        together = [f"{TOGETHER}: {names}"] if len(people) > 1 else []
        known = [r for r in row.remarks if together and r.startswith(TOGETHER)]
        kept = [remark for remark in row.remarks if remark not in (*told, *known)]
        return [*together, *kept, *self.assigned.remarks.get(row.id, ())]

    def is_untimed(self, submission):
        """Tell whether nothing tells when something was handed in, or whether it was late."""
        people = self.assigned.people[submission.id]
        by_roster = any(person.time for person in people)
        return not (submission.time or by_roster or submission.platform == "canvas")

    @property
    def untimed(self):
        """The ids of the submissions to which no deadline can be applied."""
        found = [one.id for one in self.submissions.values() if self.is_untimed(one)]
        return found if self.policy.deadlines else []


def listed_people(policy):
    """Return the people of a class's rosters and groups, each once."""
    try:
        return merged([read_people(path) for path in (*policy.rosters, *policy.groups)])
    except TableError as error:
        raise ClassError(str(error)) from None


def found_people(submissions, listed):
    """Return those who handed something in, and who is known of besides."""
    people = merged([listed, [person_of(one) for one in submissions]])
    register = Register(people)
    named = [member for one in submissions for member in one.members]
    new = [m for m in named if not register.find(m.get("email") or m["name"])]
    more = [Person(m["name"], m.get("email", ""), sid=m.get("number", "")) for m in new]
    return merged([people, more])


def person_of(submission):
    """Return the Person of whom a submission alone tells."""
    kind = PLATFORMS.get(submission.platform)
    number = {kind: submission.number} if kind else {}
    return Person(submission.name, submission.email, id=submission.id, **number)


def extensions_of(policy, register):
    """Return {id of a Person: {notebook: extension}}, or raise ClassError for a name of nobody."""
    found = {}
    for student, given in policy.extensions.items():
        person = register.find(student)
        if person is None:
            near = register.nearest(student)
            todo = (
                f"a name, address or number, such as {near.shown!r}" if near else "somebody's name"
            )
            policy.source.wrong(["extensions", student], "nobody in the class is called so", todo)
        found[id(person)] = given
    return found


def used_before(policy, register):
    """Return {id of a Person: free late days that they used}, as earlier tables of marks say."""
    found: dict = {}
    for path in policy.earlier:
        for number, line in table_in(path, FREE_DAYS).lines:
            keys = (line.get(name, "") for name in ("email", "name", "submission"))
            person = next(filter(None, map(register.find, filter(None, keys))), None)
            days = line[FREE_DAYS]
            if days and not days.isdecimal():
                raise ClassError(f"{path.name}, line {number}: {FREE_DAYS}: {days!r} is not whole")
            found[id(person)] = found.get(id(person), 0) + int(days or 0)
    return found


def table_in(path, column):
    """Return the Table in a file that has a column, or raise ClassError."""
    try:
        table = read_table(path)
    except TableError as error:
        raise ClassError(str(error)) from None
    if column not in table.headings:
        todo = "marks.csv of a report with a rule for late work"
        raise ClassError(f"{path.name}, line 1: there is no column {column}; expected: {todo}")
    return table
