"""Make the zip that Gradescope takes as an autograder: setup.sh and run_autograder at its top.

Gradescope unpacks it into /autograder/source and runs setup.sh once, as root. For each submission
it then runs run_autograder, see course.commands.grading.gradescope
(https://gradescope-autograders.readthedocs.io/en/latest/specs/).
"""

import shutil
import tempfile
from pathlib import Path

from .. import paths
from ..text import pack
from . import folders
from .errors import ReleaseError

PROGRAMS = ("setup.sh", "run_autograder")


def write_autograder(dest, notebooks):
    """Write the zip `dest`, which grades these notebooks; the same course gives the same zip."""
    if dest.suffix.lower() != ".zip" or dest.exists():
        raise ReleaseError(f"{dest} exists already, or does not end in .zip; give a new name.zip")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        folders.copy_course(source, folders.WITHOUT_RELEASES)
        shutil.copytree(folders.TEMPLATES / "gradescope", source, dirs_exist_ok=True)
        shutil.copytree(paths.SOLUTIONS, source / "solutions", ignore=folders.NOT_FILES_OF_OURS)
        (source / "assignments").mkdir()
        for path in notebooks:
            shutil.copy(path, source / "assignments")
        files = sorted(path for path in source.rglob("*") if path.is_file())
        contents = {path.relative_to(source).as_posix(): path.read_bytes() for path in files}
    dest.write_bytes(pack(contents, PROGRAMS))
