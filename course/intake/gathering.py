"""Gather the files that one student handed in, and set aside those that are not their work.

Every file is accounted for: it is among the modules or the notebooks, or left out with a reason.
"""

import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ..text import Untrusted
from . import archives, folders
from .entries import (
    MAX_ENTRIES,
    Refused,
    is_archive,
    is_unread_archive,
    refuse_kind,
    refuse_number,
)

MODULES = (".py", ".py.txt")
NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json")
OTHERS_FILES = {"Thumbs.db", "desktop.ini"}
GROUP = "group.txt"
"""A list of those who handed this in together."""
NESTED = "an archive within an archive is not opened; pack the files themselves, once"


@dataclass
class Gathered:
    """The files of one student, sorted by kind.

    modules, notebooks, groups: Entries; left_out: {path: reason}, a path that ends in / standing
    for all in that folder; remarks: of what looks like work and is left out; refusals: of archives.
    """

    modules: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    notebooks: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)
    refusals: list = field(default_factory=list)

    def leave_out(self, path, reason, remark=False):
        """Leave a file out for a reason; remark: it may be work, which is said, too."""
        self.left_out[str(path)] = reason
        if remark:
            self.remarks.append(f"{path} is left out: {reason}")


def gathered(sources):
    """Return the files at some sources, lists [path, path within it, name], or raise Refused."""
    found, entries = Gathered(), []
    for number, (path, inside, name) in enumerate(sources):
        listed = list(of_source(path, inside, name, len(sources) > 1))
        alone = len(sources) == len(listed) == 1
        for entry in listed:
            entries += expanded(replace(entry, age=(number, *entry.age)), alone, found)
            if len(entries) > MAX_ENTRIES:
                raise refuse_number()
    environments = {root for entry in entries for root in environments_of(entry.path)}
    for entry in entries:
        sort_out(entry, environments, found)
    return found


def of_source(path, inside, name, several):
    """Yield the Entries of one source: a folder, a file, or a part of a class's archive."""
    if Path(path).is_symlink():
        raise Refused(f"{Untrusted(name)!r} is a link", "hand in the files themselves")
    prefix = name if several else ""
    try:
        if inside:
            yield from part_of_archive(Path(path), PurePosixPath(inside), name, prefix)
        elif Path(path).is_dir():
            yield from (entry.below(prefix) for entry in folders.folder_entries(Path(path)))
        else:
            yield replace(folders.entry(Path(path), Path(path).parent), path=PurePosixPath(name))
    except archives.UNREADABLE as error:
        todo = "look whether it opens on another machine, and hand it in again"
        problem = f"{Untrusted(name)!r} cannot be read: {Untrusted(str(error))}"
        raise Refused(problem, todo) from None


def part_of_archive(path, inside, name, prefix):
    """Yield the Entries of the file, or of the folder, that lies within a class's zip."""
    whole = folders.entry(path, path.parent)
    for entry in archives.zip_entries(zipfile.ZipFile(folders.open_file(path))):
        entry = archives.safe(entry, whole)
        if entry.path == inside:
            yield replace(entry, path=PurePosixPath(name))
        elif entry.path.is_relative_to(inside):
            yield replace(entry, path=prefix / entry.path.relative_to(inside))


def expanded(entry, alone, found):
    """Return the Entries that an Entry stands for: those of an archive, or itself.

    alone: whether nothing else was handed in; then no path begins with the archive's name.
    """
    hidden = any(
        part.startswith(".") or part in folders.OTHERS_FOLDERS for part in entry.path.parts
    )
    if entry.flaw or hidden or not is_archive(entry.path.name):
        return [entry]
    prefix = PurePosixPath() if alone else entry.path
    try:
        return [inner(one).below(prefix, *entry.age) for one in archives.opened(entry)]
    except Refused as refusal:
        found.refusals.append(refusal)
        return [replace(entry, flaw=refusal.problem)]


def inner(entry):
    """Return an Entry of an archive; one that is an archive itself is not opened."""
    nested = is_archive(entry.path.name) and not entry.flaw
    return replace(entry, flaw=NESTED) if nested else entry


def environments_of(path):
    """Return the folders above a path that are virtual environments, as the path shows."""
    parts = path.parts
    return [parts[:n] for n, part in enumerate(parts) if part in folders.ENVIRONMENTS]


def sort_out(entry, environments, found):
    """Sort an Entry into modules, notebooks or files left out."""
    name = entry.path.name.lower()
    aside = set_aside(entry, environments)
    if aside:
        found.leave_out(*aside)
    elif entry.flaw:
        work = name.endswith((*MODULES, *NOTEBOOKS)) or is_archive(name)
        found.leave_out(entry.name, entry.flaw, remark=work)
    elif name.endswith(MODULES):
        found.modules.append(entry)
    elif name.endswith(NOTEBOOKS):
        found.notebooks.append(entry)
    elif name == GROUP:
        found.groups.append(entry)
    elif is_unread_archive(name):
        found.refusals.append(refuse_kind(entry.path.name))
        found.leave_out(entry.name, found.refusals[-1].problem, remark=True)
    else:
        found.leave_out(entry.name, "neither a module nor a notebook")


def set_aside(entry, environments):
    """Return (the path to leave out, the reason) of a file that is not work, or None."""
    parts = entry.path.parts
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        path = Untrusted("/".join(parts[: n + 1]) + "/" * (not last or entry.flaw == "a folder"))
        if parts[:n] in environments and part in folders.OF_ENVIRONMENTS:
            return path, "a virtual environment"
        if part in folders.OTHERS_FOLDERS or (last and part in OTHERS_FILES):
            return path, "made by another program"
        if part.startswith("."):
            return path, "hidden"
    return None
