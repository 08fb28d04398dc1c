"""Where a class lies: in a folder, one folder further down, or in a zip that nobody unpacked."""

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..text import Untrusted
from . import apart
from .folders import OTHERS_FOLDERS, open_file
from .gathering import OTHERS_FILES

LEVELS = 3
"""How far down a class is looked for: a folder in a zip in a folder."""


class NotAClass(Exception):
    """The path is not a class that can be read; the message says why."""


@dataclass(frozen=True)
class Source:
    """The place of one student's files: on disk, or within the zip of a class.

    inside: its path in that zip, or ""; is_file: whether it is a file.
    """

    path: Path
    inside: str = ""
    is_file: bool = False

    @property
    def name(self):
        """Return its name, as it is."""
        return self.inside.rpartition("/")[2] or self.path.name

    @property
    def time(self):
        """Return when it was last changed, in seconds."""
        return self.path.lstat().st_mtime


def class_within(place, is_download, besides=()):
    """Return the Sources that lie side by side in a folder or a zip, each of one student.

    is_download: tells whether Sources are what a learning platform gives as a class; it may lie
    further down, if nothing lies beside it; besides: paths of files of the instructor's own.
    """
    found = listing(Source(place, is_file=not place.is_dir()))
    found = [one for one in found if one.inside or one.path.resolve() not in besides]
    deeper = found
    for _ in range(LEVELS):
        if is_download(deeper) or len(deeper) != 1 or not may_hold_others(deeper[0]):
            break
        try:
            deeper = listing(deeper[0])
        except NotAClass:
            break
    whole = place.is_file() and len(found) == 1 and not found[0].is_file
    return deeper if is_download(deeper) else listing(found[0]) if whole else found


def may_hold_others(source):
    """Tell whether a Source is a folder, or a zip on disk."""
    return not source.is_file or (not source.inside and source.name.lower().endswith(".zip"))


def listing(source):
    """Return the Sources in a folder or a zip, sorted, without files of the system."""
    if source.inside or source.is_file:
        found = in_zip(source)
    else:
        found = [Source(path, is_file=not path.is_dir()) for path in source.path.iterdir()]
    kept = [one for one in found if not one.name.startswith(".")]
    kept = [one for one in kept if one.name not in OTHERS_FOLDERS | OTHERS_FILES]
    return sorted(kept, key=lambda one: one.name)


def in_zip(source):
    """Return the Sources in a class's zip, or in a folder of it; raise NotAClass."""
    try:
        children = list(apart.ask(children_of, str(source.path), source.inside))
    except apart.Stopped as stopped:
        name = Untrusted(source.path.name)
        raise NotAClass(f"{name} cannot be read as a class's zip: {stopped}") from None
    return [Source(source.path, inside, is_file) for inside, is_file in children]


def children_of(path, inside):
    """Yield (path, whether it is a file) for each entry at the top of a zip, or of its folder."""
    found = {}
    depth = len(PurePosixPath(inside).parts)
    with zipfile.ZipFile(open_file(path)) as archive:
        for info in archive.infolist():
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            if len(parts) > depth and parts[:depth] == PurePosixPath(inside).parts:
                is_file = len(parts) == depth + 1 and not info.is_dir()
                found["/".join(parts[: depth + 1])] = is_file
    yield from found.items()
