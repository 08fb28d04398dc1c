"""Show a figure below a cell: sharp on every screen, readable on a dark ground, told in words."""

import base64
import html
from io import BytesIO

from ..notebook import outline
from . import plt

DENSITY = 2
"""Pixels of a picture for each that it takes on an ordinary screen."""


class Live:
    """A place below a cell in which a picture is drawn anew as work goes on.

    While a picture is drawn within `with live:`, it takes the place of the one before.
    """

    now: "Live | None" = None

    def __init__(self):
        self.panel = None

    def __enter__(self):
        Live.now = self

    def __exit__(self, *error):
        Live.now = None

    def show(self, data, metadata):
        """Show data {kind: content} here."""
        from IPython.display import display

        if self.panel:
            self.panel.update(data, raw=True, metadata=metadata)
        else:
            self.panel = display(data, raw=True, metadata=metadata, display_id=True)


def present(figure, words):
    """Show a figure, with words for those who do not see it; outside a notebook, plainly."""
    from IPython import get_ipython

    if not get_ipython():
        plt.show()
        return
    from IPython.display import display

    data, metadata = as_data(figure, words)
    plt.close(figure)
    if Live.now:
        Live.now.show(data, metadata)
    else:
        display(data, raw=True, metadata=metadata)


def as_data(figure, words):
    """Return ({kind: content}, metadata) of a figure.

    JupyterLab gives an image no words, but a page; other programs know images better.
    """
    drawn = BytesIO()
    figure.savefig(drawn, format="png", dpi=DENSITY * figure.dpi, bbox_inches="tight")
    image = base64.b64encode(drawn.getvalue()).decode()
    width, height = (int.from_bytes(drawn.getvalue()[i : i + 4], "big") for i in (16, 20))
    size = {"width": width // DENSITY, "height": height // DENSITY}
    if outline.here():
        page = PAGE.format(image=image, words=html.escape(words), width=size["width"])
        return {"text/html": page, "text/plain": words}, {}
    about = {"image/png": {**size, "alt": words}, "needs_background": "light"}
    return {"image/png": image, "text/plain": words}, about


PAGE = (
    '<div class="jp-RenderedImage"><img class="jp-needs-light-background" alt="{words}" '
    'width="{width}" src="data:image/png;base64,{image}"></div>'
)
"""The classes are JupyterLab's: behind a transparent picture, its dark theme is light."""
