"""Show a figure below a cell: sharp on every screen, readable on a dark ground, told in words."""

import base64
import html
import time
from io import BytesIO

from ..notebook import outline
from . import plt

DENSITY = 2
"""Pixels of a picture for each that it takes on an ordinary screen."""


PAUSE = 1.0
"""Seconds from one picture in a place to the next: to draw them all could take half of the time."""


class Live:
    """A place below a cell in which a picture is drawn anew as work goes on.

    While a picture is drawn within `with live:`, it takes the place of the one before. One that
    comes too soon waits until the cell's end, and is shown then unless another has come.
    """

    now: "Live | None" = None

    def __init__(self):
        self.panel, self.waiting, self.next = None, None, 0.0

    def __enter__(self):
        Live.now = self

    def __exit__(self, *error):
        Live.now = None

    def draw(self, figure, words, style):
        """Show a figure here, in the place of the last, or let it wait; style: its parameters."""
        from IPython import get_ipython

        events = get_ipython().events
        if self.waiting:
            events.unregister("post_run_cell", self.catch_up)
        self.waiting = figure, words, style
        if time.perf_counter() < self.next:
            events.register("post_run_cell", self.catch_up)
        else:
            self.show_waiting()

    def catch_up(self, result):
        """Show the figure that waits, for the cell has ended."""
        from IPython import get_ipython

        get_ipython().events.unregister("post_run_cell", self.catch_up)
        self.show_waiting()

    def show_waiting(self):
        """Show the figure that waits, and let the next wait for a while."""
        figure, words, style = self.waiting
        with plt.rc_context(style):
            self.show(*as_data(figure, words))
        self.waiting, self.next = None, time.perf_counter() + PAUSE

    def show(self, data, metadata):
        """Show data {kind: content} here."""
        from IPython.display import display

        if self.panel:
            self.panel.update(data, raw=True, metadata=metadata)
        else:
            self.panel = display(data, raw=True, metadata=metadata, display_id=True)


def present(figure, words, style=None):
    """Show a figure, with words for those who do not see it; outside a notebook, plainly.

    style: parameters of Matplotlib by which it was drawn.
    """
    from IPython import get_ipython

    if not get_ipython():
        plt.show()
        return
    from IPython.display import display

    plt.close(figure)  # pyplot need not know it any more; it can still be drawn
    if Live.now:
        Live.now.draw(figure, words, style or {})
    else:
        data, metadata = as_data(figure, words)
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
