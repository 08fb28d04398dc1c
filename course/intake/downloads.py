"""Find out who handed in which files, from the names in bulk downloads.

Canvas names a file lastnamefirstname_LATE_USER_FILE_name.zip (canvas-lms, content_zipper.rb), and
a later file has a larger number FILE. Moodle names a folder "First Last_NUMBER_assignsubmission_
file_"; its grading worksheet says who was late. Gradescope's export has folders
submission_NUMBER, and who they are in a YAML file.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..text import Untrusted
from . import bulk, ids, metadata
from .submission import read_sources

CANVAS = re.compile(
    r"((?!LATE_|anon_)(?P<name>\w+?)_)?(?P<late>LATE_)?(?P<number>anon_[^\W_]+|\d{2,})"
    r"_(?P<file>\d{2,})_(?P<rest>.+)"
)
MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)")
GRADESCOPE = "submission_metadata.yml"
WORKSHEET = re.compile(r"Grades-.+\.csv")


@dataclass
class Arrival:
    """The sources of one student's submission.

    sources: a list of (name, Source), the oldest first; id: safe as a file name; name, number,
    email: as the learning platform has them, where it tells; remarks: what an instructor should
    know.
    """

    sources: list
    id: str = ""
    name: str = ""
    number: str = ""
    email: str = ""
    remarks: list = field(default_factory=list)


def read_class(place):
    """Return the Submissions that lie in a folder, or in a class's zip, sorted by id.

    Their files are not kept in memory: see files_of. Raises bulk.NotAClass.
    """
    return [read_arrival(arrival) for arrival in arrivals(Path(place))]


def read_arrival(arrival):
    """Return the Submission that one student handed in, without its files."""
    sources = [[str(source.path), source.inside, name] for name, source in arrival.sources]
    known = {name: str(Untrusted(getattr(arrival, name))) for name in ("name", "number", "email")}
    found = read_sources(sources, arrival.id, ask=not any(known.values()))
    remarks = [*arrival.remarks, *found.remarks]
    return replace(found, files={}, sources=sources, remarks=remarks, **known)


def arrivals(place):
    """Return the Arrivals in a folder or a class's zip, sorted by id; ids are unique."""
    listed = bulk.class_within(place, is_download)
    people, remarks, late = about(listed)
    canvas = canvas_names(listed)
    groups: dict = {}
    for source in listed:
        if source.name != GRADESCOPE and not WORKSHEET.fullmatch(source.name):
            known = canvas.get(source) or MOODLE.fullmatch(source.name)
            key = (known["name"], known["number"]) if known else source.name
            groups.setdefault(key, []).append((source, known))
    found = [arrival(group, people, late) for group in groups.values()]
    for each in found:
        each.remarks = [str(Untrusted(remark)) for remark in (*each.remarks, *remarks)]
    return sorted(ids.with_ids(found), key=lambda each: each.id)


def is_download(listed):
    """Tell whether files side by side are the download of a learning platform."""
    names = [source.name for source in listed]
    if GRADESCOPE in names:
        return all(name == GRADESCOPE or re.fullmatch(r"submission_\d+", name) for name in names)
    others = [name for name in names if not WORKSHEET.fullmatch(name)]
    moodle = all(map(MOODLE.fullmatch, others)) and bool(others)
    return moodle or (len(others) > 1 and len(canvas_names(listed)) == len(others))


def about(listed):
    """Return ({folder: submitters}, remarks, numbers of the late) that files beside others tell."""
    people, remarks, late = {}, [], set()
    for source in listed:
        if source.name == GRADESCOPE:
            people, remarks = metadata.people(source)
        elif WORKSHEET.fullmatch(source.name):
            late |= metadata.late_in_worksheet(source)
    return people, remarks, late


def canvas_names(listed):
    """Return {Source: match} of the files that Canvas has named; its file numbers are unique."""
    found = {source: CANVAS.fullmatch(source.name) for source in listed if source.is_file}
    matches = {source: match for source, match in found.items() if match}
    numbers = {match["file"] for match in matches.values()}
    return matches if len(numbers) == len(matches) else {}


def arrival(group, people, late):
    """Return the Arrival of one student; group: a list of (Source, match of its name or None)."""
    source, known = group[0]
    if not known:
        sources = [(source.name, source)]
        submitters = people.get(source.name)
        return of_gradescope(sources, submitters) if submitters else Arrival(sources)
    is_late = known["number"] in late or any(m.groupdict().get("late") for _, m in group)
    order = sorted(group, key=lambda one: age(*one))
    name, number = known["name"] or "", known["number"]
    remarks = ["late"] if is_late else []
    return Arrival(shown(order), name=name, number=number, remarks=remarks)


def of_gradescope(sources, submitters):
    """Return the Arrival of a folder of Gradescope's; it bears the first submitter's name."""
    who, *others = submitters
    remarks = ["late"] if who["late"] else []
    remarks += [f"handed in together with {other['name']}" for other in others]
    known = {key: who[key] for key in ("name", "number", "email")}
    return Arrival(sources, remarks=remarks, **known)


def age(source, match):
    """Return the sort key of a copy: the number that Canvas gave it, else its time."""
    known = match.groupdict()
    return known.get("kind") == "file", int(known.get("file") or 0), source.time


def shown(order):
    """Return (name, Source) of a student's sources; the name is the student's, if it can be."""
    names = [match["rest"] or match.groupdict().get("kind") or "" for _, match in order]
    several = Counter(names)
    return [
        (name if name and several[name] == 1 else source.name, source)
        for name, (source, _) in zip(names, order, strict=True)
    ]
