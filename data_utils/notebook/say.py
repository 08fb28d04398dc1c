"""Tell a person something below a cell; it wraps between words, and files in it are links."""

import html
import re

LINKED = re.compile(r"\b(starter/[\w/]+\.py|\d_\w+\.ipynb)\b")
LOOK = (
    "font-family: var(--jp-code-font-family, monospace); line-height: 1.4; "
    "font-size: var(--jp-code-font-size, 13px); margin: 0; padding: 4px 8px; "
    "white-space: pre-wrap; word-break: normal; "
    "overflow-wrap: anywhere; max-width: 110ch; color: var(--jp-content-font-color1, inherit); "
    "border-left: 4px solid {border}"
)
BORDERS = {
    True: "var(--jp-success-color1, #2e7d32)",
    False: "var(--jp-error-color1, #c62828)",
}
"""{whether it is good news: the colour of the bar beside it}."""


def say(text, good):
    """Show a text below the cell that runs; a file of the course in it becomes a link."""
    from IPython.display import display

    look = LOOK.format(border=BORDERS[good])
    page = f'<p style="{look}">{LINKED.sub(link, html.escape(text, quote=False))}</p>'
    display({"text/plain": text, "text/html": page}, raw=True)


def link(found):
    """Return the link to a file of the course, from a notebook."""
    file = found[0]
    return f'<a href="{"../" if file.startswith("starter/") else ""}{file}">{file}</a>'
