"""Read a folder, a zip or a tarball into memory, within limits; nothing is extracted to disk."""

import gzip
import io
import lzma
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .. import paths

MAX_ENTRIES = 5_000
MAX_PASSED_OVER = 50_000
MAX_FILE = 2**20
MAX_TOTAL = 20 * 2**20
MAX_NOTEBOOK = 10 * 2**20
MAX_ARCHIVE = 100 * 2**20
UNREADABLE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, RuntimeError, ValueError, LookupError, ArithmeticError),
)
ARCHIVES = (".zip", ".tar.gz", ".tgz")
JUNK = {"__MACOSX", "Thumbs.db", "desktop.ini"}
OUTSIDE = re.compile(r"^[A-Za-z]:")


class Refused(Exception):
    """A submission that will not be opened.

    problem: what is wrong, for the instructor; todo: what to do about it, for the student.
    """

    def __init__(self, problem, todo):
        super().__init__(problem)
        self.problem = problem
        self.todo = todo


@dataclass
class Entry:
    """Something in a folder or an archive, not opened yet."""

    name: str
    plain: bool
    open: Callable


@dataclass
class Contents:
    """What a submission holds: {path: bytes} of modules and notebooks, names of archives.

    size: bytes held so far, a notebook's counted as a quarter, since most of it is pictures.
    """

    modules: dict = field(default_factory=dict)
    notebooks: dict = field(default_factory=dict)
    archives: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    size: int = 0


def is_archive(name):
    """Tell whether a file's name is that of an archive we open."""
    return name.lower().endswith(ARCHIVES)


def read(path):
    """Return the Contents of a folder or an archive, or raise Refused."""
    if path.is_symlink():
        raise Refused(f"{path.name!r} is a link", "hand in the files themselves")
    try:
        if path.is_dir():
            return limited(folder_entries(path))
        if not is_archive(path.name):
            raise Refused(
                f"{path.name!r} is no folder, .zip or .tar.gz", "hand in one of these three"
            )
        return read_archive(path)
    except UNREADABLE as error:
        what = "read" if path.is_dir() else "opened as an archive"
        reason = str(error) or type(error).__name__
        todo = "look whether it opens on another machine, and hand it in again"
        raise Refused(f"{path.name!r} cannot be {what}: {reason}", todo) from None


def read_archive(path):
    """Return the Contents of a .zip or .tar.gz."""
    if path.stat().st_size > MAX_ARCHIVE:
        raise too_large(path.name)
    if path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            return limited(zip_entries(archive))
    with tarfile.open(fileobj=unpacked(path), mode="r:") as archive:
        return limited(tar_entries(archive))


def read_loose(paths):
    """Return the Contents of single files, {name: path}."""
    return limited(Entry(name, not path.is_symlink(), path.open) for name, path in paths.items())


def unpacked(path):
    """Return a .tar.gz as a stream in memory, or refuse it: tarfile trusts the sizes it reads."""
    with gzip.open(path) as stream:
        data = stream.read(MAX_ARCHIVE + 1)
    if len(data) > MAX_ARCHIVE:
        raise too_large(path.name)
    return io.BytesIO(data)


def too_large(name):
    """Return the Refused for an archive that is too large."""
    problem = f"{name!r} is too large: more than {MAX_ARCHIVE // 2**20} MB"
    return Refused(problem, "hand in your package alone, without data")


def folder_entries(folder):
    """Yield an Entry for each file below a folder; neither links nor hidden folders are entered."""
    for place, folders, names in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(place, name) for name in [*folders, *sorted(names)]):
            if path.is_symlink() or path.is_file():
                name = path.relative_to(folder).as_posix()
                yield Entry(name, not path.is_symlink(), path.open)


def complain(error):
    """Raise what os.walk would pass over."""
    raise error


def zip_entries(archive):
    """Yield an Entry for each file in a zip."""
    for info in archive.infolist():
        if not info.is_dir():
            kind = stat.S_IFMT(info.external_attr >> 16)
            opener = lambda mode, info=info: archive.open(info)  # noqa: E731
            yield Entry(info.filename, kind in (0, stat.S_IFREG), opener)


def tar_entries(archive):
    """Yield an Entry for each file in a tar."""
    for info in archive:
        if not info.isdir():
            opener = lambda mode, info=info: archive.extractfile(info)  # noqa: E731
            yield Entry(info.name, info.isreg(), opener)


def limited(entries):
    """Return the Contents of entries, or refuse what is unsafe or too much.

    Hidden files and what other programs leave behind are passed over.
    """
    found, count = Contents(), 0
    for passed, entry in enumerate(entries):
        path = inside(entry.name)
        if any(part.startswith(".") or part in JUNK for part in path.parts):
            if passed > MAX_PASSED_OVER:
                raise Refused("it holds too many hidden files", "hand in your package alone")
            continue
        if not entry.plain:
            raise Refused(f"{entry.name!r} is a link or a device", "hand in plain files")
        count += 1
        if count > MAX_ENTRIES:
            raise Refused(f"it holds more than {MAX_ENTRIES} files", "hand in your package alone")
        take(entry, path, found)
    return found


def inside(name):
    """Return an entry's name as a path, or refuse one that leads out of the submission."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or OUTSIDE.match(name):
        raise Refused(
            f"{name!r} points outside the submission", "make the archive anew, of your folder alone"
        )
    return path


def take(entry, path, found):
    """Read an entry if it is a module or one of the course's notebooks; note an archive's name."""
    # What has no name that import can say is no module; it may have a name no disk can hold.
    if path.suffix == ".py" and path.stem.isidentifier() and len(path.stem) <= 80:
        content = bounded(entry, MAX_FILE)
        found.size += len(content)
        if len(content) > MAX_FILE or found.size > MAX_TOTAL:
            problem = f"{entry.name!r} is larger than {MAX_FILE // 2**20} MB, or all are too large"
            raise Refused(problem, "modules hold code; leave data out")
        found.modules[str(path)] = content
    elif paths.NOTEBOOK.fullmatch(path.name):
        content = bounded(entry, MAX_NOTEBOOK)
        found.size += len(content) // 4
        if len(content) > MAX_NOTEBOOK or found.size > MAX_TOTAL:
            found.remarks.append(f"{path.name} is too large to look for written answers in it")
        else:
            found.notebooks[str(path)] = content
    elif is_archive(path.name):
        found.archives.append(str(path))


def bounded(entry, limit):
    """Return an entry's bytes; one byte more than the limit if it has more."""
    with entry.open("rb") as stream:
        return stream.read(limit + 1)
