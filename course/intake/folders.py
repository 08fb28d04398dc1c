"""The files of a folder on disk, as entries; links, pipes and devices are never opened."""

import errno
import os
import stat
from pathlib import Path, PurePosixPath

from .entries import Entry

OTHERS_FOLDERS = {"__MACOSX", "__pycache__", "node_modules", "site-packages"}
ENVIRONMENTS = {"pyvenv.cfg", "conda-meta"}
"""Files of a virtual environment, whatever its folder is called."""
OF_ENVIRONMENTS = ENVIRONMENTS | set(["bin", "lib", "lib64", "include", "etc", "share", "pkgs"])
OF_ENVIRONMENTS |= set(["Scripts", "Lib", "Include", "Library", "DLLs"])
"""Folders of a virtual environment; a student's own package may lie beside them."""
FLAWS = {stat.S_IFREG: "", stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")


def folder_entries(folder):
    """Yield an Entry for each file below a folder, and for each folder that is not entered."""
    for place, folders, names in os.walk(folder, onerror=complain):
        environment = bool(ENVIRONMENTS & {*folders, *names})
        for name in sorted(folders):
            if is_others(name, environment) or Path(place, name).is_symlink():
                folders.remove(name)
                yield entry(Path(place, name), folder)
        folders.sort()
        yield from (entry(Path(place, name), folder) for name in sorted(names))


def is_others(name, environment):
    """Tell whether other programs fill a folder; environment: whether it lies in one."""
    of_environment = environment and name in OF_ENVIRONMENTS
    return of_environment or name in OTHERS_FOLDERS or name.startswith(".")


def complain(error):
    """Raise an error that os.walk would ignore."""
    raise error


def sign_of(folder):
    """Return the name of the file that marks a folder as not to be entered, or None."""
    if folder.is_symlink() or folder.name in OTHERS_FOLDERS or folder.name.startswith("."):
        return ""
    return next((name for name in ENVIRONMENTS if os.path.lexists(folder / name)), None)


def entry(path, root):
    """Return the Entry for a path below a root."""
    about = path.lstat()
    flaw = FLAWS.get(stat.S_IFMT(about.st_mode), "a pipe or a device")
    place = PurePosixPath(path.relative_to(root).as_posix())
    read = lambda most: read_file(path, most)  # noqa: E731
    return Entry(place, read, about.st_size, (about.st_mtime,), flaw)


def read_file(path, most):
    """Return a regular file's bytes, up to one more than `most`."""
    with open_file(path) as stream:
        return stream.read(most + 1)


def open_file(path):
    """Return a regular file as a stream; nobody waits at a pipe, and no link is followed."""
    flags = sum(getattr(os, flag, 0) for flag in FLAGS)
    number = os.open(path, os.O_RDONLY | flags)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "it is not a file")
    return os.fdopen(number, "rb")
