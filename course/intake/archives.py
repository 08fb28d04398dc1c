"""The files of a zip, a tarball or a 7z, as entries; nothing is extracted to disk.

All of this runs where it can do no harm: see apart.
"""

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import PurePosixPath

from ..text import Untrusted
from . import seven_zip
from .entries import (
    MAX_ARCHIVE,
    MAX_ENTRIES,
    Entry,
    Refused,
    refuse_kind,
    refuse_number,
    refuse_password,
    refuse_size,
)

UNREADABLE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, RuntimeError, ValueError, LookupError, ArithmeticError),
)
OUTSIDE = re.compile(r"^[A-Za-z]:")
RAR = b"Rar!"
UNPACKERS = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
"""{how a packed tarball begins: what unpacks it}."""


def opened(entry):
    """Return the Entries of an archive, their paths within it, or raise Refused."""
    try:
        content = entry.read(MAX_ARCHIVE)
        if len(content) > MAX_ARCHIVE:
            raise refuse_size(entry.path.name)
        found = [safe(one, entry) for one in entries(content, entry.path.name)]
    except UNREADABLE as error:
        reason = Untrusted(str(error) or type(error).__name__)
        todo = "look whether it opens on another machine, and hand it in again"
        raise Refused(f"{entry.name!r} cannot be opened as an archive: {reason}", todo) from None
    if found and all(one.flaw == ENCRYPTED for one in found):
        raise refuse_password(entry.path.name)
    return found


ENCRYPTED = "encrypted"


def entries(content, name):
    """Return the Entries of an archive, given as bytes; they tell its kind, not its name."""
    if content.startswith(RAR):
        raise refuse_kind(name)
    if content.startswith(seven_zip.BEGINNING):
        return seven_zip.entries(content, name)
    unpack = next((open_ for mark, open_ in UNPACKERS.items() if content.startswith(mark)), None)
    if unpack:
        content = unpacked(unpack, content, name)
    if zipfile.is_zipfile(io.BytesIO(content)):
        return zip_entries(zipfile.ZipFile(io.BytesIO(content)))
    return tar_entries(tarfile.open(fileobj=io.BytesIO(content), mode="r:"))


def unpacked(unpack, content, name):
    """Return the bytes of a packed tarball, or refuse it: tarfile trusts the sizes it reads."""
    with unpack(io.BytesIO(content)) as stream:
        data = stream.read(MAX_ARCHIVE + 1)
    if len(data) > MAX_ARCHIVE:
        raise refuse_size(name)
    return data


def safe(found, archive):
    """Return an Entry of an archive, or refuse the archive if its path is none or leads out."""
    if not found.path.name:
        raise Refused(
            f"{archive.name!r} holds a file without a name",
            "make the archive anew, of your folder alone",
        )
    if found.path.is_absolute() or ".." in found.path.parts or OUTSIDE.match(str(found.path)):
        raise Refused(
            f"{found.name!r} in {archive.name!r} points outside the submission",
            "make the archive anew, of your folder alone",
        )
    return found


def posix(name):
    """Return the path that a name in an archive stands for, on whichever system it was written."""
    return PurePosixPath(name.replace("\\", "/"))


def zip_entries(archive):
    """Yield an Entry for each file in a zip; one with too many is refused at once."""
    if len(archive.infolist()) > MAX_ENTRIES:
        raise refuse_number()
    for info in archive.infolist():
        if not info.filename.endswith("/"):  # is_dir trips over a file without a name
            plain = stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
            flaw = ENCRYPTED if info.flag_bits & 1 else "" if plain else "a link or a device"
            read = lambda most, info=info: read_stream(archive.open(info), most)  # noqa: E731
            yield Entry(posix(info.filename), read, info.file_size, (seconds(info),), flaw, True)


def seconds(info):
    """Return when a file in a zip was changed, in seconds; 0 where no calendar has that day."""
    try:
        return datetime(*info.date_time).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0


def tar_entries(archive):
    """Yield an Entry for each file in a tar."""
    for info in archive:
        if not info.isdir():
            flaw = "" if info.isreg() else "a link or a device"
            read = lambda most, info=info: read_stream(archive.extractfile(info), most)  # noqa: E731
            yield Entry(posix(info.name), read, info.size, (info.mtime,), flaw)


def read_stream(stream, most):
    """Return a stream's bytes, up to one more than `most`."""
    with stream:
        return stream.read(most + 1)
