"""A sample class: twelve submissions, made from the solutions by small changes."""

import io
import shutil
import tarfile
import tomllib
import zipfile
from fnmatch import fnmatch

from .. import paths, stubs
from .folders import TEMPLATES

CLASS = tomllib.loads((TEMPLATES / "sample_class.toml").read_text(encoding="utf-8"))
"""{student: what they hand in where it is not the solution}; the file explains itself."""


def write_class(dest):
    """Write the sample class into the folder `dest`; return the names written, sorted."""
    dest.mkdir(parents=True, exist_ok=True)
    for student, handed_in in CLASS.items():
        write_submission(dest, student, package(handed_in))
    return sorted(path.name for path in dest.iterdir())


def package(handed_in):
    """Return {module: text} of a package; handed_in: as in CLASS, {} for the solutions."""
    return {name: module(name, handed_in) for name in stubs.package()}


def module(name, handed_in):
    """Return one module's text: the stub, a text of its own, or the solution with changes."""
    if any(fnmatch(name, pattern) for pattern in handed_in.get("stubs", ())):
        return stubs.package()[name]
    if name in handed_in.get("texts", {}):
        return handed_in["texts"][name]
    text = (paths.SOLUTIONS / name).read_text(encoding="utf-8")
    for change in handed_in.get("changes", ()):
        if change["module"] == name:
            text = changed(text, **change)
    return text


def changed(text, module, old, new):
    """Return a module's text with `new` in place of `old`, or raise ValueError if it is not there.

    It is refused if it is there twice, too: nobody could tell which of the two was meant.
    """
    if text.count(old) != 1:
        raise ValueError(f"{module} holds {text.count(old)} times, not once: {old!r}")
    return text.replace(old, new)


def write_submission(dest, student, files):
    """Write one submission: ada's is a zip, katherine's a tarball, the others are folders."""
    if student == "ada":
        with zipfile.ZipFile(dest / "ada.zip", "w") as archive:
            for name, text in files.items():
                archive.writestr(f"ada/starter/{name}", text)
    elif student == "katherine":
        with tarfile.open(dest / "katherine.tar.gz", "w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"starter/{name}")
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
    else:
        folder = dest / student / "starter"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True, parents=True)
            (folder / name).write_text(text, encoding="utf-8")
