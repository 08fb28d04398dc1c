"""What takes the place of grading a job on a cluster's worker, to test and to measure the rest."""

import json
import os
from pathlib import Path

from course import notebook, paths
from course.judge.jobs import not_run


def pass_all(job, wanted):
    """Say that each check passed."""
    checks = notebook.checks(paths.ASSIGNMENTS / job["notebook"])
    whose = {"submission": job["submission"]["id"], "notebook": Path(job["notebook"]).stem}
    earned = [{"outcome": "passed", "message": "", "points": c.max_points} for c in checks]
    found = [{**whose, **not_run(c, ""), **e} for c, e in zip(checks, earned, strict=True)]
    return json.dumps(found)


def kill_worker(job, wanted):
    """End the worker's process."""
    os._exit(1)
