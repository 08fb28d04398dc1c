"""Who handed in what, and which copy counts: what the names of bulk downloads tell.

Canvas names a file lastnamefirstname_LATE_USER_FILE_name.zip (canvas-lms, content_zipper.rb), and
a later file has a larger number FILE. Moodle names a folder "First Last_NUMBER_assignsubmission_
file_". Gradescope's export has folders submission_NUMBER, and who they are in a YAML file.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .archives import ARCHIVES, JUNK, is_archive

CANVAS = re.compile(
    r"((?!LATE_|anon_)(?P<name>\w+?)_)?(?P<late>LATE_)?(?P<number>anon_[^\W_]+|\d{2,})"
    r"_(?P<file>\d{2,})_(?P<rest>.+)"
)
MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)")
COPY = re.compile(r"-\d+(?=\.py$)")
GRADESCOPE = "submission_metadata.yml"


@dataclass
class Arrival:
    """What one student handed in.

    id: safe as a file name; paths: {name: path} of what counts; name, number, email: as the
    learning platform has them, where it tells; remarks: what an instructor should know.
    """

    id: str
    paths: dict
    name: str = ""
    number: str = ""
    email: str = ""
    remarks: list = field(default_factory=list)


def arrivals(folder):
    """Return the Arrivals that lie in a folder, sorted by id; ids are unique."""
    entries = listing(Path(folder))
    if len(entries) == 1 and (entries[0] / GRADESCOPE).is_file():
        entries = listing(entries[0])
    people = gradescope(entries)
    canvas = canvas_names(entries)
    groups: dict = {}
    for path in entries:
        if path.name != GRADESCOPE:
            known = canvas.get(path) or MOODLE.fullmatch(path.name)
            key = (known["name"], known["number"]) if known else path.name
            groups.setdefault(key, []).append((path, known))
    found = [arrival(group, people) for group in groups.values()]
    return sorted(with_unique_ids(found), key=lambda each: each.id)


def listing(folder):
    """Return what lies in a folder, sorted, without what nobody handed in."""
    names = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    return [path for path in names if path.name not in JUNK]


def canvas_names(entries):
    """Return {path: match} of the files that Canvas has named; its file numbers are unique."""
    found = {p: CANVAS.fullmatch(p.name) for p in entries if not p.is_dir()}
    matches = {path: match for path, match in found.items() if match}
    numbers = {match["file"] for match in matches.values()}
    return matches if len(numbers) == len(matches) else {}


def gradescope(entries):
    """Return {folder name: its submitters} of a Gradescope export, {} where it is none."""
    listed = next((path for path in entries if path.name == GRADESCOPE), None)
    if not listed:
        return {}
    with listed.open("rb") as stream:
        exported = yaml.load(stream, Loader=Tolerant)
    if not isinstance(exported, dict):
        return {}
    return {name: about.get(":submitters") or [{}] for name, about in exported.items()}


class Tolerant(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML and passes over Ruby's own tags."""


Tolerant.add_multi_constructor("!", lambda loader, tag, node: None)


def arrival(group, people):
    """Return the Arrival of one student; group: a list of (path, match of its name or None)."""
    path, known = group[0]
    if not known:
        submitters = people.get(path.name)
        return of_gradescope(path, submitters) if submitters else Arrival("", {path.name: path})
    late = any(match.groupdict().get("late") for _, match in group)
    paths, remarks = newest(group)
    name, number = known["name"] or "", known["number"]
    spelt = f"{name}_{number}" if name else number
    return Arrival(safe_id(spelt), paths, name, number, "", ["late"] * late + remarks)


def of_gradescope(path, submitters):
    """Return the Arrival of a folder of Gradescope's; it bears the first submitter's name."""
    who, *others = submitters
    name, number, email = (str(who.get(key) or "") for key in (":name", ":sid", ":email"))
    spelt = "_".join(filter(None, (name, number))) or path.name
    told = [f"handed in together with {other.get(':name')}" for other in others]
    return Arrival(safe_id(spelt), {path.name: path}, name, number, email, told)


def newest(group):
    """Return ({name: path} of what counts among one student's copies, remarks).

    Of several archives or folders the newest counts; single modules count together.
    """
    order = sorted(group, key=lambda one: age(*one))
    whole = [(path, match) for path, match in order if path.is_dir() or is_archive(path.name)]
    if not whole:
        return {COPY.sub("", match["rest"]) or path.name: path for path, match in order}, []
    path, _ = whole[-1]
    told = f"{len(whole)} copies were handed in: the newest, {path.name}, counts"
    return {path.name: path}, [told] if len(whole) > 1 else []


def age(path, match):
    """Return what copies are ordered by: Canvas numbers files as they arrive, else the time."""
    known = match.groupdict()
    return known.get("kind") == "file", int(known.get("file") or 0), path.lstat().st_mtime


def with_unique_ids(found):
    """Give those without an id one from their path; and each an id of its own."""
    short = Counter(short_id(path).casefold() for each in found for path in each.paths.values())
    taken: set[str] = set()
    for each in sorted(found, key=lambda one: not one.id):
        if not each.id:
            (path,) = each.paths.values()
            alone = short[short_id(path).casefold()] == 1
            each.id = short_id(path) if alone else safe_id(path.name)
        while each.id.casefold() in taken:
            each.id += "-again"
        taken.add(each.id.casefold())
    return found


def short_id(path):
    """Return a submission's name without an archive's ending."""
    ending = next((e for e in ARCHIVES if path.name.lower().endswith(e)), "")
    return safe_id(path.name[: len(path.name) - len(ending)])


def safe_id(name):
    """Return a name that is safe in a path, in HTML and in a spreadsheet."""
    plain = unicodedata.normalize("NFC", name)
    return re.sub(r"[^\w.-]+", "_", plain).strip("._-")[:80] or "unnamed"
