"""How far a student is: what each check said when it last ran in a notebook.

Each run of a check adds a line to a small file beside the package. Nothing of it is handed in,
and grading neither reads nor writes it.
"""

import json
import re
from contextlib import suppress
from pathlib import Path

from ..headings import first_line, heading
from ..verdicts import NotWritten, verdict

COURSE = Path(__file__).resolve().parents[2]
RECORD = COURSE / ".progress"
LINE = re.compile(r"^(passed|failed|not written)\t(.+)$", re.MULTILINE)
NOTEBOOK = re.compile(r"\d+_\w+")


def register(shell):
    """Have an IPython shell keep what each check says; once is enough."""
    shell.events.register("post_run_cell", keep)


def keep(result):
    """Add what a cell said to the record, if it is a check's: IPython calls this after each."""
    line, said = first_line(result.info.raw_cell).rstrip(), outcome(result)
    if is_check(line) and said:
        with suppress(OSError), RECORD.open("a", encoding="utf-8") as record:
            record.write(f"{said}\t{line}\n")


def is_check(line):
    """Tell whether a cell's first line is the heading of a check; a bonus is none."""
    check = heading(line)
    return bool(check and not check.bonus)


def outcome(result):
    """Return how a cell ended, None if it failed for no fault of the student's."""
    if result.success:
        return "passed"
    failure = verdict(result.error_before_exec or result.error_in_exec)
    return failure and ("not written" if isinstance(failure, NotWritten) else "failed")


def checks():
    """Return {notebook: [(number, points, outcome), ...]} of all checks; to do is "not written"."""
    text = RECORD.read_text(encoding="utf-8") if RECORD.exists() else ""
    last = {heading: said for said, heading in LINE.findall(text)}
    return {
        path.stem: [
            (heading(line).number, heading(line).points, last.get(line, "not written"))
            for line in first_lines(path)
            if is_check(line)
        ]
        for path in sorted((COURSE / "assignments").glob("*.ipynb"))
        if NOTEBOOK.fullmatch(path.stem)
    }


def first_lines(path):
    """Return the first line of every cell of the notebook at `path`."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [first_line(cell["source"]).rstrip() for cell in cells]
