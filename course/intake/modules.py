"""Read the modules that were handed in: which of the course's each one is, in which place."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath

from .. import paths
from . import archives, cs231n, names
from .entries import Entry
from .source_text import as_utf8

MAX_FILE = 2**20
MAX_TOTAL = 20 * 2**20
MAX_MODULES = 1_000
OURS = PurePosixPath("/")
"""The place of the course's own files, whoever hands them in."""
BESIDE = ("data_utils", "course", "solutions", "tests", "benchmarks", "tools")
"""Folders of the course that lie beside a package."""


@dataclass
class Module:
    """A module that was handed in.

    place: the folder of its package; name: its path in the package; own: whether its file is
    called just so; content: in UTF-8.
    """

    entry: Entry
    place: PurePosixPath
    name: str
    own: bool
    content: bytes = b""

    @cached_property
    def written(self):
        """Return how many of the course's tasks stand in it."""
        return names.written(self.name, self.content)

    @cached_property
    def is_blank(self):
        """Tell whether it is a module of the course in which nothing was written."""
        return self.name in names.tasks() and names.is_blank(self.name, self.content)


def read(found):
    """Return the Modules among Gathered files; other files are left out there.

    Those that are called like a module of the course are read first, so that others cannot use
    up what may be read.
    """
    reader = Reader(found)
    ours = [entry for entry in found.modules if is_ours(entry.path)]
    listed = [Module(entry, OURS, "", False) for entry in ours]
    theirs = [entry for entry in found.modules if not is_ours(entry.path)]
    first = sorted(theirs, key=lambda entry: names.own_name(entry.path.name) is None)
    placed = [module for entry in first if (module := of_course(entry, reader))]
    places = {module.place for module in placed}
    done = {id(module.entry) for module in placed if not names.can_be_imported(module.entry.path)}
    done |= {id(module.entry) for module in placed if names.own_name(module.entry.path.name)}
    others = [entry for entry in theirs if id(entry) not in done | reader.unread]
    counted = {id(module.entry) for module in placed}
    helpers = [helper(entry, places, counted, reader) for entry in others]
    return [*listed, *placed, *filter(None, helpers)]


@cache
def course_files():
    """Return the paths of the course's own modules that do not belong to a package."""
    found = [path for name in BESIDE for path in (paths.ROOT / name).rglob("*.py")]
    return {path.relative_to(paths.ROOT).as_posix() for path in found}


def is_ours(path):
    """Tell whether a path is that of one of the course's own modules, beside a package."""
    starts = [n for n, part in enumerate(path.parts) if part in BESIDE and part != "solutions"]
    return any("/".join(path.parts[n:]) in course_files() for n in starts)


class Reader:
    """Reads modules within limits; larger ones are left out."""

    def __init__(self, found):
        self.found = found
        self.left, self.modules = MAX_TOTAL, MAX_MODULES
        self.texts: dict[int, bytes] = {}
        self.unread: set[int] = set()

    def text(self, entry):
        """Return a module's bytes in UTF-8, None if it is left out."""
        if id(entry) in self.unread:
            return None
        if id(entry) not in self.texts:
            content = self.content(entry)
            if content is None:
                self.unread.add(id(entry))
                return None
            self.texts[id(entry)], how = as_utf8(content)
            if how:
                why = "names an encoding that is not read" if how == "UTF-8" else "is not UTF-8"
                self.found.remarks.append(f"{entry.name} {why}: it is read as {how}")
        return self.texts[id(entry)]

    def content(self, entry):
        """Return a module's bytes, None if it is left out."""
        most = f"a module may have {MAX_FILE // 2**20} MB, all of them {MAX_TOTAL // 2**20}"
        if entry.size > MAX_FILE or self.left <= 0 or self.modules <= 0:
            return self.leave_out(entry, f"it is too large, or too much is before it: {most}")
        try:
            content = entry.read(MAX_FILE)
        except archives.UNREADABLE as error:
            return self.leave_out(entry, f"it cannot be read: {error}")
        self.left -= len(content)
        self.modules -= 1
        if len(content) > MAX_FILE or self.left < 0:
            return self.leave_out(entry, f"it is too large: {most}")
        return content

    def leave_out(self, entry, reason):
        """Leave a module out for a reason."""
        self.found.leave_out(entry.name, reason, remark=True)


def of_course(entry, reader):
    """Return the Module of a file that is one of the course's, or a copy of one; else None.

    A copy under another name counts if a task of that module is written in it.
    """
    own = names.own_name(entry.path.name)
    name = own or names.copy_of(entry.path.name)
    if name not in names.tasks():
        return None
    content = reader.text(entry)
    if content is None or not (own or names.written(name, content)):
        return None
    return Module(entry, cs231n.folder_of(entry.path), name, entry.path.name == name, content)


def helper(entry, places, counted, reader):
    """Return the Module of a file that lies within a place, under its own name; else None."""
    folder = (
        cs231n.folder_of(entry.path)
        if cs231n.folder_of(entry.path) in places
        else entry.path.parent
    )
    place = next((p for p in (folder, *folder.parents) if p in places), None)
    content = reader.text(entry)
    if content is None:
        return None
    has_work = names.has_task(content) and id(entry) not in counted
    if place is None:
        reader.found.leave_out(entry.name, "it lies beside the package", remark=has_work)
        return None
    flat = entry.path.parent.name == "classifiers" and folder == place
    name = PurePosixPath(entry.path.name) if flat else entry.path.relative_to(place)
    if not names.can_be_imported(name):
        reader.found.leave_out(entry.name, "`import` cannot say its name", remark=True)
        return None
    own = names.own_name(str(name)) or str(name)
    return Module(entry, place, own, True, content)
