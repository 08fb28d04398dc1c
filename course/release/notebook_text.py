"""A notebook as a program to edit, in the percent format, and that program as a notebook again."""

import base64
import os
import re
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from unittest import mock

from .. import notebook

CELL_SECONDS = 600
"""No cell of a notebook should take a tenth of this; a slow machine may."""

OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n)")
"""Text that a progress bar printed and then replaced."""
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def as_text(source):
    """Return a notebook's JSON as a program."""
    import jupytext

    return jupytext.writes(jupytext.reads(source, fmt="ipynb"), fmt="py:percent")


def ids(path):
    """Return {source: id} of the cells of the notebook at `path`; of checks, words() tells it."""
    cells = notebook.read(path)["cells"] if path.exists() else []
    sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
    return {source.rstrip(): i for i, source in sources.items() if not notebook.heading(source)}


def from_text(program, known=None):
    """Return a program as a notebook, with no output yet.

    known: {source: id} of cells that keep their ids; the other ids are made of a cell's words.
    """
    import jupytext

    document = jupytext.reads(program, fmt="py:percent")
    used: set[str] = set()
    for cell in document.cells:
        cell["id"] = unused((known or {}).get(cell.source.rstrip()) or words(cell), used)
        used.add(cell["id"])
    document.nbformat, document.nbformat_minor = 4, 5
    return document


def words(cell):
    """Return a name made of the first words of a cell; of a check, of its number alone."""
    check = notebook.heading(cell.source)
    if check:
        return f"{'bonus' if check.bonus else 'check'}-{check.number}"
    found = re.findall(r"[a-z0-9]+", cell.source.lower())[:5] or ["cell"]
    return "-".join(["text"] * (cell.cell_type != "code") + found)[:48]


def unused(name, used):
    """Return the name itself, or with the first number that makes it unused."""
    names = (name if n == 1 else f"{name}-{n}" for n in range(1, len(used) + 2))
    return next(found for found in names if found not in used)


def run(document, packages):
    """Run a notebook beside copies of packages, {name: folder}, and store its outputs in it.

    Raises nbclient's CellExecutionError, which shows the cell, if one fails.
    """
    from nbclient import NotebookClient

    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ):
        os.environ.pop("COURSE_SEED", None)
        for name, source in packages.items():
            shutil.copytree(source, Path(folder) / name)
        here = Path(folder) / "assignments"
        here.mkdir(exist_ok=True)
        place = {"metadata": {"path": str(here)}}
        NotebookClient(document, timeout=CELL_SECONDS, resources=place).execute()


def tidy(document):
    """Return a notebook's JSON without metadata that differs from run to run."""
    import nbformat

    language = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    document.metadata = nbformat.from_dict(language)
    for cell in document.cells:
        tags = list(cell.metadata.get("tags", []))
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return nbformat.writes(document) + "\n"


def joined(outputs):
    """Return the outputs with each printed text joined to one, as a reader sees it in the end."""
    whole: list = []
    for output in outputs:
        last = whole[-1] if whole else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last["text"] += output.text
        else:
            whole.append(output)
    for output in whole:
        if output.output_type == "stream":
            output["text"] = OVERWRITTEN.sub("", output["text"])
        elif "image/png" in output.get("data", {}):
            output["data"]["image/png"] = smaller(output["data"]["image/png"])
    return [output for output in whole if output.get("text") != ""]


def smaller(image):
    """Return a picture, a PNG in base64, with 256 colours, which takes a third of the room."""
    from PIL import Image

    drawn, picture = BytesIO(), Image.open(BytesIO(base64.b64decode(image)))
    few = picture.convert("RGBA").quantize(256, method=Image.Quantize.FASTOCTREE)
    few.save(drawn, "PNG", optimize=True)
    return base64.b64encode(drawn.getvalue()).decode()
