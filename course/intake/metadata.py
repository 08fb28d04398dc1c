"""Metadata of learning platforms: Gradescope's YAML, Moodle's grading worksheet."""

import csv
import io
import zipfile
from pathlib import Path

from ..text import legible_data
from . import apart
from .folders import open_file, read_file

MAX_FILE = 20 * 2**20


def people(source):
    """Return ({folder name: its submitters}, remarks) of a Gradescope export's YAML file.

    A submitter: a dict with the keys name, number, email and late.
    """
    found: dict = {}
    try:
        for name, submitters in apart.ask(submitters_in, str(source.path), source.inside):
            found[name] = legible_data(submitters)
    except apart.Stopped as stopped:
        return found, [f"who handed it in is not known: {source.name}: {stopped}"]
    return found, []


def submitters_in(path, inside):
    """Yield (folder name, its submitters) of a YAML file. It may run for ever: see apart."""
    import yaml

    class Tolerant(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Reads YAML and passes over Ruby's own tags."""

    Tolerant.add_multi_constructor("!", lambda loader, tag, node: None)
    exported = yaml.load(content(path, inside), Loader=Tolerant)
    for name, about in exported.items() if isinstance(exported, dict) else ():
        yield str(name), [submitter(who, about) for who in about.get(":submitters") or []]


def submitter(who, about):
    """Return the data of one submitter; about: the YAML of the whole submission."""
    due, created = str(about.get(":due_date") or ""), str(about.get(":created_at") or "")
    late = bool(about.get(":late")) or bool(due and created > due)
    keys = {"name": ":name", "number": ":sid", "email": ":email"}
    return {**{key: str(who.get(field) or "")[:200] for key, field in keys.items()}, "late": late}


def late_in_worksheet(source):
    """Return the numbers of those whom Moodle's grading worksheet calls late."""
    try:
        return set(apart.ask(late_numbers, str(source.path), source.inside))
    except apart.Stopped:
        return set()


def late_numbers(path, inside):
    """Yield the numbers of the participants who were late, of a grading worksheet."""
    text = content(path, inside).decode("utf-8-sig", "replace")
    for line in csv.DictReader(io.StringIO(text)):
        status = (line.get("Status") or "").lower()
        if "late" in status or "overdue" in status:
            yield (line.get("Identifier") or "").rpartition(" ")[2]


def content(path, inside):
    """Return the bytes of a file on disk, or within a zip."""
    if not inside:
        return read_file(Path(path), MAX_FILE)
    with zipfile.ZipFile(open_file(path)) as archive, archive.open(inside) as stream:
        return stream.read(MAX_FILE)
