"""Who of a class gets which submission: whoever handed it in, and whoever did so with them."""

from dataclasses import dataclass, field

from .register import words


@dataclass
class Assigned:
    """Who gets what.

    people: {id of a submission: its Persons, the one who handed it in first}; strangers: [(id, the
    Person whose name is nearest, or None)] of submissions of nobody; missing: Persons without one;
    remarks: {id: sentences for the instructor}.
    """

    people: dict = field(default_factory=dict)
    strangers: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    remarks: dict = field(default_factory=dict)


def assign(submissions, register):
    """Return the Assigned of a class's submissions; register: its people."""
    found = Assigned()
    groups = groups_of(register.people)
    for one in submissions:
        found.people[one.id] = [p for p in [register.of(one)] if p] or group_named(one, groups)
    own = {id(p) for several in found.people.values() for p in several}
    for one in sorted(submissions, key=lambda one: one.time, reverse=True):
        for other in others(one, found, groups, register):
            if id(other) not in own:
                own.add(id(other))
                found.people[one.id].append(other)
    found.missing = [p for p in register.people if id(p) not in own]
    rest = [one for one in submissions if not found.people[one.id]]
    found.strangers = [(one.id, nearest(one, register, found.missing)) for one in rest]
    return found


def groups_of(people):
    """Return {kind and name of a group: its Persons}."""
    groups: dict = {}
    for one in people:
        for key in (("group", one.group.casefold()), ("submission", one.submission)):
            if key[1]:
                groups.setdefault(key, []).append(one)
    return groups


def group_named(submission, groups):
    """Return the members of the group after which a submission is called, or [] ."""
    names = {submission.name.casefold(), submission.id.casefold().replace("_", " ")}
    number = submission.id.removeprefix("submission_")
    plain = {words(name) for name in names}
    for (kind, name), members in groups.items():
        if (kind == "submission" and name == number) or (
            kind == "group" and (name in names or (words(name) in plain and words(name) != ""))
        ):
            return list(members)
    return []


def others(submission, found, groups, register):
    """Yield the people who handed something in together with those who have it already."""
    for named in submission.members:
        known = (named.get("number", ""), named.get("email", ""), named["name"])
        person = next(filter(None, map(register.find, filter(None, known))), None)
        if person is None:
            name = f"its list of members names {named['name']!r}, who is not on the roster"
            found.remarks.setdefault(submission.id, []).append(name)
        else:
            yield person
    for one in list(found.people[submission.id]):
        yield from groups.get(("group", one.group.casefold()), ())
        yield from groups.get(("submission", one.submission), ())


def nearest(submission, register, missing):
    """Return the Person whose name is most like a submission's, of those without one first."""
    name = submission.name or submission.id
    return register.nearest(name, missing) or register.nearest(name)
