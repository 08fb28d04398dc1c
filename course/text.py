"""What is written for others: text that is safe to show, points as people write them, archives."""

import io
import re
import zipfile

UNREADABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time that every file in an archive bears, so that the same work gives the same archive."""


def legible(text):
    """Return a text without what steers a terminal, turns text around or is no character."""
    return UNREADABLE.sub("�", text)


def safe(text):
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def points(number):
    """Return points as people write them: 2 rather than 2.0."""
    return f"{number:g}"


def pack(contents, programs=()):
    """Return the bytes of a zip of {name: bytes}: not compressed, which zlibs do differently.

    programs: names of the files that can be executed.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            about = zipfile.ZipInfo(name, BEGINNING)
            mode = 0o755 if name in programs else 0o644
            about.create_system, about.external_attr = 3, mode << 16
            archive.writestr(about, content)
    return stream.getvalue()
