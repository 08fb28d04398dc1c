"""An entry: a file that was handed in and is not opened yet; and the refusal of one that is not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..text import Untrusted

ARCHIVES = (
    *(".zip", ".tar.gz", ".tgz", ".tar", ".tar.xz", ".txz", ".tar.bz2", ".tbz", ".tbz2", ".7z"),
)
UNREAD_ARCHIVES = (".rar", ".zipx", ".ace", ".arj", ".cab", ".dmg", ".iso", ".lzh", ".tar.zst")
MAX_ARCHIVE = 100 * 2**20
MAX_ENTRIES = 50_000


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
    """A file in a folder or an archive.

    path: where it lies in what was handed in; read: a function of the most bytes wanted, which
    returns one more where there are more; size: in bytes, as far as it is known; age: larger is
    newer; flaw: why it is not read, or ""; is_wall: whether its time is that of some wall clock.
    """

    path: PurePosixPath
    read: Callable
    size: int = 0
    age: tuple = ()
    flaw: str = ""
    is_wall: bool = False

    @property
    def name(self):
        """Return its path as it may be written."""
        return Untrusted(str(self.path))

    def below(self, folder, *older):
        """Return this entry within a folder; older: sort keys that come before its age."""
        return replace(self, path=PurePosixPath(folder) / self.path, age=(*older, *self.age))


def is_archive(name):
    """Tell whether a file's name is that of an archive that is opened."""
    return name.lower().endswith(ARCHIVES)


def is_unread_archive(name):
    """Tell whether a file's name is that of an archive of a kind that is not opened."""
    return name.lower().endswith(UNREAD_ARCHIVES)


def refuse_kind(name):
    """Return the Refused for an archive of a kind that is not opened."""
    problem = f"{Untrusted(name)!r} is an archive of a kind that is not opened, such as .rar"
    return Refused(problem, "pack your folder as a .zip and hand that in")


def refuse_password(name):
    """Return the Refused for an archive that needs a password."""
    problem = f"{Untrusted(name)!r} is encrypted: it opens with a password only"
    return Refused(problem, "pack your folder without a password")


def refuse_size(name):
    """Return the Refused for an archive that is too large."""
    problem = f"{Untrusted(name)!r} is too large: more than {MAX_ARCHIVE // 2**20} MB"
    return Refused(problem, "hand in your package alone, without data")


def refuse_number():
    """Return the Refused for a submission with too many files."""
    return Refused(f"it holds more than {MAX_ENTRIES} files", "hand in your package alone")
