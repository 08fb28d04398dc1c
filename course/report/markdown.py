"""A written answer as HTML: its markdown, and its maths as MathML, which needs no network.

The text is a stranger's. No HTML of theirs, no link and no picture comes through.
"""

import html
import re
import secrets
from functools import cache

from latex2mathml.converter import Converter
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ..text import legible

MATHS = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?P<inline>[^$\n]+?)\$(?!\d)", re.DOTALL)
PLACE = "\ue000{}-{}\ue001"
"""What stands for a formula while the markdown around it is read: a key that nobody knows, and a
number between characters for private use."""
LANGUAGE = re.compile(r' class="language-[^"]*"')
"""What a block of code says of its language, which may be any text."""
MAX_FORMULA = 2_000

TAGS = re.compile(
    "math|mrow|mi|mn|mo|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover"
    "|mtable|mtr|mtd|mpadded|mphantom|menclose|mstyle"
)
ATTRIBUTES = {"display", "mathvariant", "stretchy", "fence", "columnalign", "linethickness"}
ATTRIBUTES |= {"accent", "movablelimits", "width", "separator", "form", "largeop"}
LEFT_OUT = ["link", "image", "autolink", "entity", "reference"]
"""What would show an address, a character by its number, or nothing in the place of a text."""
READER = MarkdownIt("commonmark", {"html": False}).disable(LEFT_OUT)


def rendered(text):
    """Return an answer as Markup."""
    formulas, key = [], secrets.token_hex(8)

    def set_aside(found):
        formulas.append(formula(found["block"] or found["inline"], bool(found["block"])))
        return PLACE.format(key, len(formulas) - 1)

    around = MATHS.sub(set_aside, text)
    try:
        page = LANGUAGE.sub("", READER.render(around))
    except (RecursionError, ValueError):
        return Markup("<p>{}</p>").format(text)
    places = re.compile(PLACE.format(key, r"(\d+)"))
    return Markup(legible(places.sub(lambda place: formulas[int(place[1])], page)))


@cache
def formula(latex, block):
    """Return a formula as MathML; as it was typed where it cannot be read."""
    typed = str(Markup("<code>{}</code>").format(f"${latex}$"))
    if len(latex) > MAX_FORMULA:
        return typed
    try:
        tree = Converter(display="block" if block else "inline").convert_to_element(latex)
        return str(Markup(markup_of(tree)))
    except Exception:  # a reader of LaTeX has as many errors as LaTeX has
        return typed


def markup_of(node):
    """Return an element of MathML as text, with known tags and attributes only, all escaped."""
    inner = "".join([text_of(node.text), *(markup_of(part) + text_of(part.tail) for part in node)])
    if not TAGS.fullmatch(node.tag):
        return inner
    known = sorted(node.attrib.keys() & ATTRIBUTES)
    about = "".join(f' {name}="{escape(node.attrib[name])}"' for name in known)
    return f"<{node.tag}{about}>{inner}</{node.tag}>"


def text_of(text):
    """Return a text of the reader of LaTeX, which has characters as entities, escaped."""
    return str(escape(html.unescape(text or "")))
