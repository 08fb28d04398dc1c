"""Lay out a grading run: our notebook and checks, proxies as `starter`, their package apart."""

import json

from .. import notebook, paths, prerequisites, stubs

CONNECT = '''"""Proxies of a student's package: every call runs in the student's own process."""

from course.judge.session import connect
from data_utils import check

worker = connect()
check.clock = worker.clock
'''

PROXY = '''"""The proxies of the student's module {name}."""

from course.judge.proxy import module

from starter import worker

__getattr__ = module(worker, "{name}")
'''


def stage(folder, files, source, full=False, only=()):
    """Write into `folder` all files for one run of one notebook on one package.

    files: {module name: bytes} of the student's package; source: path of the notebook.
    full: keep the cells that explore, too; only: numbers of the checks to keep, all if none.
    Returns the path of the notebook to run.
    """
    stage_package(folder / "package", files)
    judge = folder / "judge"
    stage_proxies(judge / "starter")
    (judge / "assignments").mkdir()
    names_given = prerequisites.names_given if paths.SOLUTIONS.is_dir() else None
    graded = notebook.graded(notebook.read(source), full, names_given, only)
    target = judge / "assignments" / source.name
    target.write_text(json.dumps(graded), encoding="utf-8")
    return target


def stage_package(root, files):
    """Write the package under judgement: our given modules, their task modules and helpers.

    A task module that was not handed in is the stub, so that it is "not written yet".
    """
    package = root / "starter"
    package.mkdir(parents=True)
    modules = {name: text.encode() for name, text in stubs.package().items()}
    theirs = {name: content for name, content in files.items() if not paths.is_given(name)}
    for name, content in {**modules, **theirs}.items():
        (package / name).parent.mkdir(exist_ok=True, parents=True)
        (package / name).write_bytes(content)
        (package / name).chmod(0o644)
    for path in (root, *(path for path in root.rglob("*") if path.is_dir())):
        path.chmod(0o755)


def stage_proxies(package):
    """Write a `starter` whose every function is called in the student's process."""
    for module in stubs.package():
        (package / module).parent.mkdir(exist_ok=True, parents=True)
        name = prerequisites.dotted(module)
        text = "" if name.endswith("__init__") else PROXY.format(name=name)
        (package / module).write_text(text, encoding="utf-8")
    (package / "__init__.py").write_text(CONNECT, encoding="utf-8")
