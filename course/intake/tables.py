"""Tables that other programs wrote: CSV in any encoding, with any separator and line end."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from ..text import legible, unsafe

MAX_BYTES = 50 * 2**20
SEPARATORS = ",;\t|"
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
"""{how a file begins that says its encoding: that}."""


class TableError(Exception):
    """A table cannot be read; the message names file and line, and what was expected."""


@dataclass(frozen=True)
class Table:
    """What a file of CSV holds: its name, its headings and its lines as (number, {heading: cell}).

    All texts are legible; a mark that keeps a spreadsheet from running a cell is taken off.
    """

    name: str
    headings: list
    lines: list


def read_table(path):
    """Return the Table in a file, or raise TableError."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"{path}: it cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise TableError(f"{path.name}: it has more than {MAX_BYTES // 2**20} MB; is it a table?")
    return table_of(path.name, content)


def table_of(name, content):
    """Return the Table in a file's bytes, or raise TableError."""
    rows = numbered_rows(name, decoded(content))
    if not rows:
        raise TableError(f"{name}: it is empty; expected: a line of headings")
    headings = [legible(cell.strip()) for cell in rows[0][1]]
    lines = []
    for number, cells in rows[1:]:
        if any(cell.strip() for cell in cells[len(headings) :]):
            what = f"{len(cells)} cells, and there are {len(headings)} headings"
            todo = 'a text that holds the separator in quotes, such as "Lovelace, Ada"'
            raise TableError(f"{name}, line {number}: it has {what}; expected: {todo}")
        cells = [plain(cell) for cell in cells] + [""] * (len(headings) - len(cells))
        known = {head: cells[headings.index(head)] for head in headings}
        lines.append((number, known))
    return Table(name, list(dict.fromkeys(headings)), lines)


def numbered_rows(name, text):
    """Return (line number, cells) of the lines of CSV in which anything stands."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = re.match(r"sep=(.)\n", text)
    skipped = 1 if said else 0
    text = text[said.end() :] if said else text
    reader = csv.reader(io.StringIO(text), delimiter=said[1] if said else separator(text))
    try:
        rows = [(reader.line_num + skipped, cells) for cells in reader]
    except csv.Error as error:
        raise TableError(f"{name}, line {reader.line_num + skipped}: {error}") from None
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def separator(text):
    """Return the separator of a table: the most frequent one in its headings, out of quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\n").split("\n", 1)[0])
    return max(SEPARATORS, key=first.count)


def decoded(content):
    """Return a file's text: by its mark, else UTF-16 or UTF-8 if it is, else Western European."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:200]:
        first = content[:200].index(b"\0")
        return content.decode("utf-16-le" if first % 2 else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def plain(cell):
    """Return a cell's text, without the mark that text.safe puts before a formula."""
    return unsafe(legible(cell.strip()))
