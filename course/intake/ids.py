"""The names under which submissions are kept: made by us, short, and each one's own."""

import hashlib
import re
import unicodedata
from collections import Counter

from .entries import ARCHIVES

MAX_BYTES = 60
"""The most characters of an id, so that file names made from it are not too long."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that no file may have on Windows."""


def with_ids(found):
    """Give each Arrival an id, made from its name, else from its files; return the Arrivals."""
    names = {id(each): spelt(each) for each in found}
    short = {key: short_id(name) for key, name in names.items()}
    several = Counter(name.casefold() for name in short.values())
    taken: set[str] = set()
    for each in sorted(found, key=lambda each: (not each.number, names[id(each)])):
        alone = several[short[id(each)].casefold()] == 1
        each.id = numbered(short[id(each)] if alone else safe_id(names[id(each)]), taken)
        taken.add(each.id.casefold())
    return found


def spelt(arrival):
    """Return the text from which an Arrival's id is made."""
    if arrival.name or arrival.number:
        return "_".join(filter(None, (arrival.name, arrival.number)))
    return arrival.sources[0][1].name


def numbered(name, taken):
    """Return a name with a number behind it, if it is taken."""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def short_id(name):
    """Return a submission's name without an archive's ending."""
    ending = next((e for e in ARCHIVES if name.lower().endswith(e)), "")
    return safe_id(name[: len(name) - len(ending)])


def safe_id(name):
    """Return a name that is safe in a path, in HTML and in a spreadsheet.

    One that is too long is cut, and gets a number that is made of all of it.
    """
    plain = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", name)).strip("._-")
    if RESERVED.fullmatch(plain):
        plain = f"{plain}_"
    if len(plain.encode()) > MAX_BYTES:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
        number = int.from_bytes(digest[:4], "big") % 10**8
        plain = plain.encode()[: MAX_BYTES - 9].decode(errors="ignore").rstrip("._-")
        plain = f"{plain}-{number:08}"
    return plain or "unnamed"
