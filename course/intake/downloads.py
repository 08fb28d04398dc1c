"""Find out who handed in which files, from the names in bulk downloads.

Canvas names a file lastnamefirstname_LATE_USER_FILE_name.zip (canvas-lms, content_zipper.rb), and
a later file has a larger number FILE. Moodle names a folder "First Last_NUMBER_assignsubmission_
file_"; its grading worksheet says who was late. Gradescope's export has folders
submission_NUMBER, and who they are in a YAML file.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ..text import Untrusted, legible_data
from . import bulk, ids, metadata, times
from .entries import is_archive
from .submission import read_sources

CANVAS = re.compile(
    r"((?!LATE_|anon_)(?P<name>\w+?)_)?(?P<late>LATE_)?(?P<number>anon_[^\W_]+|\d{2,})"
    r"_(?P<file>\d{2,})_(?P<rest>.+)"
)
MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)")
GRADESCOPE = "submission_metadata.yml"
WORKSHEET = re.compile(r"(?:Grades|Bewertungen|Notes|Calificaciones)-.+\.csv")
SAID = {"moodle": "Moodle says", "gradescope": "Gradescope says"}


@dataclass
class Arrival:
    """The sources of one student's submission.

    sources: a list of (name, Source), the oldest first; id: safe as a file name; platform: canvas,
    moodle, gradescope or ""; name, number, email: as it has them, where it tells; is_late, time:
    what it says of that; members: who else handed this in; remarks: for the instructor.
    """

    sources: list
    id: str = ""
    name: str = ""
    number: str = ""
    email: str = ""
    platform: str = ""
    is_late: bool = False
    time: str = ""
    members: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


def read_class(place, besides=()):
    """Return the Submissions that lie in a folder, or in a class's zip, sorted by id.

    besides: paths of files that lie among them and are the instructor's own.
    Their files are not kept in memory: see files_of. Raises bulk.NotAClass.
    """
    return [read_arrival(arrival) for arrival in arrivals(Path(place), besides)]


def read_arrival(arrival):
    """Return the Submission that one student handed in, without its files."""
    sources = [[str(source.path), source.inside, name] for name, source in arrival.sources]
    known = {name: str(Untrusted(getattr(arrival, name))) for name in ("name", "number", "email")}
    found = read_sources(sources, arrival.id, ask=not any(known.values()))
    found.remarks = [*arrival.remarks, *found.remarks]
    found.members = [*legible_data(arrival.members), *found.members]
    found.platform, found.is_late = arrival.platform, arrival.is_late
    found.time, found.told_by = time_of(arrival, found.newest)
    found.returned_as = name_of_canvas(arrival)
    return replace(found, files={}, sources=sources, **known)


def name_of_canvas(arrival):
    """Return the name of the newest file as Canvas gave it, of a zip if there is one; or ""."""
    names = [source.name for _, source in arrival.sources if arrival.platform == "canvas"]
    zips = [name for name in names if name.lower().endswith(".zip")]
    return next(iter([*reversed(zips), *reversed(names)]), "")


def time_of(arrival, newest):
    """Return (ISO time or "", what tells it): the platform, a commit, an archive's files, itself.

    newest: see Submission. A time without a zone is that of the class's clocks.
    """
    if arrival.time or arrival.platform == "canvas" and not arrival.is_late:
        return arrival.time, SAID.get(arrival.platform, "") if arrival.time else ""
    source = arrival.sources[-1][1]
    commit = "" if source.inside or source.is_file else times.of_commit(source.path)
    if commit:
        return commit, "the newest commit says"
    if newest:
        seconds, is_wall = newest
        found = datetime.fromtimestamp(seconds, UTC)
        return found.replace(tzinfo=None if is_wall else UTC).isoformat(), "its newest file says"
    if source.is_file and not source.inside and is_archive(source.name):
        return datetime.fromtimestamp(source.time, UTC).isoformat(), "the archive's own date says"
    return "", ""


def arrivals(place, besides=()):
    """Return the Arrivals in a folder or a class's zip, sorted by id; ids are unique."""
    listed = bulk.class_within(place, is_download, besides)
    people, remarks, sheet = about(listed)
    canvas = canvas_names(listed)
    groups: dict = {}
    for source in listed:
        if source.name != GRADESCOPE and not WORKSHEET.fullmatch(source.name):
            known = canvas.get(source) or MOODLE.fullmatch(source.name)
            key = (known["name"], known["number"]) if known else source.name
            groups.setdefault(key, []).append((source, known))
    found = [arrival(group, people, sheet) for group in groups.values()]
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
    """Return ({folder: submitters}, remarks, {number: what Moodle says}) of files beside others."""
    people, remarks, sheet = {}, [], dict[str, list]()
    for source in listed:
        if source.name == GRADESCOPE:
            people, remarks = metadata.people(source)
        elif WORKSHEET.fullmatch(source.name):
            sheet |= metadata.worksheet(source)
    return people, remarks, sheet


def canvas_names(listed):
    """Return {Source: match} of the files that Canvas has named; its file numbers are unique."""
    found = {source: CANVAS.fullmatch(source.name) for source in listed if source.is_file}
    matches = {source: match for source, match in found.items() if match}
    numbers = {match["file"] for match in matches.values()}
    return matches if len(numbers) == len(matches) else {}


def arrival(group, people, sheet):
    """Return the Arrival of one student; group: a list of (Source, match of its name or None)."""
    source, known = group[0]
    if not known:
        sources = [(source.name, source)]
        submitters = people.get(source.name)
        return of_gradescope(sources, submitters) if submitters else Arrival(sources)
    late_there, time = sheet.get(known["number"], (False, ""))
    is_late = late_there or any(m.groupdict().get("late") for _, m in group)
    order = sorted(group, key=lambda one: age(*one))
    name, number = known["name"] or "", known["number"]
    remarks = ["late"] if is_late else []
    platform = "canvas" if "file" in known.groupdict() else "moodle"
    about = {"platform": platform, "is_late": is_late, "time": time, "remarks": remarks}
    return Arrival(shown(order), name=name, number=number, **about)


def of_gradescope(sources, submitters):
    """Return the Arrival of a folder of Gradescope's; it bears the first submitter's name."""
    who, *others = submitters
    remarks = ["late"] if who["late"] else []
    remarks += [f"handed in together with {other['name']}" for other in others]
    known = {key: who[key] for key in ("name", "number", "email")}
    known |= {"platform": "gradescope", "is_late": who["late"], "time": who["time"]}
    return Arrival(sources, remarks=remarks, members=others, **known)


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
