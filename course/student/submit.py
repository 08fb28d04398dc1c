"""Pack what a student hands in: the modules they wrote, and the notebooks they answered in."""

import ast
import json
from pathlib import PurePosixPath

from .. import notebook, paths, stubs
from ..intake import own_notebooks, written_answers
from . import tasks


class SubmitError(Exception):
    """An archive cannot be written; the message says what to do."""


def parts(files):
    """Return {name in the archive: bytes} of all that is handed in.

    files: {path in the package: bytes} of the student's own modules. Given modules are left out:
    grading has its own; so are notebooks without an answer, and the outputs of the others.
    """
    own = sorted(name for name in files if not paths.is_given(name))
    package = {f"starter/{name}": files[name] for name in own}
    group = paths.STARTER / "GROUP.txt"
    package |= {"starter/GROUP.txt": group.read_bytes()} if group.is_file() else {}
    return package | {f"assignments/{path.name}": stripped(path) for path in answered()}


def modules():
    """Return {path in the package: path} of the modules in starter/ that belong to the package.

    A folder in it that holds a module called as one of the course's is a copy, not a part.
    """
    copies = {path.parent for path in below() if path.name in stubs.task_modules()}
    copies.discard(paths.STARTER)
    return {
        path.relative_to(paths.STARTER).as_posix(): path
        for path in below()
        if not copies & set(path.parents)
    }


def below():
    """Return the paths of the modules in starter/ and in the folders in it, none of them hidden."""
    found = sorted(paths.STARTER.rglob("*.py"))
    parts = {path: path.relative_to(paths.STARTER).parts for path in found}
    return [path for path in found if not any(part.startswith(".") for part in parts[path])]


def changed():
    """Return the names of the given modules in starter/ that are not as they were given."""
    texts = stubs.package()
    given = {name: path for name, path in modules().items() if paths.is_given(name)}
    return {n for n, path in given.items() if path.read_bytes() != texts.get(n, "").encode()}


def notebooks():
    """Return the paths of the notebooks in assignments/, copies of them included."""
    return sorted(p for p in paths.ASSIGNMENTS.glob("*.ipynb") if not p.name.startswith("."))


def answered():
    """Return the notebooks in which the student has answered a question."""
    return [path for path in notebooks() if any(answers_in(path, path.read_bytes())[1:])]


def answers_in(path, content):
    """Return (name, {question: answer}, [texts that answer none]) of a notebook's bytes.

    The name is None for a notebook that is not the course's.
    """
    try:
        return written_answers.of_file(path, content)
    except written_answers.NotOurs:
        return None, {}, []
    except written_answers.ERRORS as error:
        todo = "put the one that you were given in its place"
        raise SubmitError(f"{path} cannot be read as a notebook: {error}; {todo}") from None


def stripped(path):
    """Return the bytes of the notebook at `path` without its outputs."""
    document = notebook.without_outputs(notebook.read(path))
    return json.dumps(document, indent=1, ensure_ascii=False).encode()


def notes(contents):
    """Return {name in the archive: note}; a note may be empty.

    contents: what `parts` returned. A module with tasks that is not in it is named, too.
    """
    files = {name.removeprefix("starter/"): content for name, content in contents.items()}
    left, all_stubs = tasks.unwritten(files), tasks.unwritten({})
    notes = {
        f"starter/{module}": of_module(files.get(module), left.get(module, []), all_stubs[module])
        for module in stubs.task_modules()
    }
    for name, content in contents.items():
        notes.setdefault(name, of_other(name, content))
    return notes


def of_other(name, content):
    """Return the note on a notebook, the list of a group, or a module of the student's own."""
    if name.endswith("GROUP.txt"):
        return "who hands this in together"
    return of_notebook(name, content) if name.endswith(".ipynb") else "your own"


def of_module(content, left, stubs):
    """Return the note on a module with tasks; left: its stubs that are not written."""
    if content is None:
        return "not there: it counts as not written"
    try:
        ast.parse(content, "this file")
    except (SyntaxError, ValueError) as error:
        return f"Python cannot read it: {error}"
    if left == stubs:
        return "nothing written yet"
    return f"still to write: {', '.join(left)}" if left else ""


def of_notebook(name, content):
    """Return a line for each question that a notebook answers, and for each text without one."""
    found, answers, unplaced = answers_in(PurePosixPath(name), content)
    asked = own_notebooks.own(found).questions
    lines = [f"written answers: {len(answers)} of {len(asked)} questions"]
    lines += [f"question {n}: {short(text)}" for n, text in answers.items()]
    lines += [f"answers no question that can be told: {short(text)}" for text in unplaced]
    return "\n".join(lines)


def short(text):
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]} …"


def left_out(contents):
    """Return {path: reason} of files in starter/ and assignments/ that are not handed in.

    contents: what `parts` returned. Files that no program reads are not looked at.
    """
    mine = modules()
    found = {
        f"starter/{path.relative_to(paths.STARTER).as_posix()}": "it lies in a copy of the package"
        for path in below()
        if path not in mine.values()
    }
    for path in notebooks():
        if f"assignments/{path.name}" not in contents:
            name = answers_in(path, path.read_bytes())[0]
            why = (
                "no written answer is in it" if name else "it is not one of the course's notebooks"
            )
            found[f"assignments/{path.name}"] = why
    return found
