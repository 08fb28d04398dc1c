"""Judges: forked or fresh, each by itself, and none that outlives its run."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course import paths
from course.intake.submission import read_submission
from course.judge import jobs, prefork

KINDS = [
    prefork.Fresh,
    pytest.param(prefork.Forked, marks=pytest.mark.skipif("sys.platform != 'linux'")),
]
PASSES = "# Check 1 (2 points): one\nprint('✓ one')"
FAILS = "# Check 2 (3 points): two\nraise ValueError('no')"


def write_notebook(folder, *cells):
    """Write a notebook of code cells; return its path."""
    made = [
        {"cell_type": "code", "id": f"c{n}", "source": source, "metadata": {}, "outputs": [],
         "execution_count": None}
        for n, source in enumerate(cells)
    ]  # fmt: skip
    path = folder / "1_made.ipynb"
    document = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def job(path):
    """Return the job to run a notebook on the solutions, without a sandbox."""
    return jobs.Job(read_submission(paths.SOLUTIONS, "student"), path, 0, "none")


@pytest.fixture(params=KINDS)
def judges(request):
    """What starts judges, of both kinds."""
    found = request.param()
    yield found
    found.close()


def said(judges, path):
    """Return (outcome, message) of each check of a notebook."""
    return [(o.verdict, o.message) for o in jobs.outcomes(job(path), judges)]


def test_a_judge_says_of_each_check_what_it_found(judges, tmp_path):
    words = "The check stopped with ValueError: no"
    assert said(judges, write_notebook(tmp_path, PASSES, FAILS)) == [
        ("passed", ""),
        ("failed", words),
    ]


@pytest.mark.parametrize("line", ["%time x = 1", "x = %pwd", "x = !true", "x = 5 % 3 != 2, '?'"])
def test_a_cell_may_hold_magics_and_signs_that_look_like_them(line, tmp_path):
    made = write_notebook(tmp_path, f"# Check 1 (1 point): one\n{line}\nassert x is not None")
    fresh = prefork.judges()
    assert said(fresh, made) == [("passed", "")]
    fresh.close()


def test_what_one_judge_leaves_behind_is_not_there_for_the_next(judges, tmp_path):
    check = "# Check 1 (1 point): one\nimport numpy\nassert not hasattr(numpy, 'left')\n"
    path = write_notebook(tmp_path, f"{check}numpy.left = 1")
    assert [said(judges, path) for _ in range(2)] == [[("passed", "")]] * 2


def test_a_judge_that_dies_leaves_its_checks_not_run_and_the_next_judge_alone(judges, tmp_path):
    dies = "# Check 2 (1 point): two\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    first, second = said(judges, write_notebook(tmp_path, PASSES, dies))
    assert first == ("passed", "")
    assert second[0] == "not run"
    assert "the run ended before this check" in second[1]
    assert said(judges, write_notebook(tmp_path, PASSES)) == [("passed", "")]


def test_a_check_that_never_ends_is_stopped_and_is_not_the_students_doing(
    judges, tmp_path, monkeypatch
):
    monkeypatch.setattr(jobs, "CELL_SECONDS", 4)
    monkeypatch.setattr(jobs, "SLACK", 0)
    endless = "# Check 1 (1 point): one\nimport time\nwhile True: time.sleep(0.01)"
    found = said(judges, write_notebook(tmp_path, endless, PASSES.replace("1", "2")))
    assert found == [("not run", "The check was stopped after 4 seconds."), ("passed", "")]


def test_no_variable_that_steers_python_or_names_a_run_reaches_a_judge(
    judges, tmp_path, monkeypatch
):
    for name in ("PYTHONSTARTUP", "PYTEST_ADDOPTS", "COURSE_SEED", "JUPYTER_PATH"):
        monkeypatch.setenv(name, "--fail")
    tells = "# Check 1 (1 point): one\nimport os\nassert '--fail' not in os.environ.values()"
    assert said(judges, write_notebook(tmp_path, tells)) == [("passed", "")]


def test_stopping_ends_a_judge_that_hangs_and_its_students_process(judges, tmp_path):
    hangs = f"# Set-up\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(__import__('os').getpid()))"
    path = write_notebook(tmp_path, hangs, "# Check 1 (1 point): one\nwhile True: pass")
    folder = tmp_path / "run"
    folder.mkdir()
    target = jobs.stage(folder, job(path).submission.files, path)
    with open(tmp_path / "log", "wb") as log:
        arguments = [str(target), str(folder / "prints"), "60"]
        lines = judges.start(arguments, jobs.variables(job(path), folder, 60), log)
    wait_until(lambda: read(tmp_path / "pid"))
    judges.close()
    assert lines.read() == b""
    wait_until(lambda: not lives(int(read(tmp_path / "pid"))))


@pytest.mark.skipif(sys.platform != "linux", reason="forked judges are for Linux")
def test_judges_die_with_the_command_that_started_them(tmp_path):
    code = (
        "from course.judge import prefork; import time; j = prefork.Forked(); "
        "print(j.parent.pid, flush=True)"
    )
    command = [sys.executable, "-c", f"{code}; time.sleep(60)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=paths.ROOT) as main:
        parent = int(main.stdout.readline())
        assert lives(parent)
        main.send_signal(signal.SIGKILL)
    wait_until(lambda: not lives(parent))


@pytest.fixture(scope="module")
def imported():
    """The names of the packages that the process which forks has imported."""
    code = (
        "import sys; from course.judge import prefork; prefork.import_everything(); "
        "print(*(m for m, found in sys.modules.items() if found))"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in ran.stdout.split()}


def test_the_process_that_forks_has_read_no_submission_and_no_solution(imported):
    assert "nbval" in imported
    assert not imported & {"solutions", "starter"}


def test_the_process_that_forks_waits_for_no_module_that_checks_do_without(imported):
    assert not imported & {"matplotlib", "pooch", "ipywidgets", "coverage", "isoduration"}


def test_the_process_that_forks_has_one_thread():
    code = (
        "from course.judge import prefork; prefork.import_everything(); "
        "import os; print(len(os.listdir('/proc/self/task')))"
    )
    command = [sys.executable, "-c", code]
    environment = prefork.environment()
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "1"


def read(path):
    """Return a file's text, or nothing if there is none yet."""
    return path.read_text() if path.exists() else ""


def lives(pid):
    """Tell whether a process is there and not a zombie."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def wait_until(holds, seconds=60):
    """Wait until something holds; fail when it takes too long."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
