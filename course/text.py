"""Text and archives for others: text that is safe to show, points as people write them, zips."""

import io
import re
import zipfile

UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What steers a terminal, turns text around, takes no place or is not a character.

Joiners stay: Persian, Hindi and emoji are written with them.
"""

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, always the same, so that equal work gives equal zips."""


def legible(text):
    """Return a text without control characters, marks that reverse text, and broken characters."""
    return UNREADABLE.sub("�", text)


class Untrusted:
    """A text from outside. However it is written, it is legible; `raw` is for opening files."""

    def __init__(self, raw):
        self.raw = raw

    def __str__(self):
        return legible(self.raw)

    def __format__(self, spec):
        return format(str(self), spec)

    def __repr__(self):
        return repr(str(self))


def legible_data(data):
    """Return data as JSON has them with every text in them legible, the keys of dicts included."""
    if isinstance(data, str):
        return legible(data)
    if isinstance(data, list):
        return [legible_data(item) for item in data]
    if isinstance(data, dict):
        return {legible(key): legible_data(value) for key, value in data.items()}
    return data


def safe(text):
    """Return a text that spreadsheets show as text, not run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def unsafe(text):
    """Return the text that `safe` was given."""
    return text[1:] if text[:1] == "'" and safe(text[1:]) != text[1:] else text


def points(number):
    """Return points as people write them: 2 rather than 2.0."""
    return f"{number:g}"


def listed(things):
    """Return things as people list them: 1, 2 and 3."""
    *first, last = map(str, things)
    return " and ".join([", ".join(first), last] if first else [last])


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
