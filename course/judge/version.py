"""The version of the course, as far as it decides marks: marks of another version are history."""

import hashlib
import json

from .. import notebook, paths, stubs
from ..settings import COURSE


def version():
    """Return a digest of everything that decides a mark; prose, pages and commands do not."""
    digest = hashlib.sha256()
    for path in sorted(modules()):
        digest.update(path.relative_to(paths.ROOT).as_posix().encode() + path.read_bytes())
    digest.update(json.dumps([COURSE.given, COURSE.facade]).encode())
    for path in paths.notebooks():
        cells = notebook.graded(notebook.read(path), full=True)["cells"]
        digest.update(json.dumps([path.name, cells]).encode())
    for name, text in sorted(stubs.package().items()):
        digest.update(f"{name}\0{text}".encode())
    return digest.hexdigest()


def modules():
    """Yield the paths of all modules that decide a mark: whole folders, and the hall of course."""
    hall = paths.ROOT / "course"
    yield from hall.glob("*.py")
    for folder in (hall / "judge", hall / "box", paths.DATA_UTILS, paths.SOLUTIONS):
        yield from folder.rglob("*.py")
