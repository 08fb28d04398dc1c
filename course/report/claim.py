"""One run at a time writes a report; and the message if the disk cannot be written to."""

import errno
import sqlite3
from contextlib import contextmanager

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}

SQLITE_SAYS = ("readonly", "is full", "unable to open", "disk I/O")


class Busy(Exception):
    """Another run writes into the same folder."""


class CannotWrite(Exception):
    """A folder cannot be written to; says why."""


@contextmanager
def claimed(out):
    """Keep other runs out of the folder of a report, until this one ends, however it ends.

    Raises Busy if another run has it, and CannotWrite if the disk is full or read-only.
    """
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(out / "running.sqlite", isolation_level=None, timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy from None
            raise
        try:
            yield
        finally:
            lock.close()


@contextmanager
def writing(out):
    """Raise CannotWrite where a disk is full or read-only."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if not cannot_write(error):
            raise
        raise CannotWrite(f"{out} cannot be written to: {error}") from None


def cannot_write(error):
    """Tell whether an error is that of a disk that is full or may not be written to."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, sqlite3.Error) and any(words in str(error) for words in SQLITE_SAYS)
