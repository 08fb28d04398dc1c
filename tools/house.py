"""Measure the house, room by room: `python -m tools.house [FOLDER]` prints files, code, functions.

A line of code is one that holds more than a comment or a part of a docstring. With FOLDER, the
house measured is the one in that folder, such as another commit's.
"""

import ast
import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("course", "data_utils", "solutions", "starter", "tests", "benchmarks", "tools")
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
"""Kinds of tokens that make no line a line of code."""


def code_lines(source):
    """Return the numbers of the lines that hold code, counted from 1."""
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT:
            held.update(range(token.start[0], token.end[0] + 1))
    return held - docstring_lines(source)


def docstring_lines(source):
    """Return the numbers of the lines of strings that stand for themselves: docstrings."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines.update(range(node.lineno, node.end_lineno + 1))
    return lines


def functions(source):
    """Yield (qualified name, lines of code) of each function, wherever it is defined."""
    held = code_lines(source)
    for name, node in named(ast.parse(source)):
        yield name, len(held & set(range(node.lineno, node.end_lineno + 1)))


def named(node, prefix=""):
    """Yield (qualified name, node) of the functions below a node."""
    for child in ast.iter_child_nodes(node):
        name = f"{prefix}{getattr(child, 'name', '')}"
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield name, child
        inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        yield from named(child, f"{name}." if inner else prefix)


def imports(path, root):
    """Return the names of the modules that a module imports, spelled from the root: a.b.c.

    `from a import b` names both a and a.b, of which one may be no module.
    """
    parts = path.relative_to(root).with_suffix("").parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                [*parts[: -node.level], *filter(None, [node.module])]
                if node.level
                else [node.module]
            )
            found.add(".".join(base))
            found.update(".".join([*base, alias.name]) for alias in node.names)
    return found


def modules(root):
    """Return {dotted name: path} of the modules of all packages."""
    paths = [path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]
    return {dotted(path, root): path for path in paths}


def dotted(path, root):
    """Return the name by which a module is imported."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def graph(root):
    """Return {module: the modules of the house that it imports}."""
    known = modules(root)
    return {name: (imports(path, root) & known.keys()) - {name} for name, path in known.items()}


def room(path, root):
    """Return the folder that a module lies in, from the root."""
    return path.relative_to(root).parent.as_posix()


def table(root):
    """Yield the lines of the table: a room each, and the sums."""
    yield f"{'room':28}{'files':>6}{'code':>7}  longest function"
    rooms: dict[str, list] = {}
    for path in modules(root).values():
        rooms.setdefault(room(path, root), []).append(path)
    total: Counter = Counter()
    for name, paths in sorted(rooms.items()):
        texts = {path: path.read_text(encoding="utf-8") for path in paths}
        code = sum(len(code_lines(text)) for text in texts.values())
        found = [(size, f"{p.name}: {f}") for p, t in texts.items() for f, size in functions(t)]
        size, longest = max(found, default=(0, "none"))
        total.update(files=len(paths), code=code)
        yield f"{name:28}{len(paths):6}{code:7}  {size:3} {longest}"
    yield f"{'all':28}{total['files']:6}{total['code']:7}"
    users = Counter(needed for needs in graph(root).values() for needed in needs)
    yield f"modules imported by only one other: {sum(count == 1 for count in users.values())}"


if __name__ == "__main__":
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    print("\n".join(table(root)))
