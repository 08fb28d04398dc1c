"""What the commands know of a class: its submissions, people and rules; who is to be run."""

from datetime import UTC, datetime
from pathlib import Path

from ... import paths
from ...intake.bulk import NotAClass
from ...intake.downloads import read_class
from ...roster import class_file
from ...roster.class_file import ClassError, Policy
from ...roster.classroom import Classroom
from ...roster.people import Person
from ...roster.rulings import arrival_of
from ..terminal import console, fail


def read(submissions, class_path):
    """Return the Submissions of a class, and its Classroom, or fail."""
    found = class_file.find(submissions, class_path)
    try:
        names = [path.stem for path in paths.notebooks()]
        policy = class_file.read(found, names) if found else None
        handed_in = read_class(submissions, own_files(policy))
        room = Classroom(policy, handed_in)
    except (NotAClass, ClassError) as error:
        fail(str(error))
    if found:
        console.print(f"Roster and rules: {found}", soft_wrap=True, markup=False)
    return handed_in, room


def own_files(policy):
    """Return the paths of the files that are the instructor's, not a student's."""
    if policy is None:
        return set()
    return {path.resolve() for path in (policy.source.path, *policy.rosters, *policy.groups)}


def wanted(room, only, since):
    """Return the ids of the submissions to run, or fail: all without `only` and `since`."""
    found = dict.fromkeys(map(lambda text: named(room, text), only)) or room.submissions
    if not since:
        return set(found)
    start = moment(since, (room.policy or Policy()).zone)
    return {name for name in found if handed_in_at(room, name) >= start}


def named(room, text):
    """Return the id of the submission that a text names: its id, or whoever handed it in."""
    if text in room.submissions:
        return text
    person = room.register.find(text)
    ids = [name for name, people in room.assigned.people.items() if person in people and person]
    if not ids:
        near = room.register.nearest(text)
        more = f"; the nearest name is {near.shown}" if near else ""
        fail(f"--only: nobody who is called {text!r} handed anything in{more}")
    return ids[0]


def moment(text, zone):
    """Return the time that --since gives, or fail."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--since: {text!r} is not a time; write 2026-10-05, or 2026-10-05 18:00")
    return class_file.with_zone(found, zone)


def handed_in_at(room, name):
    """Return when a submission was handed in, or else when its file was last changed."""
    submission = room.submissions[name]
    person = next(iter(room.assigned.people[name]), Person())
    told = arrival_of(submission, person, room.policy).when
    if told:
        return told
    newest = max(Path(path).lstat().st_mtime for path, _, _ in submission.sources)
    return datetime.fromtimestamp(newest, UTC)
