"""Written answers with what an instructor gave for them, and answers.csv, which collects them."""

import csv
from dataclasses import replace

from ..intake import own_notebooks
from ..text import points, safe
from .manual_marks import COLUMNS, answer_id


def with_marks(answered, marks, counted=frozenset()):
    """Return (answers, remarks): what was written, with what it was given.

    answered: see intake.written_answers.written; marks: of this student, see manual_marks.read;
    counted: {(notebook, question)} that somebody in the class has a mark for: they count for all.
    The answers are dicts with the keys notebook, question, asked, answer, answer_id, max_points,
    points, lost, remark, by, marked and counts. A mark for another answer than the one that is
    there now is dropped, with a remark.
    """
    given = {(m["notebook"], m["number"]): m for m in marks if m["kind"] == "question"}
    found = {(one["notebook"], one["question"]): one for one in answered}
    answers, remarks = [], []
    for key in sorted(given.keys() | found.keys() | counted):
        one = answer_of(key, found.get(key))
        mark = given.get(key)
        if mark and mark["answer_id"] not in ("", one["answer_id"]):
            remarks.append(dropped(key, mark))
            mark = None
        one |= mark_of(mark) | {"counts": key in counted or mark is not None}
        answers.append({**one, "lost": max(0, one["max_points"] - one["points"])})
    return answers, remarks


def answer_of(key, answered):
    """Return a written answer; an empty one, with the question asked, if there is none."""
    notebook, question = key
    asked = own_notebooks.questions().get(notebook, [])[question - 1 : question]
    answer = (answered or {}).get("answer", "")
    return {
        **{"notebook": notebook, "question": question, "asked": "".join(asked)},
        **{"answer": answer, "answer_id": answer_id(answer)},
        "max_points": own_notebooks.max_points(notebook)[question - 1] if asked else 0,
    }


def mark_of(given):
    """Return what an answer was given: points, remark, by whom and whether it is marked."""
    mark = given or {"points": 0, "remark": "", "by": ""}
    said = {name: mark[name] for name in ("points", "remark", "by")}
    return {**said, "marked": given is not None}


def dropped(key, mark):
    """Return the remark that a mark is for an answer that is not there any more."""
    notebook, question = key
    return (
        f"{notebook}, question {question}: this answer is not the one that was marked "
        f"({points(mark['points'])} points); it is to be marked anew"
    )


def with_marks_by_hand(outcomes, marks):
    """Return (outcomes, by_hand): a check whose mark was changed by hand has those points.

    by_hand: {(notebook, check): its mark, and as `was` the points that the check itself gave}.
    """
    given = {(m["notebook"], m["number"]): m for m in marks if m["kind"] == "check"}
    was = {(o.notebook, o.check): o.points for o in outcomes}
    by_hand = {key: {**mark, "was": was[key]} for key, mark in given.items() if key in was}
    changed = [
        remarked(o, by_hand[o.notebook, o.check]) if (o.notebook, o.check) in by_hand else o
        for o in outcomes
    ]
    return changed, by_hand


def remarked(outcome, mark):
    """Return an outcome with the points that it was given by hand; it has been looked at, then."""
    verdict = "failed" if outcome.verdict == "not run" else outcome.verdict
    full = mark["points"] >= outcome.max_points > 0
    return replace(outcome, points=mark["points"], verdict="passed" if full else verdict)


def write_answers(path, rows):
    """Write answers.csv: a line for each written answer, with its mark so far."""
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow([*COLUMNS, "asked", "answer"])
        for row in rows:
            for one in row.answers:
                given = (points(one["points"]), one["remark"], one["by"])
                given = given if one["marked"] else ("", "", "")
                texts = (*given, one["answer_id"], one["asked"], one["answer"])
                writer.writerow([row.id, one["notebook"], one["question"], *map(safe, texts)])
