"""The files of a 7z, as entries, by py7zr."""

import io
from functools import cache
from pathlib import PurePosixPath

from .entries import MAX_ARCHIVE, Entry, Refused, refuse_password

BEGINNING = b"7z\xbc\xaf\x27\x1c"


def entries(content, name):
    """Yield an Entry for each file in a 7z, given as bytes; all are unpacked when one is read."""
    try:
        import py7zr
    except ImportError:
        todo = "pack your folder as a .zip and hand that in"
        raise Refused(
            "a .7z is opened where py7zr is installed, and here it is not", todo
        ) from None
    try:
        archive = py7zr.SevenZipFile(io.BytesIO(content), max_extract_size=MAX_ARCHIVE)
    except py7zr.exceptions.PasswordRequired:
        raise refuse_password(name) from None
    except py7zr.exceptions.ArchiveError as error:
        raise ValueError(str(error)) from None
    if archive.needs_password():
        raise refuse_password(name)
    files = cache(lambda: unpacked(archive))
    for info in archive.files:
        if not info.is_directory:
            read = lambda most, name=info.filename: files()[name][: most + 1]  # noqa: E731
            time = info.lastwritetime.totimestamp() if info.lastwritetime else 0
            flaw = "" if info.is_file else "a link or a device"
            place = PurePosixPath(info.filename.replace("\\", "/"))
            yield Entry(place, read, info.uncompressed, (float(time),), flaw)


def unpacked(archive):
    """Return {name: bytes} of all files in a 7z."""
    import py7zr

    names = [info.filename for info in archive.files if info.is_file]
    factory = py7zr.io.BytesIOFactory(MAX_ARCHIVE)
    try:
        archive.extract(targets=names, factory=factory)
    except py7zr.exceptions.ArchiveError as error:
        raise ValueError(str(error)) from None
    return {name: product.read() for name, product in factory.products.items()}
