"""The folder of a run, and the remains of runs that were killed."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "course-run-"
LOCK = "lock"
SECONDS = 60
"""A folder that is younger may not have been locked yet by the run that made it."""


@contextlib.contextmanager
def folder():
    """Yield a new folder, locked while it is in use, and removed afterwards.

    Where that fails, as while a judge that is being stopped still writes, the next start removes
    it: an error in its place would hide the Ctrl-C, or whatever else, that ended the run.
    """
    made = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    with made as name, locked(Path(name)):
        yield Path(name)


@contextlib.contextmanager
def locked(path):
    """Hold the lock of a folder; raise BlockingIOError if another process holds it."""
    with open(path / LOCK, "ab") as stream:
        if os.name == "posix":
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def remove_left_over():
    """Remove the folders of runs that were killed: those of this user that nobody has locked."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if os.name == "posix" else ():
        with contextlib.suppress(OSError):
            found = path.lstat()
            is_ours = not path.is_symlink() and found.st_uid == os.getuid()
            if is_ours and time.time() - found.st_mtime > SECONDS:
                with locked(path):
                    shutil.rmtree(path)
