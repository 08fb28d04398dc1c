"""Derive `starter` from `solutions` by the one mark, `# SOLUTION: a sentence`.

The mark and the comment lines right below it become a TODO, followed by one raise; the rest
of the block that the mark stands in goes. A file without a mark is copied as it is.
"""

import ast
import re
from functools import cache

from data_utils.headings import stub_line

from . import paths

MARK = re.compile(r"^(?P<indent> *)# SOLUTION: (?P<sentence>\S.*)$")


class DeriveError(Exception):
    """A mark cannot be turned into a stub; the message says where and why."""


def marks(source):
    """Return the numbers of the lines that hold a mark, counted from 0."""
    return [number for number, line in enumerate(source.split("\n")) if MARK.match(line)]


def derive(source, name):
    """Return the stub module made from a solved one.

    source: text of the solved module; name: its file name, for messages.
    Raises DeriveError when a mark stands outside a function or has nothing below it.
    """
    lines = source.split("\n")
    known = list(blocks(ast.parse(source)))
    for number in reversed(range(len(lines))):
        if "# SOLUTION" in lines[number]:
            lines[number:] = stub(lines, number, known, name)
    return "\n".join(lines)


def stub(lines, number, known, name):
    """Return the lines that replace lines[number:], where lines[number] holds a mark.

    known: the blocks of the module.
    """
    where = f"{name}, line {number + 1}"
    mark = MARK.match(lines[number])
    if not mark:
        raise DeriveError(f"{where}: a mark reads '# SOLUTION: a sentence', on a line of its own")
    indent = mark["indent"]
    end = number + 1
    while end < len(lines) and lines[end].startswith(f"{indent}# "):
        end += 1
    task, last = enclosing_task(known, number + 1, len(indent), where)
    return [
        f"{indent}# TODO: {mark['sentence']}",
        *lines[number + 1 : end],
        f"{indent}{stub_line(task)}",
        *lines[last:],
    ]


def enclosing_task(known, line, column, where):
    """Return (name, last line) of the function and of the block that the mark stands in."""
    if column == 0:
        raise DeriveError(f"{where}: a mark at column 0 would replace the module; indent it")
    below = [(one, name, block) for name, block in known for one in block if one.lineno > line]
    first, name, block = min(below, key=lambda found: found[0].lineno, default=(None, "", []))
    if name and first.col_offset == column:
        return name, block[-1].end_lineno
    raise DeriveError(f"{where}: no statement of a function follows at the mark's indentation")


def blocks(node, prefix="", name=""):
    """Yield (function's qualified name, statements) for every block of a module, outer ones first.

    The name is empty outside functions.
    """
    for field in ("body", "orelse", "finalbody"):
        if isinstance(getattr(node, field, None), list):
            yield name, getattr(node, field)
    for child in ast.iter_child_nodes(node):
        inner, path = name, prefix
        if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
            path = f"{prefix}.{child.name}" if prefix else child.name
            inner = path if isinstance(child, ast.FunctionDef) else ""
        if not isinstance(child, ast.expr):
            yield from blocks(child, path, inner)


def derive_package(solutions):
    """Return {path in the package: text} of the package `starter`, made from `solutions`."""
    texts = package_texts(solutions)
    return {name: derive(text, f"{solutions.name}/{name}") for name, text in texts.items()}


@cache
def package():
    """Return {path in the package: text} of the stubs, as students get them.

    They are derived from the solutions; a student's folder, without solutions, holds a copy.
    """
    if paths.SOLUTIONS.is_dir():
        return derive_package(paths.SOLUTIONS)
    return package_texts(paths.RELEASED_STUBS)


def task_modules():
    """Return the names of the modules that a student writes, sorted."""
    return sorted(name for name in package() if not paths.is_given(name))


def package_texts(folder, kind="*.py"):
    """Return {path in the folder: text} of the files of a kind in a folder and below it, sorted."""
    found = sorted(folder.rglob(kind))
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in found}


def differences(expected, starter, kind="*.py"):
    """Return a sentence for each file of a kind in the folder `starter` that differs."""
    found = package_texts(starter, kind)
    return [
        f"{starter.name}/{name} {difference}"
        for name in sorted(expected.keys() | found.keys())
        if (difference := compare(expected.get(name), found.get(name)))
    ]


def compare(expected, found):
    """Say how the text of a stub module differs from the derived one, or return None."""
    if expected == found:
        return None
    if found is None:
        return "is missing: run `course derive`"
    if expected is None:
        return "has no counterpart in solutions: remove it, or add the solution"
    pairs = zip(expected.split("\n"), found.split("\n"), strict=False)
    line = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), "the last")
    return f"differs from line {line} on: change solutions, then run `course derive`"


def write(files, starter, kind="*.py"):
    """Write derived files of a kind into the folder `starter`, and remove others of that kind."""
    starter.mkdir(exist_ok=True)
    for name in package_texts(starter, kind).keys() - files.keys():
        (starter / name).unlink()
    for name, text in files.items():
        (starter / name).parent.mkdir(exist_ok=True)
        (starter / name).write_text(text, encoding="utf-8", newline="\n")
