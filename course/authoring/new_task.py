"""Add a task to a course, full of TODOs: its stub, case, check, hints and a wrong answer."""

import re
from dataclasses import dataclass

from .. import paths
from ..release.errors import ReleaseError
from ..release.notebook_text import as_text
from ..release.student_files import render
from ..stubs import package_texts
from ..student.tasks import definitions
from .new_course import ENDING, FILES

NOTEBOOK = re.compile(r"(?P<number>\d+)_(?P<module>[a-z0-9_]+)")
CHECK = re.compile(r"^# Check (\d+) ", re.MULTILINE)


@dataclass(frozen=True)
class Task:
    """A task to add: its name, the notebook, that notebook's number, and the module for both."""

    name: str
    notebook: str
    number: str
    module: str

    @property
    def program(self):
        """The path of the notebook as a program."""
        return paths.ROOT / "build" / f"{self.notebook}.py"

    def files(self):
        """Return {name of a template: the path of the file that it goes into}."""
        return {
            "solution.py": paths.SOLUTIONS / f"{self.module}.py",
            "lesson.py": paths.DATA_UTILS / "lessons" / f"{self.module}.py",
            "hints.toml": paths.SOLUTIONS / "hints" / f"{self.notebook}.toml",
            "mistakes.py": paths.ROOT / "tests" / "mistakes" / f"{self.module}_mistakes.py",
            "program.py": self.program,
        }


def task(name, in_notebook):
    """Return the Task of a name, or raise ReleaseError if the names cannot be used."""
    match = NOTEBOOK.fullmatch(in_notebook)
    if not match:
        raise ReleaseError(f"{in_notebook!r} is not a notebook's name; one is such as 2_k_means")
    if not re.fullmatch("[a-z_][a-z0-9_]*", name):
        raise ReleaseError(f"{name!r} is not the name of a function, such as nearest")
    for module, text in package_texts(paths.SOLUTIONS).items():
        if name in definitions(text):
            raise ReleaseError(f"solutions/{module} has {name} already; name another")
    return Task(name, in_notebook, match["number"], match["module"])


def add(new):
    """Add a Task to the files of the course; return their paths. What is not there is begun."""
    program = begin_program(new)
    number = max(map(int, CHECK.findall(program)), default=0) + 1
    known = {
        **vars(new),
        "check": number,
        "case": "".join(word.capitalize() for word in new.name.split("_")),
        "code": new.name.strip("_").replace("_", "-"),
    }
    for template, path in new.files().items():
        if not path.exists():
            path.write_text(render(FILES / "notebook" / f"{template}{ENDING}", known), "utf-8")
        with path.open("a", encoding="utf-8") as file:
            file.write(render(FILES / "task" / f"{template}{ENDING}", known))
    import_it(new)
    for path in (paths.ROOT / "course.toml", paths.ROOT / "README.md"):
        path.write_text(one_point_more(path.read_text(encoding="utf-8"), new.notebook), "utf-8")
    return list(new.files().values())


def begin_program(new):
    """Return the text of the notebook as a program; write it where there is a notebook alone."""
    path = paths.ASSIGNMENTS / f"{new.notebook}.ipynb"
    new.program.parent.mkdir(exist_ok=True)
    if path.exists() and not new.program.exists():
        new.program.write_text(as_text(path.read_text(encoding="utf-8")), encoding="utf-8")
    return new.program.read_text(encoding="utf-8") if new.program.exists() else ""


def import_it(new):
    """Import the task in the set-up cell of the program."""
    text = new.program.read_text(encoding="utf-8")
    line = f"from starter.{new.module} import "
    if line in text:
        text = re.sub(f"(?m)^({re.escape(line)}.*)$", rf"\1, {new.name}", text, count=1)
    else:
        after = "check.show_sentences()\n"
        text = text.replace(after, f"{after}\n{line}{new.name}\n", 1)
    new.program.write_text(text, encoding="utf-8")


def one_point_more(text, name):
    """Return the text of course.toml or README with a point more for a notebook, or its line."""
    known = re.compile(rf"(?m)^({name} = |\| `{name}` \|.*\| )(\d+)( \|)?$")
    if known.search(text):
        return known.sub(lambda found: f"{found[1]}{int(found[2]) + 1}{found[3] or ''}", text)
    text = re.sub(r"(?m)^\[points\]\n(?:.+ = .+\n)*", rf"\g<0>{name} = 1\n", text)
    row = f"| `{name}` | TODO: what one writes | 1 |\n"
    return re.sub(r"(?m)^(\|.*\| points \|\n(?:\|.*\n)*)", rf"\g<1>{row}", text)
