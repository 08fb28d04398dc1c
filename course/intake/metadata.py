"""Metadata of learning platforms: Gradescope's YAML, Moodle's grading worksheet."""

import zipfile
from pathlib import Path

from ..text import legible_data
from . import apart
from .folders import open_file, read_file
from .tables import TableError, table_of
from .times import in_code
from .worksheet import arrivals_in

MAX_FILE = 20 * 2**20


def people(source):
    """Return ({folder name: its submitters}, remarks) of a Gradescope export's YAML file.

    A submitter: a dict with the keys name, number, email, late and time, an ISO text or "".
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
        """Reads YAML; of Ruby's own objects it takes the time, and passes over the others."""

    def utc(loader, tag, node):
        return loader.construct_mapping(node).get("utc") if node.id == "mapping" else None

    Tolerant.add_multi_constructor("!", utc)
    exported = yaml.load(content(path, inside), Loader=Tolerant)
    for name, about in exported.items() if isinstance(exported, dict) else ():
        yield str(name), [submitter(who, about) for who in about.get(":submitters") or []]


def submitter(who, about):
    """Return the data of one submitter; about: the YAML of the whole submission."""
    due, created = str(about.get(":due_date") or ""), str(about.get(":created_at") or "")
    late = bool(about.get(":late")) or bool(due and created > due)
    keys = {"name": ":name", "number": ":sid", "email": ":email"}
    known = {key: str(who.get(field) or "")[:200] for key, field in keys.items()}
    return {**known, "late": late, "time": in_code(created)}


def worksheet(source):
    """Return {number: (whether late, ISO time or "")} of Moodle's grading worksheet."""
    found = {}
    try:
        for number, *rest in apart.ask(worksheet_lines, str(source.path), source.inside):
            found[number] = rest
    except apart.Stopped:
        pass
    return found


def worksheet_lines(path, inside):
    """Yield [number, whether late, ISO time or ""] of each line of a grading worksheet."""
    try:
        yield from arrivals_in(table_of("worksheet", content(path, inside)))
    except TableError:
        return


def content(path, inside):
    """Return the bytes of a file on disk, or within a zip."""
    if not inside:
        return read_file(Path(path), MAX_FILE)
    with zipfile.ZipFile(open_file(path)) as archive, archive.open(inside) as stream:
        return stream.read(MAX_FILE)
