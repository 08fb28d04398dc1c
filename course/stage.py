"""Lay out a grading run: our notebook and checks, stand-ins for `starter`, their package apart."""

import json
import shutil

from . import given, notebook, paths

CONNECT = '''"""Stand-ins for a student's package: every call runs in the student's own process."""

from course.connect import connect

worker = connect()
'''

STAND_IN = '''"""Stands in for the student's {name}.py."""

from course.remote import module

from . import worker

__getattr__ = module(worker, "{name}")
'''


def stage(folder, files, source, full=False, only=()):
    """Write into `folder` what one run of one notebook on one package needs.

    files: {module name: bytes} of the student's package; source: path of the notebook.
    full: keep the cells that explore, too; only: numbers of the checks to keep, all if none.
    Returns the path of the notebook to run.
    """
    stage_package(folder / "package", files)
    judge = folder / "judge"
    shutil.copytree(paths.DATA_UTILS, judge / "data_utils")
    stage_stand_ins(judge / "starter")
    (judge / "assignments").mkdir()
    homes = stage_reference(folder / "reference")
    graded = notebook.graded(notebook.read(source), full, homes, only)
    target = judge / "assignments" / source.name
    target.write_text(json.dumps(graded), encoding="utf-8")
    return target


def stage_reference(root):
    """Write the solutions where the reference is run; return given.homes, None without any."""
    if not paths.SOLUTIONS.is_dir():
        return None
    (root / "starter").mkdir(parents=True)
    for path in paths.SOLUTIONS.glob("*.py"):
        shutil.copy(path, root / "starter" / path.name)
    return given.homes


def stage_package(root, files):
    """Write the package under judgement: our given modules, their task modules and helpers.

    A task module that was not handed in is the stub, so that it is "not written yet".
    """
    package = root / "starter"
    package.mkdir(parents=True)
    modules = {name: text.encode() for name, text in paths.stubs().items()}
    given = modules.keys() - paths.task_modules()
    theirs = {name: content for name, content in files.items() if name not in given}
    for name, content in {**modules, **theirs}.items():
        (package / name).write_bytes(content)
        (package / name).chmod(0o644)
    for path in (root, package):
        path.chmod(0o755)


def stage_stand_ins(package):
    """Write a `starter` whose every function is called in the student's process."""
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(CONNECT, encoding="utf-8")
    for module in paths.stubs():
        if module != "__init__.py":
            text = STAND_IN.format(name=module.removesuffix(".py"))
            (package / module).write_text(text, encoding="utf-8")
