"""The students' pages as archives that Moodle and Canvas take back, each to whom it is for.

Moodle (mod/assign/feedback/file, importziplib.php) wants NAME_NUMBER_assignfeedback_file_ and no
other underscore before these. Canvas (assignment.rb, infer_comment_context_from_filename) wants
the name of the file that was handed in, with its two numbers, and shows the student that name: so
the page goes back in a zip where a zip was handed in.
"""

import io
import re
import zipfile

from ..text import pack

PAGE = "feedback.html"


def for_moodle(out, rows):
    """Write feedback-moodle.zip, for "Upload multiple feedback files in a zip"."""
    files = {}
    for one in (one for row in rows for one in row.each()):
        number = moodle_number(one)
        if number:
            name = re.sub(r"[^\w. -]|_", " ", one.name or one.id).strip()
            files[f"{name}_{number}_assignfeedback_file_/{PAGE}"] = page(out, one)
    return write(out / "feedback-moodle.zip", files)


def for_canvas(out, rows):
    """Write feedback-canvas.zip, for "Upload submissions" of an assignment."""
    files = {}
    for row in rows:
        if canvas_name(row):
            files[row.returned_as] = zipped(page(out, row), row.returned_as)
    return write(out / "feedback-canvas.zip", files)


def moodle_number(row):
    """Return the number of a participant, "" if it is not known."""
    return row.ids.get("moodle") or (row.number if row.platform == "moodle" else "")


def canvas_name(row):
    """Return the name of a file that Canvas gave out, "" if it did not."""
    return row.returned_as


def page(out, row):
    """Return the bytes of a student's page."""
    return (out / "feedback" / f"{row.id}.html").read_bytes()


def zipped(content, name):
    """Return a page as it can bear a name: in a zip if it ends so, else as it is."""
    return pack({PAGE: content}) if name.lower().endswith(".zip") else content


def write(path, files):
    """Write an archive of {name: bytes}, compressed; return its path."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path
