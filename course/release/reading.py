"""Notebooks as pages to read, on a telephone too: their maths is MathML, and they load nothing."""

import re

import jinja2
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .. import notebook, paths
from ..settings import COURSE
from .answers import without_answers
from .errors import require_new

TEMPLATES = paths.ROOT / "course" / "release" / "files" / "reading"
CODE_OR_MATHS = re.compile(
    r"(?P<code>```.*?```|`[^`\n]+`)|\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$]+?)\$", re.DOTALL
)
PLACE = "\ue000{}\ue001"
"""What stands for a formula while the markdown around it is read: characters for private use."""
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(\.\.?/[^)]+\)")
"""A link to a file of the course: whoever reads the pages alone does not have it."""
READER = MarkdownIt("commonmark", {"html": True}).enable("table")
LOOK = HtmlFormatter(style="xcode", nowrap=True)


def write(dest):
    """Write a page for each notebook, and one that lists them, into the new folder `dest`."""
    require_new(dest)
    dest.mkdir(parents=True, exist_ok=True)
    known = {"title": COURSE.title, "about": COURSE.about, "style": look()}
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    pages = {path.stem: cells(path) for path in paths.notebooks()}
    titles = {name: title_of(paths.ASSIGNMENTS / f"{name}.ipynb") for name in pages}
    for name, shown in {"index": None, **pages}.items():
        text = templates.get_template("page.html").render(
            name=name, cells=shown, titles=titles, **known
        )
        (dest / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")


def title_of(path):
    """Return the first heading of a notebook."""
    first = "".join(notebook.read(path)["cells"][0]["source"])
    return first.split("\n")[0].lstrip("# ")


def look():
    """Return the style of code."""
    return Markup(HtmlFormatter(style="xcode").get_style_defs("pre"))


def cells(path):
    """Return [(markdown or code as HTML, is it code, [outputs])] of a notebook, without answers."""
    found = []
    for cell in without_answers(notebook.read(path))["cells"]:
        source = "".join(cell["source"])
        if notebook.is_code(cell):
            code = Markup(highlight(source, PythonLexer(), LOOK))
            found.append((code, True, [shown(output) for output in cell["outputs"]]))
        else:
            found.append((prose(source), False, []))
    return found


def shown(output):
    """Return an output of a cell as (words, picture as base64 or None, its width)."""
    data = output.get("data", {})
    words = "".join(output.get("text") or data.get("text/plain", ""))
    size = output.get("metadata", {}).get("image/png", {}).get("width")
    picture = "".join(data.get("image/png", "")).replace("\n", "") or None
    return words, picture, size


def prose(source):
    """Return a markdown cell as HTML, with its maths as MathML."""
    formulas = []

    def set_aside(found):
        if found["code"]:
            return found[0]
        formulas.append(maths(found["block"] or found["inline"], bool(found["block"])))
        return PLACE.format(len(formulas) - 1)

    text = CODE_OR_MATHS.sub(set_aside, LINK.sub(r"\1", source))
    page = READER.render(text)
    return Markup(re.sub(PLACE.format(r"(\d+)"), lambda place: formulas[int(place[1])], page))


def maths(latex, block):
    """Return a formula as MathML."""
    return convert(latex.replace(r"\_", "_"), display="block" if block else "inline")
