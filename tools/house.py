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
ANSWERS = "tests/drop_in/answers"
"""What people might hand in: their code, not the house's."""

LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
"""Kinds of tokens that make no line a line of code."""

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def code_lines(source):
    """Return the numbers of the lines that hold code, counted from 1."""
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT and token.string:
            held.update(range(token.start[0], token.end[0] + 1))
    return held - docstring_lines(source)


def docstring_lines(source):
    """Return the numbers of the lines of strings that stand by themselves."""
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
        if isinstance(child, FUNCTIONS):
            yield name, child
        inner = isinstance(child, FUNCTIONS | ast.ClassDef)
        yield from named(child, f"{name}." if inner else prefix)


def modules(root):
    """Return {dotted name: path} of the modules of all packages in the folder `root`."""
    found = [path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]
    measured = [path for path in found if root / ANSWERS not in path.parents]
    return {".".join(parts_of(path, root)): path for path in measured}


def parts_of(path, root):
    """Return the parts of the name by which a module is imported; a package is its __init__."""
    parts = path.relative_to(root).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(path, root):
    """Yield (module, name or None) for all that a module imports, with relative ones spelled out.

    None stands for a whole module, as in `import numpy`.
    """
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield from ((base, alias.name) for alias in node.names)


def graph(root):
    """Return {module: the modules of the house that it imports}."""
    known, found = modules(root), {}
    for name, path in known.items():
        needs = [(f"{base}.{part}", base) for base, part in imports(path, root)]
        found[name] = {next((n for n in need if n in known), None) for need in needs}
        found[name] -= {None, name}
    return found


def table(root):
    """Yield the lines of the table: one for each room, and the sums."""
    rooms: dict[str, list] = {}
    for path in modules(root).values():
        rooms.setdefault(path.relative_to(root).parent.as_posix(), []).append(path)
    total: Counter = Counter()
    yield f"{'room':28}{'files':>6}{'code':>7}  longest function"
    for name, paths in sorted(rooms.items()):
        texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
        code = sum(len(code_lines(text)) for text in texts.values())
        sizes = [(size, f"{n}: {f}") for n, text in texts.items() for f, size in functions(text)]
        size, longest = max(sizes, default=(0, "none"))
        total.update(files=len(paths), code=code)
        yield f"{name:28}{len(paths):6}{code:7}  {size:3} {longest}"
    yield f"{'all':28}{total['files']:6}{total['code']:7}"
    users = Counter(needed for needs in graph(root).values() for needed in needs)
    yield f"modules that only one other imports: {sum(count == 1 for count in users.values())}"


if __name__ == "__main__":
    print("\n".join(table(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)))
