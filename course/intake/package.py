"""Find the student's package among the modules that were handed in, whatever it is called."""

import codecs
import re
import tokenize
from collections import Counter
from io import BytesIO
from pathlib import PurePosixPath

from data_utils.headings import unwritten_tasks

from .. import paths, stubs
from .archives import Refused

CS231N = re.compile(r"^([ \t]*from[ \t]+)(cs231n\.|\.\.)(classifiers\.)?(?=\w)", re.MULTILINE)
"""How modules of Stanford's package import one another; here they all lie side by side."""


def package_of(modules):
    """Return ({module name: bytes}, remarks) of the folder that holds the student's modules.

    modules: {posix path: bytes}. A folder in which something was written goes before unfilled
    stubs; then the one called `starter`; then the one with most of the course's modules.
    """
    tasks = set(stubs.task_modules())
    folders: dict[PurePosixPath, dict] = {}
    for path, content in modules.items():
        place = home(PurePosixPath(path))
        folders.setdefault(place, {})[own_name(PurePosixPath(path).name)] = content
    found = {place: files for place, files in folders.items() if files.keys() & tasks}
    if not found:
        raise Refused(
            f"none of the course's {len(tasks)} modules is in it, such as {min(tasks)}",
            "hand in `starter`, the folder in which you wrote",
        )
    best = max(found, key=lambda place: rank(place, found[place], tasks))
    refuse_clashes(best, modules)
    package, remarks = readable(dict(sorted(found[best].items())))
    if best.name == "cs231n":
        package = {name: content_of_cs231n(content) for name, content in package.items()}
    return package, [*place_remarks(best, found), *remarks]


def home(path):
    """Return the folder that a module counts as lying in: cs231n/classifiers is cs231n."""
    parent = path.parent
    return parent.parent if parent.parts[-2:] == ("cs231n", "classifiers") else parent


def own_name(name):
    """Return a module's name, in the course's spelling if only capitals differ."""
    return next((ours for ours in stubs.package() if ours.casefold() == name.casefold()), name)


def rank(place, files, tasks):
    """Return what a folder is ranked by: the largest is the package."""
    here = files.keys() & tasks
    texts = stubs.package()
    written = [name for name in here if unwritten(files[name]) < unwritten(texts[name].encode())]
    return bool(written), place.name == "starter", len(written), len(here), -len(place.parts)


def unwritten(content):
    """Return how many tasks of a module are still to be written."""
    return len(unwritten_tasks(as_utf8(content)[0].decode("utf-8", "replace")))


def refuse_clashes(place, modules):
    """Refuse a package with two modules whose names differ in capitals only.

    Given modules are replaced by ours: cs231n has an __init__.py in its classifiers, too.
    """
    here = [p.name for p in map(PurePosixPath, modules) if home(p) == place]
    names = [name for name in here if not paths.is_given(name)]
    for name, count in Counter(own_name(name).casefold() for name in names).items():
        if count > 1:
            twins = sorted(n for n in names if own_name(n).casefold() == name)
            raise Refused(
                f"{place / twins[0]} and {place / twins[-1]} clash: one of them can count",
                "keep the one that you mean, spelt as in `starter`",
            )


def place_remarks(best, found):
    """Return remarks on where the package lies, if that is not where one would look."""
    remarks = []
    if len(best.parts) > 2:
        remarks.append(f"taken from the folder {best}, {len(best.parts)} levels down")
    if best.name == "cs231n":
        remarks.append("the package is called cs231n: its modules were read as those of starter")
    if len(found) > 1:
        others = ", ".join(sorted(f"`{place}`" for place in found if place != best))
        remarks.append(f"{len(found)} packages found: `{best}` counts, not {others}")
    return remarks


def readable(package):
    """Return a package with each module in UTF-8, and a remark for each that was not."""
    read = {name: as_utf8(content) for name, content in package.items()}
    remarks = [f"{name} is not UTF-8: read as {how}" for name, (_, how) in read.items() if how]
    return {name: content for name, (content, _) in read.items()}, remarks


def as_utf8(content):
    """Return (a module in UTF-8, with plain line ends; the encoding where it was guessed)."""
    guessed = None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guessed = "UTF-16"
    else:
        try:
            declared, _ = tokenize.detect_encoding(BytesIO(content).readline)
            content.decode(declared)
            if declared not in ("utf-8", "utf-8-sig"):
                return content, None
        except (SyntaxError, UnicodeError, LookupError):
            guessed = "Latin-1"
    text = content.decode(guessed or "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").encode(), guessed


def content_of_cs231n(content):
    """Return a module of a package called cs231n with its imports those of a flat package."""
    return CS231N.sub(r"\1.", content.decode("utf-8", "replace")).encode()
