"""Written answers: a student's texts on the questions to think about.

A notebook that was handed in is read, never run; what cannot be matched to a question is kept as
unplaced, for the instructor.
"""

import json
from pathlib import PurePosixPath

from .answer_cells import answers_in
from .archives import UNREADABLE
from .own_notebooks import name_of, own

MAX_ANSWER = 10_000
MAX_NOTEBOOK = 10 * 2**20
MAX_TOTAL = 40 * 2**20
MAX_UNPLACED = 50
ERRORS = (*UNREADABLE, TypeError, KeyError, AttributeError, RecursionError)


def written(notebooks):
    """Return the written answers in the notebooks handed in, Entries, as fields of Submission.

    answers: dicts with the keys notebook, question (its number, from 1), asked and answer;
    unplaced: dicts with the keys notebook and answer; used, replaced, left_out, remarks.
    """
    result: dict = {"answers": [], "unplaced": [], "used": [], "replaced": []}
    result |= {"left_out": [], "remarks": []}
    copies: dict[str, list] = {}
    left = MAX_TOTAL
    for entry in notebooks:
        name, found, unplaced = read_entry(entry, min(left, MAX_NOTEBOOK), result)
        left -= entry.size
        if name:
            copies.setdefault(name, []).append((found, unplaced, entry))
    for name, several in sorted(copies.items()):
        put_together(name, several, result)
    return result


def read_entry(entry, most, result):
    """Return (notebook, its answers, unplaced texts); None if the file is left out."""
    reason = "it is too large to look for written answers in it"
    if entry.size <= most:
        try:
            return of_file(entry.path, entry.read(MAX_NOTEBOOK))
        except ERRORS as error:
            reason = f"{entry.path.name} cannot be read as a notebook: {type(error).__name__}"
        except NotOurs:
            result["left_out"].append([str(entry.name), "not one of the course's notebooks"])
            return None, {}, []
    result["left_out"].append([str(entry.name), reason])
    result["remarks"].append(f"{entry.name} is left out: {reason}; no answers are taken from it")
    return None, {}, []


class NotOurs(Exception):
    """A notebook that is none of the course's."""


def of_file(path, content):
    """Return (name, {question: answer}, [unplaced texts]) of a notebook's bytes.

    Raises NotOurs, or one of ERRORS where it cannot be read.
    """
    document = json.loads(content)
    name = name_of(PurePosixPath(path), document)
    if name is None:
        raise NotOurs
    return name, *answers_in(document, own(name))


def put_together(name, several, result):
    """Add the answers of the copies of one notebook; where they differ, most answers count."""
    several.sort(key=lambda copy: (len(copy[0]), copy[2].age), reverse=True)
    best = several[0][2]
    kept: dict[int, str] = {}
    for found, unplaced, entry in several:
        other = {n: text for n, text in found.items() if kept.get(n, text) != text}
        new = found.keys() - kept.keys()
        kept |= {n: found[n] for n in new}
        texts = [*other.values(), *unplaced]
        result["unplaced"] += [{"notebook": name, "answer": cut(t)} for t in texts[:MAX_UNPLACED]]
        if other:
            numbers = ", ".join(map(str, sorted(other)))
            what = f"question {numbers}: {best.name} counts, {entry.name} says something else"
            result["remarks"].append(f"{name}, {what}")
        account(entry, bool(new or texts), result)
    asked = own(name).questions
    result["answers"] += [
        {"notebook": name, "question": n, "asked": asked[n - 1], "answer": cut(kept[n])}
        for n in sorted(kept)
    ]


def account(entry, used, result):
    """Return the remark on a notebook."""
    if used:
        result["used"].append([str(entry.name), "written answers"])
    else:
        result["replaced"].append(str(entry.name))


def cut(text):
    """Return a text, or its beginning if it is far too long, with a word about that."""
    if len(text) <= MAX_ANSWER:
        return text
    return f"{text[:MAX_ANSWER]} … (cut: it has {len(text)} characters)"
