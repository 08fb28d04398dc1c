"""A written answer as HTML: its markdown, and its maths as MathML, which needs no network.

The text is a stranger's. No HTML of theirs, no link and no picture comes through.
"""

import html
import re
from functools import cache

from latex2mathml.converter import Converter
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

MATHS = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\\$])\$(?P<inline>[^$\n]+?)\$(?!\d)", re.DOTALL)
PLACE = "\ue000{}\ue001"
"""What stands for a formula while the markdown around it is read: characters for private use."""
IS_PLACE = re.compile(r"[\ue000\ue001]")
MAX_FORMULA = 2_000

TAGS = re.compile(
    "math|mrow|mi|mn|mo|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover"
    "|mtable|mtr|mtd|mpadded|mphantom|menclose|mstyle"
)
ATTRIBUTES = {"display", "mathvariant", "stretchy", "fence", "columnalign", "linethickness"}
ATTRIBUTES |= {"accent", "movablelimits", "width", "separator", "form", "largeop"}
READER = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"])


def rendered(text):
    """Return an answer as Markup."""
    formulas = []

    def set_aside(found):
        formulas.append(formula(found["block"] or found["inline"], bool(found["block"])))
        return PLACE.format(len(formulas) - 1)

    around = MATHS.sub(set_aside, IS_PLACE.sub("", text))
    try:
        page = READER.render(around)
    except (RecursionError, ValueError):
        return Markup("<p>{}</p>").format(text)
    return Markup(re.sub(PLACE.format(r"(\d+)"), lambda place: formulas[int(place[1])], page))


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
