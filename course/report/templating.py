"""The templates of pages, in which every text is escaped."""

import base64
from hashlib import sha256

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from ..outcome import SIGNS
from ..text import points

PAGES = Environment(
    loader=PackageLoader("course.report"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.filters["points"] = points
PAGES.globals["signs"] = SIGNS


def script(name):
    """Return the text of a script of ours, which stands in a page as it is."""
    return Markup(PAGES.loader.get_source(PAGES, name)[0])


def script_hash(name):
    """Return how a Content-Security-Policy names a script of ours, which alone may run."""
    digest = sha256(script(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


PAGES.globals.update(script=script, script_hash=script_hash)
