"""What takes the place of grading a job on a cluster's worker, to test and to measure the rest."""

import os
from dataclasses import replace

from course import notebook, paths
from course.judge.jobs import not_run


def pass_all(job, wanted):
    """Say that each check passed."""
    path = paths.ASSIGNMENTS / job["notebook"]
    whose = {"submission": job["submission"]["id"], "notebook": path.stem}
    return [
        replace(not_run(check, ""), verdict="passed", points=check.max_points, **whose).to_json()
        for check in notebook.checks(path)
    ]


def kill_worker(job, wanted):
    """End the worker's process."""
    os._exit(1)
