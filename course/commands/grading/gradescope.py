"""The program that Gradescope runs for each submission: submission/ to results/results.json.

Started as `python -m course.commands.grading.gradescope FOLDER`; the FOLDER is /autograder there.
It runs as root in a container that may forbid bubblewrap. Then the student's process becomes
another user, who can read neither the course nor the results.
"""

import json
import os
import sys
from pathlib import Path

from ... import paths
from ...intake.submission import read_submission
from ...judge import sandbox
from ...judge.jobs import Job, collect, new_seed
from ...outcome import Row
from ...report import exports


def main(folder):
    """Grade FOLDER/submission and write FOLDER/results/results.json; return the exit code.

    If a check could not be run, and the submission is not the reason, this writes no file:
    Gradescope then reports that the autograder failed, instead of a mark that is too low.
    """
    results = folder / "results" / "results.json"
    results.unlink(missing_ok=True)
    for path in (paths.ROOT, results.parent):
        path.chmod(0o700)
    kind = strongest()
    if not kind:
        return 1
    submission = read_submission(folder / "submission", "submission")
    row = grade(submission, kind)
    if row.could_not_run and not submission.problem:
        print(row.could_not_run)
        return 1
    results.write_text(json.dumps(exports.results(row), ensure_ascii=False), encoding="utf-8")
    return 0


def strongest():
    """Return the strongest kind of sandbox that works here, None if there is none.

    Gradescope shows to instructors what this prints.
    """
    for kind in ("bwrap", "user"):
        try:
            sandbox.require(kind)
        except sandbox.SandboxError as error:
            print(f"No sandbox {kind}: {error}")
        else:
            print(f"Sandbox: {kind}")
            return kind
    return None


def grade(submission, kind):
    """Return a submission's Row, graded on inputs that are new each time."""
    seed = new_seed()
    print(f"Seed: {seed}")
    jobs = [Job(submission, path, seed, kind) for path in paths.notebooks()]
    return Row(
        submission.id,
        collect(jobs, os.cpu_count() or 1),
        problem=submission.problem,
        todo=submission.todo,
        remarks=submission.remarks,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
