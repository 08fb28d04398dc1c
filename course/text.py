"""Text and archives for others: text that is safe to show, points as people write them, zips."""

import io
import re
import zipfile

UNREADABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, always the same, so that equal work gives equal zips."""


def legible(text):
    """Return a text without control characters, marks that reverse text, and broken characters."""
    return UNREADABLE.sub("�", text)


def safe(text):
    """Return a text that spreadsheets show as text, not run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def points(number):
    """Return points as people write them: 2 rather than 2.0."""
    return f"{number:g}"


def pack(contents, programs=()):
    """Return the bytes of a zip of {name: bytes}, not compressed: versions of zlib differ.

    programs: names of the files to mark as executable.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            about = zipfile.ZipInfo(name, BEGINNING)
            mode = 0o755 if name in programs else 0o644
            about.create_system, about.external_attr = 3, mode << 16
            archive.writestr(about, content)
    return stream.getvalue()
