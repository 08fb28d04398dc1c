"""What of strangers' text may stand in a cell, on a page and in a terminal."""

import re

UNREADABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def legible(text):
    """Return a text without what steers a terminal, turns text around or is no character."""
    return UNREADABLE.sub("�", text)


def safe(text):
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def points(number):
    """Return points as people write them: 2 rather than 2.0."""
    return f"{number:g}"
