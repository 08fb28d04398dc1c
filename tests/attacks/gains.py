"""Print what each attack of tests/attacks gains, however a submission is graded.

`python -m tests.attacks.gains bwrap` or `user` grades as `course grade --sandbox` does, and
`autograder` as Gradescope does in a container without bubblewrap. For `user` and `autograder`, be
root. An attack gains something where a check passes that it attacks, where a piece of a solution
is shown, or where nothing is reported.
"""

import argparse
import contextlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path

from course import paths
from course.intake.submission import read_submission
from course.judge import jobs
from course.stubs import package_texts
from course.text import legible
from tests.attacks import (
    test_attacks,
    test_attacks_on_cluster,
    test_attacks_on_intake,
    test_thefts,
)
from tests.helpers import autograder

SECONDS = 4
FIRST = paths.notebooks()[0]


def main():
    """Grade all attacks and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("how", choices=["bwrap", "user", "autograder"])
    parser.add_argument("names", nargs="*", help="of attacks; all, if none is given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        found = handed_in(folder)
        found = {n: found[n] for n in options.names or found}
        grade = by_autograder if options.how == "autograder" else by_course
        gains = 0
        for attack, results, shown in grade(found, options.how, folder):
            gain = gained(attack, found[attack][1], results, shown)
            gains += bool(gain)
            print(
                f"{attack:28} {sum(p for _, p, _ in results):4} points  {gain or '-'}", flush=True
            )
    print(f"{len(found)} attacks, {gains} gained something")


def handed_in(folder):
    """Write all attacks into a folder; return {name: (path, task attacked, notebook)}."""
    found = {}
    known = {"CANARY": folder / "canary", "PORT": 9}
    (folder / "canary").mkdir()
    for attack in test_attacks.SAID:
        test_attacks.hand_in(folder / "calls", attack, attack, **known)
        found[attack] = (folder / "calls" / attack, test_attacks.target(attack)[1], FIRST)
    for attack in test_attacks_on_cluster.SAID:
        known = {"SCHEDULER": 9, "WORKER": 9, "LOCAL": folder / "calls"}
        test_attacks_on_cluster.hand_in(folder / "cluster", attack, **known)
        found[attack] = (folder / "cluster" / attack, test_attacks.NAIVE, FIRST)
    for attack, (name, _, task, _) in test_thefts.THEFTS.items():
        test_thefts.hand_in(folder / "thefts", attack)
        path = paths.ASSIGNMENTS / f"{name}.ipynb"
        found[attack] = (folder / "thefts" / attack, task, path)
    package = {name: text.encode() for name, text in package_texts(paths.SOLUTIONS).items()}
    for attack in test_attacks_on_intake.SAID:
        place = folder / "archives" / attack
        place.mkdir(parents=True)
        test_attacks_on_intake.loaded(attack, folder / "canary").hand_in(place, package)
        found[f"{attack} (packed)"] = (place, None, FIRST)
        if unpack(place, folder / "unpacked" / attack):
            found[f"{attack} (unpacked)"] = (folder / "unpacked" / attack, None, FIRST)
    return found


def unpack(place, target):
    """Unpack the only file in a folder as a platform does; tell whether that is possible."""
    target.mkdir(parents=True)
    (path, *_) = place.iterdir()
    with contextlib.suppress(zipfile.BadZipFile, ValueError, OSError, IndexError):
        if not path.is_file():  # who opens a pipe, waits
            return False
        zipfile.ZipFile(path).extractall(target)
        return any(target.iterdir())
    return False


def by_course(found, kind, folder):
    """Grade submissions as `course grade` does; yield (attack, [(task, points, message)], text)."""
    jobs.CALL_SECONDS = SECONDS
    todo = [jobs.Job(read_submission(p, n), nb, 7, kind) for n, (p, _, nb) in found.items()]
    outcomes = {name: [] for name in found}
    for job, outcome in jobs.run_all(todo, 2):
        if outcome:
            outcomes[job.submission.id].append(outcome)
    for name, them in outcomes.items():
        text = "\n".join(f"{o.message}\n{o.prints}" for o in them)
        yield name, [(o.task, o.points, o.message) for o in them], text


def by_autograder(found, how, folder):
    """Grade submissions by the autograder; yield as by_course."""
    (folder / "bin").mkdir()
    variables = autograder.without_bubblewrap(folder / "bin")
    with contextlib.ExitStack() as stack:
        places = {}
        for name, (path, _, notebook) in found.items():
            if notebook not in places:
                places[notebook] = stack.enter_context(autograder.unpacked([notebook]))
            place = places[notebook]
            shutil.rmtree(place / "submission", ignore_errors=True)
            path.rename(place / "submission")
            _, results, said = autograder.run(place, **variables)
            if results is None:
                yield name, [], f"nothing is reported: {said[-300:]}"
                continue
            tests = [(task_of(t), t["score"], t["output"]) for t in results["tests"]]
            yield name, tests, json.dumps(results, ensure_ascii=False).replace("\\n", "\n")


def task_of(test):
    """Return the task of a test in results.json."""
    return test["name"].partition(": ")[2]


def gained(attack, task, results, shown):
    """Return what an attack gained, as a few words, or an empty text."""
    if not results:
        return shown
    attacked = [(t, points) for t, points, _ in results if task and t.startswith(task)]
    gains = [f"{t}: {points} points" for t, points in attacked if points]
    if legible(shown) != shown:
        gains.append("not legible")
    if attack in test_thefts.THEFTS and shows_a_solution(attack, shown):
        gains.append("a piece of a solution is shown")
    return "; ".join(gains)


def shows_a_solution(attack, shown):
    """Tell whether a text shows a piece of a solution that the attacker was not given."""
    own = (test_thefts.HERE / f"{attack}.py", *paths.STARTER.rglob("*.py"))
    known, solved = map(pieces_of, (own, paths.SOLUTIONS.rglob("*.py")))
    return bool(test_thefts.pieces(shown) & solved - known)


def pieces_of(files):
    """Return the pieces of some files, see test_thefts.pieces."""
    return test_thefts.pieces("\n".join(path.read_text(encoding="utf-8") for path in files))


if __name__ == "__main__":
    main()
