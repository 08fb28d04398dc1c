"""Pack what a student hands in: the modules they wrote, and the notebooks they answered in."""

import ast
import json
from pathlib import PurePosixPath

from .. import notebook, paths, stubs
from ..intake import written_answers
from . import tasks


def parts(files):
    """Return {name in the archive: bytes} of all that is handed in.

    files: {module: bytes} of the student's package. Given modules are left out: grading has its
    own; so are notebooks without an answer, and the outputs of the others.
    """
    package = {f"starter/{name}": files[name] for name in sorted(files.keys() - given())}
    return package | {f"assignments/{path.name}": stripped(path) for path in answered()}


class SubmitError(Exception):
    """What stands in the way of an archive; says what to do."""


def given():
    """Return the names of the modules that a student does not write."""
    return stubs.package().keys() - set(stubs.task_modules())


def changed(files):
    """Return the names of the given modules that are not as they were given."""
    texts = stubs.package()
    return {name for name in given() & files.keys() if files[name] != texts[name].encode()}


def answered():
    """Return the notebooks in which the student has answered a question."""
    for path in paths.notebooks():
        try:
            notebook.read(path)
        except (ValueError, OSError) as error:
            todo = "put the one that you were given in its place"
            raise SubmitError(f"{path} is no notebook that can be read: {error}; {todo}") from None
    return [path for path in paths.notebooks() if count(path.name, path.read_bytes())]


def count(name, content):
    """Return how many written answers are in a notebook; content: its bytes."""
    return len(written_answers.written({name: content})[0])


def stripped(path):
    """Return the bytes of the notebook at `path` without its outputs."""
    document = notebook.without_outputs(notebook.read(path))
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def notes(contents):
    """Return {name in the archive: what to know of it}, a text that may be empty.

    contents: what `parts` returned. A module with tasks that is not in it is named, too.
    """
    files = {PurePosixPath(name).name: content for name, content in contents.items()}
    left, all_stubs = tasks.unwritten(files), tasks.unwritten({})
    told = {
        f"starter/{module}": of_module(files.get(module), left.get(module, []), all_stubs[module])
        for module in stubs.task_modules()
    }
    for name, content in contents.items():
        if name.endswith(".ipynb"):
            told[name] = f"written answers: {count(name, content)}"
        else:
            told.setdefault(name, "your own")
    return told


def of_module(content, left, stubs):
    """Return what to know of a module with tasks; left: which of its stubs are not written."""
    if content is None:
        return "not there: it counts as not written"
    try:
        ast.parse(content, "this file")
    except (SyntaxError, ValueError) as error:
        return f"Python cannot read it: {error}"
    if left == stubs:
        return "nothing written yet"
    return f"still to write: {', '.join(left)}" if left else ""
