"""`--cluster`: the same jobs on a Dask cluster of real processes, on this machine."""

import json
import os
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import psutil
import pytest
from click.testing import CliRunner

from course import paths
from course.commands import __main__ as cli
from course.intake.submission import Submission, read_submission
from course.judge import cluster
from course.judge import jobs as run
from course.judge.cluster import ClusterError
from course.judge.jobs import Job
from tests.helpers.cluster import ended_after, started, worker

FIRST = paths.notebooks()[0]


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler."""
    process, address = started("scheduler", "--host", "127.0.0.1", "--port", "0")
    with ended_after(process):
        yield address


def handed_in(name, folder=paths.SOLUTIONS):
    return read_submission(folder, name)


def jobs(*submissions):
    return [Job(s, FIRST, 7, "bwrap") for s in submissions]


def by_submission(arrived):
    """Return {submission: {check: outcome}}, and how often each came to its end."""
    found, ends = {}, Counter()
    for job, outcome in arrived:
        if outcome is None:
            ends[job.submission.id] += 1
        else:
            checks = found.setdefault(job.submission.id, {})
            assert outcome.check not in checks, "graded twice"
            assert outcome.submission == job.submission.id
            checks[outcome.check] = replace(outcome, seconds=0)
    return found, ends


LEFT = frozenset({2, 7})
"""The checks that are left to run of a submission that was stopped before."""


@pytest.fixture(scope="module")
def graded(scheduler, bubblewrap):
    """A class graded by two workers, of which one is killed and another joins: what arrived."""
    names = [f"student{n}" for n in range(5)]
    todo = jobs(
        *(handed_in(name) for name in names),
        handed_in("stubs", paths.STARTER),
        Submission("refused", problem="it is a zip bomb"),
    )
    todo.append(replace(*jobs(handed_in("resumed")), only=LEFT))
    with worker(scheduler) as (first, _), worker(scheduler):
        arrived = cluster.run_all(todo, scheduler, "bwrap")
        found = [next(arrived)]
        first.kill()
        with worker(scheduler):
            found += arrived
    return by_submission(found)


def test_a_worker_that_dies_loses_nothing_and_nothing_is_graded_twice(graded):
    found, ends = graded
    assert set(found) == {*(f"student{n}" for n in range(5)), "stubs", "refused", "resumed"}
    assert set(ends.values()) == {1}
    for n in range(5):
        assert not [o.message for o in found[f"student{n}"].values() if o.verdict != "passed"]


def test_after_a_stop_only_the_checks_that_are_left_are_run(graded):
    found, _ = graded
    assert {n: o.verdict for n, o in found["resumed"].items()} == dict.fromkeys(LEFT, "passed")


def test_outcomes_are_those_of_this_machine(graded):
    here, _ = by_submission(run.run_all(jobs(handed_in("stubs", paths.STARTER)), 1))
    assert graded[0]["stubs"] == here["stubs"]


def test_a_refused_submission_is_reported_with_its_problem(graded):
    for outcome in graded[0]["refused"].values():
        assert (outcome.verdict, outcome.message) == ("not run", "it is a zip bomb")


def test_a_worker_that_dies_leaves_no_process_behind(scheduler, bubblewrap):
    with worker(scheduler) as (process, _):
        arrived = cluster.run_all(jobs(handed_in("a"), handed_in("b")), scheduler, "bwrap")
        next(arrived)
        below = psutil.Process(process.pid).children(recursive=True)
        assert below
        process.kill()
        gone, alive = psutil.wait_procs(below, timeout=60)
        assert not alive
        arrived.close()


def test_a_submission_that_kills_every_worker_is_not_run(scheduler, monkeypatch):
    from tests.helpers import cluster_stubs

    monkeypatch.setattr(cluster, "grade", cluster_stubs.kill_worker)
    with worker(scheduler), worker(scheduler), worker(scheduler), worker(scheduler):
        found, ends = by_submission(cluster.run_all(jobs(handed_in("a")), scheduler, "none"))
    assert set(ends.values()) == {1}
    assert {o.verdict for o in found["a"].values()} == {"not run"}
    assert all("each worker that ran this died" in o.message for o in found["a"].values())


def test_a_worker_with_another_version_of_the_course_is_refused(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "version", lambda: "another")
    with worker(scheduler) as (_, address), pytest.raises(ClusterError) as refusal:
        list(cluster.run_all(jobs(handed_in("a")), scheduler, "none"))
    assert address in str(refusal.value)
    assert "it has another version of the course; update it and restart the worker" in str(
        refusal.value
    )


def test_a_worker_of_another_version_that_joins_later_runs_nothing():
    job = cluster.described(jobs(handed_in("a"))[0])
    assert "it has another version of the course" in cluster.unfit("another", job["sandbox"])


def test_a_worker_whose_files_changed_since_it_began_is_refused(monkeypatch):
    began = cluster.begun()
    monkeypatch.setattr(cluster, "version", lambda: "updated")
    for wanted in (began, "updated"):
        assert "restart the worker" in cluster.unfit(wanted, "none")


def test_a_worker_without_the_sandbox_is_refused(monkeypatch):
    monkeypatch.setattr(cluster.sandbox.shutil, "which", lambda name: None)
    assert "bubblewrap is not installed" in cluster.unfit(cluster.version(), "bwrap")


def test_a_cluster_without_workers_is_refused(scheduler):
    with pytest.raises(ClusterError, match="no worker yet; start some: dask worker tcp://"):
        list(cluster.run_all(jobs(handed_in("a")), scheduler, "none"))


def test_a_scheduler_that_dies_stops_the_run_with_a_sentence():
    process, address = started("scheduler", "--host", "127.0.0.1", "--port", "0")
    with ended_after(process), worker(address):
        arrived = cluster.run_all(jobs(handed_in("a"), handed_in("b")), address, "none")
        next(arrived)
        process.kill()
        with pytest.raises(ClusterError, match="cannot go on: .* run the same command again"):
            list(arrived)


def test_a_scheduler_that_is_gone_before_it_is_asked_is_named_in_the_same_sentence():
    def nthreads():
        raise OSError("Timed out trying to connect to tcp://127.0.0.1:9 after 20 s")

    with pytest.raises(ClusterError, match="its scheduler has gone. .* run the same command again"):
        cluster.capacity(SimpleNamespace(nthreads=nthreads), {})


def test_an_address_where_nobody_answers_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    (tmp_path / "class" / "a").mkdir(parents=True)
    words = [tmp_path / "class", "--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9"]
    ran = CliRunner().invoke(cli.main, ["grade", *map(str, words)])
    assert ran.exit_code == 2
    assert "course: no Dask scheduler answers at tcp://127.0.0.1:9" in ran.output


def test_only_data_that_the_job_needs_travels():
    submission = replace(handed_in("a"), name="Ada Lovelace")
    job = jobs(submission)[0]
    travels = json.dumps(cluster.described(job), default=lambda content: content.decode())
    assert "Lovelace" not in travels and str(paths.ROOT) not in travels


def test_memory_does_not_grow_with_the_class(scheduler, monkeypatch):
    from tests.helpers import cluster_stubs

    monkeypatch.setattr(cluster, "grade", cluster_stubs.pass_all)
    monkeypatch.setattr(cluster, "AHEAD", 50)
    size, number, warm_up = 100_000, 1_000, 300
    handed = (Submission(f"s{n}", {"layers.py": os.urandom(size)}) for n in range(number))
    sizes = []
    with worker(scheduler):
        for _, outcome in cluster.run_all((jobs(s)[0] for s in handed), scheduler, "none"):
            if outcome is None:
                sizes.append(psutil.Process().memory_info().rss)
    assert len(sizes) == number
    held = size * (number - warm_up)
    assert sizes[-1] - sizes[warm_up] < held / 4
