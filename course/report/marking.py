"""Marking written answers: which there are, in which order, which are alike, and what is saved.

It needs a folder with answers.csv and nothing else, so that a marker can be given just that. Who
wrote an answer is not shown, and the order is that of a digest: it looks shuffled, and stays.
"""

import csv
import os
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby

from rapidfuzz import fuzz

from ..text import points, safe, unsafe
from . import manual_marks
from .manual_marks import COLUMNS, ManualError

ALIKE = 90
"""The least per cent of characters, in order, that two answers shown together have in common."""
MAX_REMARKS = 12
NONE = {"points": None, "remark": ""}
"""The mark of an answer that has none."""


@dataclass
class Card:
    """Answers with one text; points: what all of them were given, or None.

    keys: that identify the answers, and tell nothing of who wrote them.
    """

    text: str
    keys: list = field(default_factory=list)
    points: float | None = None
    remark: str = ""


def answers_in(folder):
    """Return the lines of answers.csv that have an answer, as dicts, with a `key` each."""
    path = folder / "answers.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = [{name: unsafe(text or "") for name, text in line.items()} for line in rows(stream)]
    return [{**line, "key": key_of(line)} for line in lines if line["answer"]]


def rows(stream):
    """Return the lines of answers.csv, or raise ManualError if it is another file."""
    table = csv.DictReader(stream)
    if not {*COLUMNS, "asked", "answer"} <= set(table.fieldnames or ()):
        raise ManualError("answers.csv is of an older version; run course grade once more")
    return list(table)


def key_of(line):
    """Return a digest of whose answer to which question a line is; sorting by it shuffles."""
    words = "\0".join(line[name] for name in ("submission", "notebook", "question"))
    return sha256(words.encode()).hexdigest()[:16]


def marks_so_far(folder, lines):
    """Return {key: mark}, from manual marks or else from answers.csv; points: None without any."""
    found, _ = manual_marks.read(folder, {line["submission"] for line in lines})
    by_hand = {(m["submission"], m["notebook"], str(m["number"]), m["kind"]): m for m in found}
    marks = {}
    for line in lines:
        place = (line["submission"], line["notebook"], line["question"], "question")
        mark = by_hand.get(place) or {name: line[name] for name in COLUMNS}
        if mark["answer_id"] in ("", line["answer_id"]):
            given = None if mark["points"] in (None, "") else float(mark["points"])
            marks[line["key"]] = {**mark, "points": given}
    return marks


def by_question(lines):
    """Return {(notebook, question): its lines, shuffled} in the order of the course."""
    place = lambda line: (line["notebook"], int(line["question"]))  # noqa: E731
    ordered = sorted(lines, key=lambda line: (*place(line), line["key"]))
    return {key: list(found) for key, found in groupby(ordered, place)}


def alike(lines):
    """Return lists of Cards: answers that are nearly the same are together, as they came."""
    cards: dict[str, Card] = {}
    for line in lines:
        text = " ".join(line["answer"].split())
        card = cards.setdefault(text.lower(), Card(line["answer"]))
        card.keys.append(line["key"])
    groups: list[list] = []
    for text, card in cards.items():
        near = (g for g in groups if fuzz.ratio(g[0][0], text, score_cutoff=ALIKE))
        group = next(near, None)
        if group is None:
            groups.append(group := [])
        group.append((text, card))
    return [[card for _, card in group] for group in groups]


def cards(lines, marks, share=(1, 1)):
    """Return the lists of Cards that a marker sees; share: (which, of how many)."""
    which, of = share
    groups = alike(lines)[which - 1 :: of]
    for card in (card for group in groups for card in group):
        found = [marks.get(key, NONE) for key in card.keys]
        given = {one["points"] for one in found}
        card.points = given.pop() if len(given) == 1 else None
        card.remark = next((one["remark"] for one in found if one["remark"]), "")
    return groups


def remarks_used(lines, marks):
    """Return the remarks that were given to answers to a question, the most frequent first."""
    given = (marks[line["key"]]["remark"] for line in lines if line["key"] in marks)
    return [remark for remark, _ in Counter(filter(None, given)).most_common(MAX_REMARKS)]


def save(path, lines, given, remark, by):
    """Write the mark for some answers into a file of manual marks; all else in it stays.

    lines: of answers.csv; given: points, None to withdraw a mark.
    """
    table = [line for _, line in manual_marks.lines_of(path)] if path.exists() else []
    places = {place(line): line for line in table}
    for line in lines:
        mark = {name: line[name] for name in ("submission", "notebook", "question", "answer_id")}
        mark |= {"points": "" if given is None else points(given)}
        mark |= {"remark": safe(remark), "by": safe(by)}
        if place(line) in places:
            places[place(line)].update(mark)
        else:
            table.append(mark)
    write(path, table)


def place(line):
    """Return which answer a line of a table is about."""
    return line["submission"].strip(), line["notebook"].strip(), line["question"].strip()


def write(path, table):
    """Write a table in place of a file, at once: no reader finds half of it."""
    names = dict.fromkeys((*COLUMNS, *(name for line in table for name in line if name)))
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with temporary.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(table)
    temporary.replace(path)
