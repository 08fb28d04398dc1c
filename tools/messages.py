"""Collect every message this course can print: `python -m tools.messages` writes the page.

A message is a string of three words or more in the code that is not a docstring, no key of a dict
and no code itself. What is put in when it is printed stands in braces.
"""

import ast
import re

from course import notebook, paths

PAGE = paths.ROOT / "docs" / "messages.md"
CODE = re.compile(
    r"^\W*(import|from|CREATE|PRAGMA|SELECT|INSERT|<)\b|^\w+ = |^[A-Z_0-9 ]+$|:$|\\[swd]|\w\|\w"
    r'|"""|\braise \w+\(|\(\?P'
)
SAMPLES = ("sample_class",)
"""Modules whose strings are not printed: the sample class is made of wrong answers."""

PARTS = {
    "What a check says of an answer": ("data_utils", "(explain|lessons)/.*"),
    "What else a check says": ("data_utils", "check|verdicts|gradient_check|notebook/.*"),
    "What the course's own code says to a student": ("solutions", ".*"),
    "What data sets and plots say": ("data_utils", ".*"),
    "What the command `course` says": ("course", ".*"),
}
"""{heading: (folder, paths of modules in it)}; a module belongs to the first that it fits."""

HEAD = """# Every message of this course

Collected from the code by `make messages`, for reading: is each of them clear to somebody who sees
it for the first time, does it say what was expected, and what to do next? What is put in when a
message is printed stands in {braces}.
"""


def page():
    """Return the text of the page."""
    sections, seen = [HEAD], set()
    for heading, (folder, pattern) in PARTS.items():
        sections.append(f"## {heading}\n")
        for path in sorted((paths.ROOT / folder).rglob("*.py")):
            inside = path.relative_to(paths.ROOT / folder).with_suffix("").as_posix()
            if path not in seen and path.stem not in SAMPLES and re.fullmatch(pattern, inside):
                seen.add(path)
                name = path.relative_to(paths.ROOT).as_posix()
                sections.append(section(name, messages(path.read_text(encoding="utf-8"))))
    sections.append("## What the notebooks' checks claim\n")
    sections += [section(path.name, claims(path)) for path in paths.notebooks()]
    return "\n".join(filter(None, sections))


def section(name, found):
    """Return the part of the page for one file, nothing if it has no messages."""
    lines = [f"- {message}" for message in dict.fromkeys(found)]
    return "\n".join([f"### {name}\n", *lines, ""]) if lines else ""


def claims(path):
    """Return the messages in the check and set-up cells of a notebook."""
    cells = notebook.graded(notebook.read(path))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    code = "\n".join(re.sub(r"(?m)^%.*$", "", source) for source in sources)
    return messages(code, keys=True)


def messages(source, keys=False):
    """Return the messages in Python source, in its order; keys: those of dicts are printed, too."""
    tree = ast.parse(source)
    left_out = {id(part) for node in ast.walk(tree) for part in not_printed(node)}
    if not keys:
        dicts = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
        left_out |= {id(key) for each in dicts for key in each.keys}
    strings = [n for n in ast.walk(tree) if is_string(n) and id(n) not in left_out]
    strings.sort(key=lambda node: (node.lineno, node.col_offset))
    return [text for node in strings if is_sentence(text := written(node))]


def not_printed(node):
    """Yield the strings in a node that are docstrings, or parts of an f-string."""
    if isinstance(node, ast.Expr) and is_string(node.value):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)


def is_string(node):
    """Tell whether a node is a string, with or without braces."""
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or isinstance(node, ast.JoinedStr)


def written(node):
    """Return a string as the page shows it, on one line."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(
        part.value if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
        for part in parts
    )
    return " ".join(text.split())


def is_sentence(text):
    """Tell whether a string has three words or more, and is not code."""
    words = [
        word for word in re.sub(r"\{[^}]*\}", "_", text).split() if re.search("[A-Za-z]{2}", word)
    ]
    return len(words) > 2 and not CODE.search(text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
